//! `yiwang up` as a family of processes: who ends with whom, and what is kept.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use reqwest::StatusCode;
use serde_json::{Value, json};

struct Up {
    child: Child,
    url: String,
}

impl Up {
    fn start(data: &Path, more: &[&str]) -> Self {
        yiwang_chassis::install_tls_provider();
        let mut child = yiwang()
            .args(["up", "--bare", "--port", "0", "--data"])
            .arg(data)
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines
            .map_while(Result::ok)
            .find_map(|line| {
                let line = line.trim().to_owned();
                let portal = line.strip_prefix("portal").map(|url| url.trim().to_owned());
                // Servers alone have none, and only tell how they are stopped.
                portal.or_else(|| line.starts_with("stop").then(String::new))
            })
            .unwrap();
        Self { child, url }
    }

    /// Sends the signal; whoever descends from the process must end too.
    fn end(mut self, signal: Signal) -> Option<i32> {
        let family = descendants(self.child.id());
        assert!(family.len() >= 3, "servers and sandbox run: {family:?}");
        kill(pid(self.child.id()), signal).unwrap();
        let status = self.child.wait().unwrap();
        let until = Instant::now() + Duration::from_secs(30);
        let left = || {
            family
                .iter()
                .filter(|(pid, started)| start_of(**pid).as_ref() == Some(started))
                .count()
        };
        while left() > 0 {
            assert!(Instant::now() < until, "left behind: {family:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
        status.code()
    }
}

impl Drop for Up {
    fn drop(&mut self) {
        // After a failed assertion; otherwise it has ended.
        drop(self.child.kill());
    }
}

fn yiwang() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yiwang"));
    command.env_remove("DATABASE_URL").env_remove("NATS_URL");
    command
}

fn pid(pid: u32) -> Pid {
    Pid::from_raw(pid.cast_signed())
}

/// A folder that the database's user can reach, also when we are root.
fn data() -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    fs::set_permissions(data.path(), fs::Permissions::from_mode(0o755)).unwrap();
    data
}

/// Fields 4 (parent) and 22 (start) of /proc/PID/stat.
fn stat(pid: u32) -> Option<(u32, String)> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = text.rsplit_once(") ")?.1.split(' ').collect();
    let running = fields[0] != "Z";
    running.then(|| (fields[1].parse().unwrap_or_default(), fields[19].to_owned()))
}

fn start_of(pid: u32) -> Option<String> {
    Some(stat(pid)?.1)
}

/// All descendants with their start, which tells them from later owners of the number.
fn descendants(root: u32) -> BTreeMap<u32, String> {
    let pids = fs::read_dir("/proc").unwrap().flatten();
    let pids: Vec<u32> = pids
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    let mut found = BTreeMap::new();
    let mut parents = vec![root];
    while let Some(parent) = parents.pop() {
        for &pid in &pids {
            if let Some((_, started)) = stat(pid).filter(|(of, _)| *of == parent) {
                found.insert(pid, started);
                parents.push(pid);
            }
        }
    }
    found
}

/// The direct child that runs this program.
fn server(root: u32, program: &str) -> u32 {
    let runs = |pid: &u32| {
        let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
        name.trim() == program && stat(*pid).is_some_and(|(parent, _)| parent == root)
    };
    descendants(root).into_keys().find(runs).unwrap()
}

fn child_named(root: u32, argument: &str) -> u32 {
    let named = |pid: &u32| {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        line.split(|byte| *byte == 0)
            .any(|word| word == argument.as_bytes())
    };
    descendants(root).into_keys().find(named).unwrap()
}

async fn register(url: &str, login: &str) -> (StatusCode, Value) {
    register_person(url, login, "11010519491231002X").await
}

async fn register_person(url: &str, login: &str, id_number: &str) -> (StatusCode, Value) {
    let body = json!({
        "login": login, "password": "correct horse battery", "name": "何大山",
        "id_number": id_number, "phone": "13871234567",
    });
    let request = reqwest::Client::new().post(format!("{url}/api/v1/accounts"));
    let response = request
        .header("idempotency-key", login)
        .json(&body)
        .send()
        .await
        .unwrap();
    (response.status(), response.json().await.unwrap_or_default())
}

#[tokio::test]
async fn a_killed_installation_leaves_nobody_behind_and_keeps_its_data() {
    let data = data();
    let up = Up::start(data.path(), &["--no-demo"]);
    assert_eq!(register(&up.url, "heda").await.0, StatusCode::CREATED);
    let refused = yiwang()
        .args(["up", "--port", "0", "--data"])
        .arg(data.path())
        .output()
        .unwrap();
    assert_eq!(
        refused.status.code(),
        Some(1),
        "a second one on the same data"
    );
    assert_eq!(up.end(Signal::SIGKILL), None);

    let up = Up::start(data.path(), &["--no-demo"]);
    let (status, answer) = register(&up.url, "heda2").await;
    assert_eq!(
        status,
        StatusCode::CONFLICT,
        "the person has an account: {answer}"
    );
    assert_eq!(up.end(Signal::SIGTERM), Some(0));
}

#[tokio::test]
async fn a_dead_server_is_started_again() {
    let data = data();
    let up = Up::start(data.path(), &["--no-demo"]);
    for program in ["postgres", "nats-server"] {
        kill(pid(server(up.child.id(), program)), Signal::SIGKILL).unwrap();
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            // A database that is away is told as such, never as a success.
            let (status, answer) = register(&up.url, program).await;
            if [StatusCode::CREATED, StatusCode::CONFLICT].contains(&status) {
                break;
            }
            assert!(Instant::now() < until, "{status} {answer}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    assert_eq!(up.end(Signal::SIGTERM), Some(0));
}

#[tokio::test]
async fn a_killed_service_is_started_again_and_ends_with_the_others() {
    let data = data();
    let up = Up::start(data.path(), &["--no-demo", "--processes"]);
    let gateway = child_named(up.child.id(), "gateway");
    kill(pid(gateway), Signal::SIGKILL).unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    while reqwest::get(format!("{}/login", up.url)).await.is_err() {
        assert!(Instant::now() < until, "the gateway does not come back");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_ne!(child_named(up.child.id(), "gateway"), gateway);
    assert_eq!(up.end(Signal::SIGTERM), Some(0));

    let up = Up::start(data.path(), &["--no-demo", "--processes"]);
    assert_eq!(up.end(Signal::SIGKILL), None);
}

/// `yiwang ops audit …` on a local installation: whether it went well, and what it said.
fn audit(data: &Path, command: &[&str]) -> (bool, String) {
    let done = yiwang()
        .args(["ops", "audit"])
        .args(command)
        .arg("--data")
        .arg(data)
        .output()
        .unwrap();
    (
        done.status.success(),
        String::from_utf8(done.stdout).unwrap(),
    )
}

#[tokio::test]
async fn a_database_that_went_back_is_mended_while_only_the_servers_run() {
    const RESTORED: [&str; 3] = ["restored", "--reason", "a drill"];
    let data = data();
    let up = Up::start(data.path(), &["--no-demo"]);
    assert_eq!(register(&up.url, "before").await.0, StatusCode::CREATED);
    assert_eq!(up.end(Signal::SIGTERM), Some(0));
    let (now, backup) = (data.path().join("postgres"), data.path().join("backup"));
    let copied = Command::new("cp").arg("-a").args([&now, &backup]).status();
    assert!(copied.unwrap().success());

    let up = Up::start(data.path(), &["--no-demo"]);
    let (status, answer) = register_person(&up.url, "after", "420323199001010017").await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    let until = Instant::now() + Duration::from_secs(30);
    while !audit(data.path(), &RESTORED).1.contains("the service runs") {
        assert!(Instant::now() < until, "it would mend what is in use");
    }
    assert_eq!(up.end(Signal::SIGTERM), Some(0));

    fs::remove_dir_all(&now).unwrap();
    fs::rename(&backup, &now).unwrap();
    let servers = Up::start(data.path(), &["--servers-only"]);
    let (good, said) = audit(data.path(), &["verify"]);
    assert!(!good && said.contains("its end was cut off"), "{said}");
    let (good, said) = audit(data.path(), &RESTORED);
    assert!(good && said.contains("are lost"), "{said}");
    let (good, said) = audit(data.path(), &["verify"]);
    assert!(good, "{said}");
    assert_eq!(servers.end(Signal::SIGTERM), Some(0));

    let up = Up::start(data.path(), &["--no-demo"]);
    assert_eq!(up.end(Signal::SIGTERM), Some(0));
    let kept = fs::read_dir(data.path().join("audit")).unwrap().flatten();
    let kept = kept.filter(|file| file.file_name().to_string_lossy().contains(".lost-"));
    assert!(kept.count() > 0);
}

#[test]
fn a_bad_configuration_ends_with_64_before_anything_starts() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("gateway.toml");
    let run = |words: &[&str]| {
        yiwang()
            .args(words)
            .arg("--config")
            .arg(&file)
            .output()
            .unwrap()
    };

    fs::write(&file, "[http]\nlisten = \"nowhere\"\n").unwrap();
    assert_eq!(run(&["config", "check", "gateway"]).status.code(), Some(64));
    assert_eq!(run(&["serve", "gateway"]).status.code(), Some(64));

    fs::write(&file, "[demo]\nclock_file = \"clock\"\naccounts = true\n").unwrap();
    let refused = run(&["serve", "gateway"]);
    assert_eq!(refused.status.code(), Some(64));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("demo"));
}
