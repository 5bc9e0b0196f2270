//! A private PostgreSQL.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use nix::sys::signal::Signal;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::{ServerError, home::Home, process::Process};

mod launch;
mod shared;

use launch::{binaries, init, launch, stored_password};

pub(crate) use shared::start_shared;

/// The superuser of a private server.
const USER: &str = "yiwang";

/// Fast, then immediate shutdown, then the last resort.
const STOP: [(Signal, Duration); 3] = [
    (Signal::SIGINT, Duration::from_secs(15)),
    (Signal::SIGQUIT, Duration::from_secs(5)),
    (Signal::SIGKILL, Duration::from_secs(5)),
];

/// How a private PostgreSQL is to be run.
#[derive(Debug, Clone)]
pub struct PostgresOptions {
    /// Its directory, made when missing; data in it are kept.
    pub dir: PathBuf,
    /// `max_connections`.
    pub max_connections: u32,
    /// Whether commits reach the disk. Without it they still survive kill -9.
    pub durable: bool,
    /// Whether connections need the generated password: yes wherever other
    /// users of the machine could reach the port.
    pub password: bool,
    /// Further settings, as `postgres -c name=value`.
    pub settings: Vec<(String, String)>,
}

/// A running private PostgreSQL; dropping it stops it.
#[derive(Debug)]
pub struct Postgres {
    options: PostgresOptions,
    home: Home,
    bin: PathBuf,
    port: u16,
    password: Option<String>,
    process: Process,
}

impl PostgresOptions {
    /// A durable server with a password, for real data.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            // Six processes with twelve each and their listeners, twice during an upgrade.
            max_connections: 200,
            durable: true,
            password: true,
            settings: vec![],
        }
    }

    /// A fast server without a password, for data that nobody needs tomorrow.
    pub fn throwaway(dir: impl Into<PathBuf>) -> Self {
        Self {
            durable: false,
            password: false,
            max_connections: 300,
            ..Self::new(dir)
        }
    }

    fn arguments(&self, data: &Path, port: u16) -> Vec<String> {
        let mut settings = vec![
            ("listen_addresses".to_owned(), "127.0.0.1".to_owned()),
            ("port".to_owned(), port.to_string()),
            ("unix_socket_directories".to_owned(), String::new()),
            (
                "max_connections".to_owned(),
                self.max_connections.to_string(),
            ),
            // Messages of the server quote values; they stay out of its log.
            ("log_min_messages".to_owned(), "log".to_owned()),
            ("log_min_error_statement".to_owned(), "panic".to_owned()),
        ];
        if !self.durable {
            settings.push(("fsync".to_owned(), "off".to_owned()));
            settings.push(("full_page_writes".to_owned(), "off".to_owned()));
        }
        settings.extend(self.settings.iter().cloned());
        let mut arguments = vec!["-D".to_owned(), data.display().to_string()];
        for (name, value) in settings {
            arguments.extend(["-c".to_owned(), format!("{name}={value}")]);
        }
        arguments
    }
}

impl Postgres {
    /// Starts the server, on first use with an empty database cluster.
    ///
    /// # Errors
    /// When PostgreSQL is not installed, the directory is in use by another
    /// process, or the server does not become ready.
    pub async fn start(options: PostgresOptions) -> Result<Self, ServerError> {
        let home = Home::open(&options.dir)?;
        let data = home.dir.join("data");
        home.stop_leftovers("postgres", &data, Signal::SIGINT).await;
        // Its process is certainly gone; the pid in the file may be somebody else's.
        let _ = fs::remove_file(data.join("postmaster.pid"));
        let bin = binaries(&data)?;
        let password = if options.password {
            Some(stored_password(&home)?)
        } else {
            None
        };
        if !data.join("PG_VERSION").exists() {
            init(&home, &bin, &data, &options).await?;
        }
        let (process, port) = launch(&home, &bin, &options, None).await?;
        Ok(Self {
            options,
            home,
            bin,
            port,
            password,
            process,
        })
    }

    /// URL of the maintenance database `postgres`, with the password if there is one.
    pub fn url(&self) -> String {
        self.database_url("postgres")
    }

    /// URL of the database `name` on this server.
    pub fn database_url(&self, name: &str) -> String {
        url(self.password.as_deref(), self.port, name)
    }

    /// Makes the database `name` (a plain word) unless it is there; returns its URL.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn ensure_database(&self, name: &str) -> Result<String, ServerError> {
        let mut conn = PgConnection::connect(&self.url()).await?;
        let exists: bool =
            sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
                .bind(name)
                .fetch_one(&mut conn)
                .await?;
        if !exists {
            let create = format!("create database \"{}\"", name.replace('"', ""));
            sqlx::raw_sql(AssertSqlSafe(create))
                .execute(&mut conn)
                .await?;
        }
        conn.close().await?;
        Ok(self.database_url(name))
    }

    /// Where it lives, which may differ from the wanted place.
    pub fn dir(&self) -> &Path {
        &self.home.dir
    }

    /// The process id of the postmaster.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Whether the server has ended, asked or not.
    pub fn has_ended(&self) -> bool {
        self.process.has_ended()
    }

    /// Kills the postmaster with SIGKILL, as a fault.
    pub async fn kill9(&mut self) {
        self.process
            .stop(&[(Signal::SIGKILL, Duration::from_secs(5))])
            .await;
    }

    /// Stops the server if it runs, and starts it again on the same port.
    ///
    /// # Errors
    /// When it does not become ready.
    pub async fn restart(&mut self) -> Result<(), ServerError> {
        self.process.stop(&STOP).await;
        let data = self.home.dir.join("data");
        self.home
            .stop_leftovers("postgres", &data, Signal::SIGQUIT)
            .await;
        let (process, _) = launch(&self.home, &self.bin, &self.options, Some(self.port)).await?;
        self.process = process;
        Ok(())
    }

    /// Stops the server and waits for its end.
    pub async fn stop(mut self) {
        self.process.stop(&STOP).await;
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.process
            .stop_blocking(Signal::SIGQUIT, Duration::from_secs(5));
    }
}

fn url(password: Option<&str>, port: u16, database: &str) -> String {
    let password = password.map(|word| format!(":{word}")).unwrap_or_default();
    format!("postgres://{USER}{password}@127.0.0.1:{port}/{database}?sslmode=disable")
}
