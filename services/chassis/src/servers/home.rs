//! The directory of a private server: who owns it, who uses it, what was left in it.

use std::{
    fs::{self, File, TryLockError},
    io,
    os::unix::{
        fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::{Gid, Pid, Uid, User, chown},
};
use sha2::{Digest as _, Sha256};

use super::ServerError;

/// Where a server's directory goes when its user cannot reach the wanted place.
const FALLBACK: &str = "/var/lib/yiwang";

/// The user that a server runs as when we are root.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunAs {
    uid: Uid,
    gid: Gid,
}

/// A server's directory, locked for this process.
#[derive(Debug)]
pub(super) struct Home {
    /// The directory, absolute.
    pub(super) dir: PathBuf,
    run_as: Option<RunAs>,
    _lock: File,
}

impl RunAs {
    /// Who to run servers as; nobody else when we are not root.
    pub(super) fn current() -> Result<Option<Self>, ServerError> {
        if !Uid::effective().is_root() {
            return Ok(None);
        }
        let user = |name| User::from_name(name).ok().flatten();
        let user = user("postgres")
            .or_else(|| user("nobody"))
            .ok_or(ServerError::NoUser)?;
        Ok(Some(Self {
            uid: user.uid,
            gid: user.gid,
        }))
    }

    /// A user with a group of the same number.
    #[cfg(test)]
    pub(super) fn of(id: u32) -> Self {
        Self {
            uid: Uid::from_raw(id),
            gid: Gid::from_raw(id),
        }
    }

    /// Whether this user may pass through all directories above `dir`.
    pub(super) fn can_reach(self, dir: &Path) -> bool {
        dir.ancestors().skip(1).all(|parent| {
            let Ok(found) = fs::metadata(parent) else {
                return false;
            };
            let bit = match () {
                () if found.uid() == self.uid.as_raw() => 0o100,
                () if found.gid() == self.gid.as_raw() => 0o010,
                () => 0o001,
            };
            found.mode() & bit != 0
        })
    }
}

impl Home {
    /// Makes the directory and locks it.
    ///
    /// # Errors
    /// When another process has it, or it cannot be made.
    pub(super) fn open(wanted: &Path) -> Result<Self, ServerError> {
        let run_as = RunAs::current()?;
        let dir = place(wanted, run_as)?;
        if !dir.ends_with(wanted.file_name().unwrap_or_default()) {
            tracing::info!(
                "{} is out of the server's reach: using {}",
                wanted.display(),
                dir.display()
            );
        }
        let lock = dir.join("lock");
        let file =
            File::create(&lock).map_err(ServerError::io(format!("cannot create {lock:?}")))?;
        match file.try_lock() {
            Ok(()) => Ok(Self {
                dir,
                run_as,
                _lock: file,
            }),
            Err(TryLockError::WouldBlock) => Err(ServerError::InUse(dir)),
            Err(TryLockError::Error(error)) => {
                Err(ServerError::io(format!("cannot lock {lock:?}"))(error))
            }
        }
    }

    /// Lets `command` run in this directory as the server's user, logging to a file.
    pub(super) fn adopt(&self, command: &mut Command) -> Result<(), ServerError> {
        let path = self.log();
        let log = File::options().create(true).append(true).open(&path);
        let log = log.map_err(ServerError::io(format!("cannot open {path:?}")))?;
        if log.metadata().is_ok_and(|found| found.len() > 16 << 20) {
            let _ = log.set_len(0);
        }
        let error_log = log
            .try_clone()
            .map_err(ServerError::io("cannot share the log file"))?;
        command
            .current_dir(&self.dir)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(error_log);
        if let Some(user) = self.run_as {
            command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
        }
        Ok(())
    }

    /// The server's log.
    pub(super) fn log(&self) -> PathBuf {
        self.dir.join("server.log")
    }

    /// Writes a file that only the server's user (and root) can read.
    pub(super) fn write(&self, name: &str, text: &str) -> Result<PathBuf, ServerError> {
        let path = self.dir.join(name);
        let draft = self.dir.join(format!("{name}.new"));
        let write = || -> io::Result<()> {
            fs::write(&draft, "")?;
            fs::set_permissions(&draft, fs::Permissions::from_mode(0o600))?;
            fs::write(&draft, text)?;
            if let Some(user) = self.run_as {
                chown(&draft, Some(user.uid), Some(user.gid))?;
            }
            fs::rename(&draft, &path)
        };
        write().map_err(ServerError::io(format!("cannot write {path:?}")))?;
        Ok(path)
    }

    /// Makes a directory inside, owned by the server's user.
    pub(super) fn make_dir(&self, name: &str) -> Result<PathBuf, ServerError> {
        let path = self.dir.join(name);
        make_private(&path, self.run_as)?;
        Ok(path)
    }

    /// Ends servers of an earlier run that still work in `dir`: only processes
    /// of `program` whose working directory or arguments name it.
    pub(super) async fn stop_leftovers(&self, program: &str, dir: &Path, ask: Signal) {
        for (signal, limit) in [(ask, 5), (Signal::SIGQUIT, 3), (Signal::SIGKILL, 3)] {
            let until = Instant::now() + Duration::from_secs(limit);
            for pid in users_of(program, dir) {
                tracing::warn!(
                    pid = pid.as_raw(),
                    "stopping a {program} left by an earlier run"
                );
                let _ = kill(pid, signal);
            }
            while !users_of(program, dir).is_empty() && Instant::now() < until {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

fn place(wanted: &Path, run_as: Option<RunAs>) -> Result<PathBuf, ServerError> {
    let wanted = std::path::absolute(wanted).map_err(ServerError::io("no working directory"))?;
    if let Some(parent) = wanted.parent() {
        let what = format!("cannot create {parent:?}");
        fs::create_dir_all(parent).map_err(ServerError::io(what))?;
    }
    let dir = match run_as {
        Some(user) if !user.can_reach(&wanted) => {
            let digest = Sha256::digest(wanted.as_os_str().as_encoded_bytes());
            let parent = PathBuf::from(FALLBACK);
            let what = format!("cannot create {parent:?}");
            fs::create_dir_all(&parent).map_err(ServerError::io(what))?;
            parent.join(hex::encode(&digest[..8]))
        }
        _ => wanted,
    };
    make_private(&dir, run_as)?;
    fs::canonicalize(&dir).map_err(ServerError::io(format!("cannot resolve {dir:?}")))
}

fn make_private(dir: &Path, run_as: Option<RunAs>) -> Result<(), ServerError> {
    let make = || -> io::Result<()> {
        if !dir.is_dir() {
            fs::DirBuilder::new().mode(0o700).create(dir)?;
        }
        if let Some(user) = run_as {
            chown(dir, Some(user.uid), Some(user.gid))?;
        }
        Ok(())
    };
    make().map_err(ServerError::io(format!("cannot create {dir:?}")))
}

/// Processes of `program` that work in `dir`, as /proc tells; none elsewhere than on Linux.
fn users_of(program: &str, dir: &Path) -> Vec<Pid> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return vec![];
    };
    let pids = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|&pid: &i32| {
        let of = |what: &str| PathBuf::from(format!("/proc/{pid}/{what}"));
        let is_program = fs::read_link(of("exe")).is_ok_and(|exe| {
            exe.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(program))
        });
        is_program
            && (fs::read_link(of("cwd")).is_ok_and(|cwd| cwd == dir)
                || fs::read(of("cmdline")).is_ok_and(|line| names(&line, dir)))
    })
    .map(Pid::from_raw)
    .collect()
}

/// Whether one argument of a command line is a path in `dir`.
fn names(cmdline: &[u8], dir: &Path) -> bool {
    let paths = cmdline
        .split(|&byte| byte == 0)
        .map(|arg| Path::new(std::str::from_utf8(arg).unwrap_or("")));
    paths.into_iter().any(|path| path.starts_with(dir))
}
