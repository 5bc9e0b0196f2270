//! Private PostgreSQL and NATS servers for `yiwang up` and for tests.
//!
//! Each server lives in a directory of its own, listens on a free loopback port
//! and is stopped by the process that started it, and only by that one. Data
//! survive restarts. A server never runs as root: its directory then belongs to
//! another user. When the starting process is killed, the servers end by
//! themselves (`setpriv --pdeathsig`), and one that did not is recognised and
//! stopped by the next start on the same directory.

use std::{
    io,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

mod home;
mod nats;
mod postgres;
mod process;

pub use nats::{Nats, NatsOptions};
pub use postgres::{Postgres, PostgresOptions};

pub(crate) use postgres::start_shared;

/// Why a private server could not be started.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// A program is not installed.
    #[error("{program} was not found: install the package {package}")]
    NotInstalled {
        /// The program.
        program: &'static str,
        /// The Debian package that has it.
        package: &'static str,
    },
    /// Another running process uses the directory.
    #[error("{0} is in use by another running yiwang")]
    InUse(PathBuf),
    /// Root has no other user to run the server as.
    #[error("a database must not run as root, and there is neither a user postgres nor nobody")]
    NoUser,
    /// The data were made by a PostgreSQL version that is not installed.
    #[error("{dir} holds data of PostgreSQL {version}, which is not installed")]
    OtherVersion {
        /// The data directory.
        dir: PathBuf,
        /// Major version of the data.
        version: String,
    },
    /// The server ended instead of becoming ready.
    #[error("{program} ended at start; the end of its log:\n{log}")]
    Ended {
        /// The program.
        program: &'static str,
        /// The last lines of its log.
        log: String,
    },
    /// The server did not become ready in time.
    #[error("{program} was not ready in time; the end of its log:\n{log}")]
    NotReady {
        /// The program.
        program: &'static str,
        /// The last lines of its log.
        log: String,
    },
    /// A file, directory or process could not be used.
    #[error("{what}")]
    Io {
        /// What was tried.
        what: String,
        /// What the system answered.
        source: io::Error,
    },
    /// The started database refused a connection or statement.
    #[error("the private database failed")]
    Database(#[from] sqlx::Error),
}

impl ServerError {
    fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}

/// A program on `PATH` or in one of `more` directories.
fn find_program(name: &str, more: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let usual = ["/usr/local/bin", "/usr/bin", "/usr/local/sbin", "/usr/sbin"].map(PathBuf::from);
    std::env::split_paths(&path)
        .chain(usual)
        .chain(more.iter().cloned())
        .map(|dir| dir.join(name))
        .find(|file| file.is_file())
}

/// Ports of one process lie together, so that those of processes that start at once lie apart.
const TOGETHER: u16 = 32;

/// Ports below those that systems take for outgoing connections: one that is free now
/// is not taken by a passing connection before it is bound. A multiple of [`TOGETHER`]: two
/// processes begin at the same port or so far apart, never a few ports.
const QUIET_PORTS: std::ops::Range<u16> = 15_000..15_000 + 531 * TOGETHER;

/// A loopback port that is free now and was not given to this process before; whoever takes it
/// retries when it no longer is.
///
/// # Errors
/// When there is none.
pub fn free_port() -> Result<u16, ServerError> {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    let count = u32::from(QUIET_PORTS.end - QUIET_PORTS.start);
    let first = std::process::id().wrapping_mul(u32::from(TOGETHER));
    let next = |_| first.wrapping_add(GIVEN.fetch_add(1, Ordering::Relaxed)) % count;
    let next = (0..100).filter_map(|nth| u16::try_from(next(nth)).ok());
    let quiet = next.map(|at| QUIET_PORTS.start + at);
    // The last one is the system's choice.
    let mut ports = quiet.chain([0]);
    let bound = ports.find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok());
    bound
        .ok_or_else(|| std::io::ErrorKind::AddrInUse.into())
        .and_then(|listener| listener.local_addr())
        .map(|addr| addr.port())
        .map_err(ServerError::io("cannot find a free port"))
}

/// The last lines of a server's log, for an error message.
fn log_tail(log: &Path) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}

/// A random word for passwords and names, 32 hex digits.
fn random_word() -> String {
    hex::encode(rand::random::<[u8; 16]>())
}

#[cfg(test)]
mod tests;
