//! Finding the programs, making the cluster, starting and awaiting the server.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use nix::sys::signal::Signal;

use super::{
    super::{
        ServerError, find_program, free_port,
        home::Home,
        log_tail,
        process::{self, Process},
        random_word,
    },
    PostgresOptions, STOP, USER,
};

/// Crash recovery of a large database may take long.
const READY_LIMIT: Duration = Duration::from_secs(60);

/// The newest installed version, or the one that made the data.
pub(super) fn binaries(data: &Path) -> Result<PathBuf, ServerError> {
    let mut debian: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    debian.sort_unstable_by(|a, b| b.cmp(a));
    if let Ok(version) = fs::read_to_string(data.join("PG_VERSION")) {
        let version = version.trim().to_owned();
        if let Some((_, bin)) = debian
            .iter()
            .find(|(known, _)| known.to_string() == version)
        {
            return Ok(bin.clone());
        }
        if !debian.is_empty() {
            return Err(ServerError::OtherVersion {
                dir: data.to_owned(),
                version,
            });
        }
    }
    let dirs: Vec<_> = debian.into_iter().map(|(_, bin)| bin).collect();
    let missing = ServerError::NotInstalled {
        program: "postgres",
        package: "postgresql",
    };
    let initdb = find_program("initdb", &dirs).ok_or(missing)?;
    // initdb on PATH may be a link: postgres lives beside the real one.
    let real = fs::canonicalize(&initdb).unwrap_or(initdb);
    Ok(real.parent().map(Path::to_owned).unwrap_or_default())
}

pub(super) fn stored_password(home: &Home) -> Result<String, ServerError> {
    let path = home.dir.join("password");
    if let Ok(stored) = fs::read_to_string(&path) {
        return Ok(stored.trim().to_owned());
    }
    let password = random_word();
    home.write("password", &password)?;
    Ok(password)
}

/// Makes the cluster in a draft directory, so that a killed attempt leaves nothing half.
pub(super) async fn init(
    home: &Home,
    bin: &Path,
    data: &Path,
    options: &PostgresOptions,
) -> Result<(), ServerError> {
    let draft = home.dir.join("data.new");
    if draft.exists() {
        fs::remove_dir_all(&draft).map_err(ServerError::io(format!("cannot remove {draft:?}")))?;
    }
    let mut initdb: Command = process::command(&bin.join("initdb"), Signal::SIGTERM);
    initdb
        .arg("-D")
        .arg(&draft)
        .args(["-U", USER, "-E", "UTF8", "--locale=C"]);
    if options.password {
        initdb
            .args(["-A", "scram-sha-256", "--pwfile"])
            .arg(home.dir.join("password"));
    } else {
        initdb.args(["-A", "trust"]);
    }
    if !options.durable {
        initdb.arg("--no-sync");
    }
    home.adopt(&mut initdb)?;
    let mut running = Process::spawn(initdb).map_err(ServerError::io("cannot start initdb"))?;
    running.wait(READY_LIMIT).await;
    if !draft.join("global/pg_control").exists() || !running.succeeded() {
        running.stop(&STOP).await;
        return Err(ServerError::Ended {
            program: "initdb",
            log: log_tail(&home.log()),
        });
    }
    fs::rename(&draft, data).map_err(ServerError::io("cannot move the new database cluster"))
}

pub(super) async fn launch(
    home: &Home,
    bin: &Path,
    options: &PostgresOptions,
    port: Option<u16>,
) -> Result<(Process, u16), ServerError> {
    let data = home.dir.join("data");
    let mut attempt = 0;
    loop {
        attempt += 1;
        let port = port.map_or_else(free_port, Ok)?;
        let mut command = process::command(&bin.join("postgres"), Signal::SIGINT);
        command.args(options.arguments(&data, port));
        home.adopt(&mut command)?;
        let mut process =
            Process::spawn(command).map_err(ServerError::io("cannot start postgres"))?;
        match wait_ready(&mut process, home, &data).await {
            Ok(()) => return Ok((process, port)),
            // The port was taken, or backends of a killed postmaster still hold the memory.
            Err(ServerError::Ended { .. }) if attempt < 10 => {
                tokio::time::sleep(Duration::from_millis(50 * attempt)).await;
            }
            Err(error) => {
                process.stop(&STOP).await;
                return Err(error);
            }
        }
    }
}

/// Waits until postmaster.pid says "ready" and names our own child.
async fn wait_ready(process: &mut Process, home: &Home, data: &Path) -> Result<(), ServerError> {
    let until = Instant::now() + READY_LIMIT;
    while Instant::now() < until {
        let status = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
        let mut lines = status.lines();
        let is_ours = lines.next() == Some(process.id().to_string().as_str());
        if is_ours && lines.nth(6).is_some_and(|state| state.trim() == "ready") {
            return Ok(());
        }
        if process.wait(Duration::from_millis(10)).await {
            return Err(ServerError::Ended {
                program: "postgres",
                log: log_tail(&home.log()),
            });
        }
    }
    Err(ServerError::NotReady {
        program: "postgres",
        log: log_tail(&home.log()),
    })
}
