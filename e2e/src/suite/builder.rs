//! How a suite is started.

use std::{fs, os::unix::fs::PermissionsExt, sync::Mutex};

use jiff::{Timestamp, civil::Date};
use yiwang_chassis::servers::free_port;

use super::Suite;
use crate::api;

/// How a suite is to be started.
#[derive(Debug, Default)]
pub struct SuiteBuilder {
    environment: Vec<(String, String)>,
    arguments: Vec<String>,
    demo: Demo,
    past: bool,
    strict_limits: bool,
    from_day: Option<Date>,
}

/// Whether the demonstration is loaded.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Demo {
    #[default]
    Loaded,
    Without,
}

impl SuiteBuilder {
    /// Sets a variable of the environment, e.g. `YIWANG_GATEWAY__LIMITS__SIGN_IN`.
    #[must_use]
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// One process per service.
    #[must_use]
    pub fn processes(mut self) -> Self {
        self.arguments.push("--processes".to_owned());
        self
    }

    /// Without demo accounts and clock.
    #[must_use]
    pub fn without_demo(mut self) -> Self {
        self.arguments.push("--no-demo".to_owned());
        self.demo = Demo::Without;
        self
    }

    /// With what has happened at the rescue stations before anybody looks; without it only what
    /// the test does itself is there.
    #[must_use]
    pub fn with_past(mut self) -> Self {
        self.past = true;
        self
    }

    /// Lets the demonstration begin at nine o'clock in Beijing on this day, which may have
    /// passed: holidays are known only for the years whose notice is out.
    #[must_use]
    pub fn from_day(mut self, day: Date) -> Self {
        self.from_day = Some(day);
        self
    }

    /// Keeps the product's own rate limits; otherwise a test may sign in as often as it likes.
    #[must_use]
    pub fn strict_limits(mut self) -> Self {
        self.strict_limits = true;
        self
    }

    /// Starts everything and waits until it is ready and the demonstration is loaded.
    ///
    /// # Errors
    /// With the last words of `yiwang up` when it does not become ready.
    pub async fn start(self) -> anyhow::Result<Suite> {
        let data = tempfile::Builder::new().prefix("yiwang-e2e-").tempdir()?;
        // PostgreSQL runs as another user when we are root, and must reach its files.
        fs::set_permissions(data.path(), fs::Permissions::from_mode(0o755))?;
        if let Some(day) = self.from_day {
            let begin: Timestamp = format!("{day}T09:00:00+08:00").parse()?;
            let offset = begin.duration_since(Timestamp::now()).as_millis();
            fs::write(data.path().join("demo-clock"), format!("{offset}\n"))?;
        }
        let port = free_port()?;
        let mut environment = Vec::new();
        if !self.strict_limits {
            for limit in ["SIGN_IN", "PER_ADDRESS", "PER_ACCOUNT"] {
                environment.push((format!("YIWANG_GATEWAY__LIMITS__{limit}"), "0".to_owned()));
            }
        }
        environment.extend(self.environment);
        let mut arguments = self.arguments;
        if !self.past {
            arguments.push("--bare".to_owned());
        }
        let mut suite = Suite {
            program: None,
            data,
            base: format!("http://127.0.0.1:{port}"),
            port,
            arguments,
            environment,
            demo: self.demo,
            http: api::client()?,
            names: Mutex::default(),
        };
        suite.launch().await?;
        Ok(suite)
    }
}
