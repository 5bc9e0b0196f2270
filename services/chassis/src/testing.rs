//! Support for tests: real databases, real brokers, real tokens.
//!
//! Every test gets a database of its own, copied from a template that was
//! migrated once, on the server that `YIWANG_TEST_DATABASE_URL` names or on a
//! private one under `target/test-servers`. Failures panic, as in tests.

#![expect(clippy::expect_used, reason = "test support fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use crate::{
    config,
    servers::{Nats, NatsOptions},
};

mod database;
mod issuer;
pub mod law;

pub use database::{TestDb, database};
pub use issuer::{ISSUER, TestIssuer, caller};

/// A directory under `target/test-servers`, removed when dropped. Unlike those
/// in the system's temporary folder, another user can reach it.
#[derive(Debug)]
pub struct Scratch(PathBuf);

/// A private nats-server; stopped and removed when dropped.
#[derive(Debug)]
pub struct TestNats {
    /// A connected client, which reconnects after faults.
    pub client: async_nats::Client,
    server: Nats,
    _scratch: Scratch,
}

impl Scratch {
    /// A new directory.
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let serial = COUNT.fetch_add(1, Ordering::Relaxed);
        let dir = servers_dir().join(format!("scratch-{}-{serial}", std::process::id()));
        fs::create_dir_all(&dir).expect("cannot create a scratch directory");
        Self(dir)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Starts a nats-server for one test.
///
/// # Panics
/// When it cannot be started.
pub async fn nats() -> TestNats {
    let scratch = Scratch::new();
    let options = NatsOptions::throwaway(scratch.path().join("nats"));
    let server = Nats::start(options)
        .await
        .expect("cannot start nats-server");
    let client = async_nats::ConnectOptions::new()
        .reconnect_delay_callback(|_| Duration::from_millis(20))
        .connect(server.url())
        .await
        .expect("cannot connect to nats-server");
    TestNats {
        client,
        server,
        _scratch: scratch,
    }
}

impl TestNats {
    /// Where clients connect.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// A `[nats]` section for this server.
    pub fn config(&self) -> config::Nats {
        config::Nats {
            url: self.url().into(),
            credentials: PathBuf::new(),
            replicas: 1,
            max_bytes: 256 << 20,
            max_age: Duration::from_secs(3600),
        }
    }

    /// Kills the server with SIGKILL.
    pub async fn kill(&mut self) {
        self.server.kill9().await;
    }

    /// Starts the server again on the same port, with its store.
    ///
    /// # Panics
    /// When it does not become ready.
    pub async fn restart(&mut self) {
        self.server
            .restart()
            .await
            .expect("cannot restart nats-server");
    }

    /// Loses the store and starts the server again on the same port.
    ///
    /// # Panics
    /// When it does not become ready.
    pub async fn wipe(&mut self) {
        self.server.wipe().await.expect("cannot wipe nats-server");
    }
}

/// Where test servers live.
fn servers_dir() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let workspace = fs::canonicalize(&workspace).unwrap_or(workspace);
    workspace.join("target/test-servers")
}
