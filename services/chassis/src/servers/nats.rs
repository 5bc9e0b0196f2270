//! A private nats-server with JetStream.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use nix::sys::signal::Signal;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    net::TcpStream,
    time::timeout,
};

use super::{
    ServerError, find_program, free_port,
    home::Home,
    log_tail,
    process::{self, Process},
    random_word,
};

/// The user of a private server with a password.
const USER: &str = "yiwang";

const READY_LIMIT: Duration = Duration::from_secs(30);

const STOP: [(Signal, Duration); 2] = [
    (Signal::SIGTERM, Duration::from_secs(10)),
    (Signal::SIGKILL, Duration::from_secs(5)),
];

/// How a private nats-server is to be run.
#[derive(Debug, Clone)]
pub struct NatsOptions {
    /// Its directory, made when missing; the store in it is kept.
    pub dir: PathBuf,
    /// Whether every message reaches the disk before its acknowledgement, where
    /// the server can do that (from 2.10 on).
    pub durable: bool,
    /// Whether connections need the generated password.
    pub password: bool,
}

/// A running private nats-server; dropping it stops it.
#[derive(Debug)]
pub struct Nats {
    options: NatsOptions,
    home: Home,
    program: PathBuf,
    port: u16,
    password: Option<String>,
    process: Process,
}

impl NatsOptions {
    /// A durable server with a password, for real events.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            durable: true,
            password: true,
        }
    }

    /// A fast server that anybody on this machine can reach.
    pub fn throwaway(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            durable: false,
            password: false,
        }
    }
}

impl Nats {
    /// Starts the server.
    ///
    /// # Errors
    /// When nats-server is not installed, the directory is in use by another
    /// process, or the server does not become ready.
    pub async fn start(options: NatsOptions) -> Result<Self, ServerError> {
        let missing = ServerError::NotInstalled {
            program: "nats-server",
            package: "nats-server",
        };
        let program = find_program("nats-server", &[]).ok_or(missing)?;
        let home = Home::open(&options.dir)?;
        home.stop_leftovers("nats-server", &home.dir, Signal::SIGTERM)
            .await;
        let password = options.password.then(random_word);
        let (process, port) = launch(&home, &program, &options, password.as_deref(), None).await?;
        Ok(Self {
            options,
            home,
            program,
            port,
            password,
            process,
        })
    }

    /// `nats://` URL, with user and password if there are any.
    pub fn url(&self) -> String {
        let user = self
            .password
            .as_ref()
            .map(|word| format!("{USER}:{word}@"))
            .unwrap_or_default();
        format!("nats://{user}127.0.0.1:{}", self.port)
    }

    /// Where it lives, which may differ from the wanted place.
    pub fn dir(&self) -> &Path {
        &self.home.dir
    }

    /// The process id.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Whether the server has ended, asked or not.
    pub fn has_ended(&self) -> bool {
        self.process.has_ended()
    }

    /// Kills the server with SIGKILL, as a fault.
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
        let password = self.password.as_deref();
        let (process, _) = launch(
            &self.home,
            &self.program,
            &self.options,
            password,
            Some(self.port),
        )
        .await?;
        self.process = process;
        Ok(())
    }

    /// Stops the server, deletes its store, and starts it again: a lost disk.
    ///
    /// # Errors
    /// When the store cannot be deleted or the server does not become ready.
    pub async fn wipe(&mut self) -> Result<(), ServerError> {
        self.process.stop(&STOP).await;
        let store = self.store();
        if store.exists() {
            fs::remove_dir_all(&store)
                .map_err(ServerError::io(format!("cannot delete {store:?}")))?;
        }
        self.restart().await
    }

    /// Where JetStream keeps its files.
    pub fn store(&self) -> PathBuf {
        self.home.dir.join("store")
    }

    /// Stops the server and waits for its end.
    pub async fn stop(mut self) {
        self.process.stop(&STOP).await;
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        self.process
            .stop_blocking(Signal::SIGTERM, Duration::from_secs(5));
    }
}

async fn launch(
    home: &Home,
    program: &PathBuf,
    options: &NatsOptions,
    password: Option<&str>,
    port: Option<u16>,
) -> Result<(Process, u16), ServerError> {
    let store = home.make_dir("store")?;
    let sync = if options.durable && knows_sync(program) {
        "sync_interval: always"
    } else {
        ""
    };
    let auth = password
        .map(|word| format!("authorization {{ user: {USER}, password: \"{word}\" }}"))
        .unwrap_or_default();
    let mut attempt = 0;
    loop {
        attempt += 1;
        let port = port.map_or_else(free_port, Ok)?;
        let name = random_word();
        let text = format!(
            "server_name: \"{name}\"\nlisten: \"127.0.0.1:{port}\"\n{auth}\n\
             jetstream {{ store_dir: \"{}\"\n{sync} }}\n",
            store.display(),
        );
        let file = home.write("nats.conf", &text)?;
        let mut command = process::command(program, Signal::SIGTERM);
        command.arg("-c").arg(file);
        home.adopt(&mut command)?;
        let mut process =
            Process::spawn(command).map_err(ServerError::io("cannot start nats-server"))?;
        match wait_ready(&mut process, home, port, &name).await {
            Ok(()) => return Ok((process, port)),
            Err(ServerError::Ended { .. }) if attempt < 5 => {
                tokio::time::sleep(Duration::from_millis(50 * attempt)).await;
            }
            Err(error) => {
                process.stop(&STOP).await;
                return Err(error);
            }
        }
    }
}

/// Waits until the server that greets us has the name that only our child knows.
async fn wait_ready(
    process: &mut Process,
    home: &Home,
    port: u16,
    name: &str,
) -> Result<(), ServerError> {
    let until = Instant::now() + READY_LIMIT;
    while Instant::now() < until {
        let greeting = timeout(Duration::from_secs(1), greeting(port)).await;
        if greeting.is_ok_and(|info| info.is_some_and(|info| is_ready(&info, name))) {
            return Ok(());
        }
        if process.wait(Duration::from_millis(10)).await {
            return Err(ServerError::Ended {
                program: "nats-server",
                log: log_tail(&home.log()),
            });
        }
    }
    Err(ServerError::NotReady {
        program: "nats-server",
        log: log_tail(&home.log()),
    })
}

async fn greeting(port: u16) -> Option<serde_json::Value> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).await.ok()?;
    serde_json::from_str(line.strip_prefix("INFO ")?).ok()
}

fn is_ready(info: &serde_json::Value, name: &str) -> bool {
    info["server_name"] == name && info["jetstream"] == true
}

/// `sync_interval` came with 2.10; older servers refuse to start with it.
fn knows_sync(program: &PathBuf) -> bool {
    let Ok(output) = Command::new(program).arg("--version").output() else {
        return false;
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let Some((_, version)) = text.rsplit_once('v') else {
        return false;
    };
    let mut parts = version
        .trim()
        .split('.')
        .map_while(|part| part.parse::<u32>().ok());
    (parts.next(), parts.next()) >= (Some(2), Some(10))
}
