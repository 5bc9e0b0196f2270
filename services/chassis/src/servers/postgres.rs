//! A private PostgreSQL.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use nix::sys::signal::Signal;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::{
    ServerError, find_program, free_port,
    home::Home,
    log_tail,
    process::{self, Process},
    random_word,
};

mod shared;

pub(crate) use shared::start_shared;

/// The superuser of a private server.
const USER: &str = "yiwang";

/// Crash recovery of a large database may take long.
const READY_LIMIT: Duration = Duration::from_secs(60);

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
            max_connections: 120,
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

/// The newest installed version, or the one that made the data.
fn binaries(data: &Path) -> Result<PathBuf, ServerError> {
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

fn stored_password(home: &Home) -> Result<String, ServerError> {
    let path = home.dir.join("password");
    if let Ok(stored) = fs::read_to_string(&path) {
        return Ok(stored.trim().to_owned());
    }
    let password = random_word();
    home.write("password", &password)?;
    Ok(password)
}

/// Makes the cluster in a draft directory, so that a killed attempt leaves nothing half.
async fn init(
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

async fn launch(
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
