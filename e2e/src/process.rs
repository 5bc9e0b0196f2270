//! A program with all its descendants, and the proof that none is left behind.

use std::{
    collections::{HashMap, HashSet},
    ffi::OsStr,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

/// In the environment of everything one harness starts.
const MARK: &str = "YIWANG_E2E_MARK";

/// A process, told from a later one with the same number by its start.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Known {
    pid: i32,
    started: String,
}

/// A program that was started here.
#[derive(Debug)]
pub struct Program {
    child: Child,
    mark: String,
    log: PathBuf,
    /// Length of the log before this start.
    log_start: usize,
}

impl Program {
    /// Starts `program`; what it says goes to `log`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(
        program: &Path,
        arguments: &[impl AsRef<OsStr>],
        environment: &[(String, String)],
        log: &Path,
    ) -> anyhow::Result<Self> {
        let mark = uuid::Uuid::new_v4().to_string();
        let out = File::options().create(true).append(true).open(log)?;
        let log_start = usize::try_from(out.metadata()?.len())?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env(MARK, &mark)
            .stdin(Stdio::null())
            .stdout(out.try_clone()?)
            .stderr(out);
        for unwanted in ["DATABASE_URL", "NATS_URL"] {
            command.env_remove(unwanted);
        }
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        Ok(Self {
            child,
            mark,
            log: log.to_owned(),
            log_start,
        })
    }

    /// The process id.
    pub fn pid(&self) -> Pid {
        Pid::from_raw(self.child.id().cast_signed())
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Everything it said since it was started.
    pub fn said(&self) -> String {
        let log = fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(log.get(self.log_start..).unwrap_or_default()).into_owned()
    }

    /// The last lines it said, without the routine.
    pub fn last_words(&self) -> String {
        let text = self.said();
        let routine = |line: &&str| line.contains(r#""level":"INFO""#);
        let lines: Vec<&str> = text.lines().filter(|line| !routine(line)).collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }

    /// Sends `signal`, waits for the end of the program and of everything it started.
    ///
    /// # Errors
    /// When it takes longer than `limit`, or something is left behind.
    pub fn end(&mut self, signal: Signal, limit: Duration) -> anyhow::Result<ExitStatus> {
        let family = self.family();
        if self.ended().is_none() {
            kill(self.pid(), signal)?;
        }
        let deadline = Instant::now() + limit;
        let status = loop {
            if let Some(status) = self.ended() {
                break status;
            }
            if Instant::now() > deadline {
                self.kill_all(&family);
                ensure!(
                    false,
                    "still running {limit:?} after {signal}:\n{}",
                    self.last_words()
                );
            }
            thread::sleep(Duration::from_millis(10));
        };
        self.nobody_left(&family, deadline)?;
        Ok(status)
    }

    fn nobody_left(&self, family: &HashSet<Known>, deadline: Instant) -> anyhow::Result<()> {
        loop {
            let left = self.left(family);
            if left.is_empty() {
                return Ok(());
            }
            if Instant::now() > deadline {
                let names: Vec<String> = left.iter().map(|one| command_line(one.pid)).collect();
                self.kill_all(family);
                ensure!(false, "left behind after the end: {names:?}");
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The program and what descends from it now.
    fn family(&self) -> HashSet<Known> {
        let parents: HashMap<i32, i32> = all_pids()
            .filter_map(|pid| Some((pid, parent(pid)?)))
            .collect();
        let root = self.pid().as_raw();
        let descends = |mut pid: i32| loop {
            if pid == root {
                return true;
            }
            match parents.get(&pid) {
                Some(&parent) if parent > 1 => pid = parent,
                _ => return false,
            }
        };
        parents
            .keys()
            .filter(|pid| descends(**pid))
            .filter_map(|pid| known(*pid))
            .collect()
    }

    fn left(&self, family: &HashSet<Known>) -> HashSet<Known> {
        let needle = format!("{MARK}={}", self.mark);
        let marked = all_pids().filter(|pid| {
            let environ = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
            environ
                .split(|byte| *byte == 0)
                .any(|entry| entry == needle.as_bytes())
        });
        let running = family
            .iter()
            .filter(|one| known(one.pid).as_ref() == Some(one))
            .cloned();
        let me = self.pid().as_raw();
        running
            .chain(marked.filter_map(known))
            .filter(|one| one.pid != me)
            .collect()
    }

    fn kill_all(&self, family: &HashSet<Known>) {
        for one in self.left(family) {
            let _ = kill(Pid::from_raw(one.pid), Signal::SIGKILL);
        }
        if known(self.pid().as_raw()).is_some() {
            let _ = kill(self.pid(), Signal::SIGKILL);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.ended().is_some() && self.left(&HashSet::new()).is_empty() {
            return;
        }
        let limit = Duration::from_secs(20);
        if let Err(error) = self.end(Signal::SIGTERM, limit) {
            eprintln!("{error:#}");
            assert!(thread::panicking(), "{error:#}");
        }
    }
}

fn all_pids() -> impl Iterator<Item = i32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// The fields of /proc/PID/stat after the name; none for one that has ended.
fn stat(pid: i32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    let fields: Vec<String> = rest.split_whitespace().map(str::to_owned).collect();
    (fields.first()? != "Z").then_some(fields)
}

fn parent(pid: i32) -> Option<i32> {
    stat(pid)?.get(1)?.parse().ok()
}

fn known(pid: i32) -> Option<Known> {
    Some(Known {
        pid,
        started: stat(pid)?.get(19)?.clone(),
    })
}

fn command_line(pid: i32) -> String {
    let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    format!(
        "{pid} {}",
        String::from_utf8_lossy(&line).replace('\0', " ")
    )
}
