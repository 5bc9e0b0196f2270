//! The log of `yiwang up` goes to a file when standard error is a terminal, so
//! that the terminal stays readable. Standard error itself is turned: panics,
//! children and servers follow.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::fd::AsFd,
    path::{Path, PathBuf},
};

/// A longer log is put aside at the next start.
const LONG: u64 = 20 << 20;

/// Standard error as it was, and where it goes now.
pub(super) struct Log {
    terminal: File,
    path: PathBuf,
}

impl Log {
    /// Turns standard error to `<dir>/yiwang.log`.
    pub(super) fn turn_to(dir: &Path) -> io::Result<Self> {
        fs::create_dir_all(dir)?;
        let path = dir.join("yiwang.log");
        if fs::metadata(&path).is_ok_and(|found| found.len() > LONG) {
            fs::rename(&path, dir.join("yiwang.log.1"))?;
        }
        let terminal = File::from(io::stderr().as_fd().try_clone_to_owned()?);
        let log = OpenOptions::new().create(true).append(true).open(&path)?;
        nix::unistd::dup2_stderr(&log)?;
        Ok(Self { terminal, path })
    }

    /// Where the log is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Turns standard error back; the last message belongs to the terminal.
    pub(super) fn turn_back(mut self) {
        drop(self.terminal.flush());
        let _ = nix::unistd::dup2_stderr(&self.terminal);
    }
}
