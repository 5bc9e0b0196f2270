//! `yiwang up` on a directory of its own, from start to a clean end.

mod builder;
mod people;

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
    time::Duration,
};

use anyhow::{Context, ensure};
use nix::{sys::signal::Signal, unistd::Pid};
use tempfile::TempDir;

pub use builder::SuiteBuilder;

use builder::Demo;

use crate::{api::Api, clock::DemoClock, process::Program, scan, wait::until_within};

/// The processes of the product, in the order of their starts.
pub const SERVICES: [&str; 6] = [
    "assistance",
    "marriage",
    "burial",
    "rescue",
    "child",
    "gateway",
];

/// A first start makes a database cluster; a busy machine takes its time.
const START_LIMIT: Duration = Duration::from_secs(90);
/// The product's own grace is 10 seconds, PostgreSQL's stop comes after it.
const STOP_LIMIT: Duration = Duration::from_secs(45);

/// A running product; stopped when dropped, and nothing may be left behind.
#[derive(Debug)]
pub struct Suite {
    // Fields are dropped in this order: the process before its files.
    program: Option<Program>,
    data: TempDir,
    base: String,
    port: u16,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    demo: Demo,
    http: reqwest::Client,
    /// Names that must not be in any log.
    names: Mutex<BTreeSet<String>>,
}

impl Suite {
    /// Everything in one process, with the demonstration, on a fresh directory.
    ///
    /// # Errors
    /// With the last words of `yiwang up` when it does not become ready.
    pub async fn start() -> anyhow::Result<Self> {
        Self::builder().start().await
    }

    /// To start it differently.
    #[must_use]
    pub fn builder() -> SuiteBuilder {
        SuiteBuilder::default()
    }

    /// Where the portal is, without a slash at the end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The address of a page or route.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Where it keeps everything.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// The database of a service (`assistance`, `gateway`), to look at what was really stored.
    ///
    /// # Errors
    /// When the service has no configuration file.
    pub fn database_url(&self, service: &str) -> anyhow::Result<String> {
        let values = self.configuration(service)?;
        let url = values
            .get("database")
            .and_then(|section| section.get("url"));
        Ok(url
            .and_then(toml::Value::as_str)
            .context("no database.url")?
            .to_owned())
    }

    /// An address of the sandbox that plays the departments, e.g. `/sandbox/v1/ledger`.
    ///
    /// # Errors
    /// When the service has no department configured.
    pub fn sandbox_url(&self, path: &str) -> anyhow::Result<String> {
        let values = self.configuration("assistance")?;
        let departments = values.get("departments").context("no [departments]")?;
        let url = first_url(departments).context("no URL in [departments]")?;
        Ok(reqwest::Url::parse(url)?.join(path)?.into())
    }

    /// What `yiwang up` wrote for a service.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn configuration(&self, service: &str) -> anyhow::Result<toml::Table> {
        let file = self
            .data
            .path()
            .join("config")
            .join(format!("{service}.toml"));
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        Ok(text.parse()?)
    }

    /// The process of `yiwang up`.
    ///
    /// # Errors
    /// When it is not running.
    pub fn pid(&self) -> anyhow::Result<Pid> {
        Ok(self.program.as_ref().context("not running")?.pid())
    }

    /// The demo clock.
    #[must_use]
    pub fn clock(&self) -> DemoClock {
        DemoClock::new(self.http.clone(), &self.base)
    }

    /// REST as a stranger.
    #[must_use]
    pub fn stranger(&self) -> Api {
        Api::stranger(self.http.clone(), &self.base)
    }

    /// Stops it with SIGTERM and makes sure that it ended well, left no process and named nobody
    /// in any log.
    ///
    /// # Errors
    /// When it did not.
    pub fn stop(&mut self) -> anyhow::Result<()> {
        let Some(mut program) = self.program.take() else {
            return Ok(());
        };
        let status = program.end(Signal::SIGTERM, STOP_LIMIT)?;
        ensure!(
            status.success(),
            "ended with {status}:\n{}",
            program.last_words()
        );
        let logs = scan::logs(self.data())?;
        self.nobody_named(&logs)
    }

    /// Makes sure that the metrics name nobody. In one process they all are in each.
    ///
    /// # Errors
    /// When they do, or cannot be read.
    pub async fn metrics_name_nobody(&self) -> anyhow::Result<()> {
        let mut metrics = Vec::new();
        for service in SERVICES {
            let text = scan::metrics(self.data(), service).await?;
            metrics.push((format!("metrics of {service}"), text));
        }
        self.nobody_named(&metrics)
    }

    fn nobody_named(&self, texts: &[(String, String)]) -> anyhow::Result<()> {
        let names = self
            .names
            .lock()
            .map_or_else(|_| BTreeSet::new(), |it| it.clone());
        let names: Vec<String> = names.into_iter().collect();
        let hits = |(place, text): &(String, String)| {
            let hits = scan::named(text, &names).into_iter();
            hits.map(|hit| format!("{place} {hit}")).collect::<Vec<_>>()
        };
        let found: Vec<String> = texts.iter().flat_map(hits).collect();
        ensure!(found.is_empty(), "people are named:\n{}", found.join("\n"));
        Ok(())
    }

    /// Ends it with SIGKILL; what it had started must end by itself.
    ///
    /// # Errors
    /// When something is left behind.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        let mut program = self.program.take().context("not running")?;
        program.end(Signal::SIGKILL, STOP_LIMIT).map(drop)
    }

    /// Starts it again on the same directory and port.
    ///
    /// # Errors
    /// With the last words of `yiwang up` when it does not become ready.
    pub async fn launch(&mut self) -> anyhow::Result<()> {
        self.launch_with(&[]).await
    }

    /// As [`Suite::launch`], with more variables for this one start, e.g. `YIWANG_FAILPOINT`.
    ///
    /// # Errors
    /// With the last words of `yiwang up` when it does not become ready.
    pub async fn launch_with(&mut self, more: &[(&str, &str)]) -> anyhow::Result<()> {
        ensure!(self.program.is_none(), "running already");
        let mut arguments = vec![
            "up".to_owned(),
            "--data".to_owned(),
            self.data.path().display().to_string(),
        ];
        arguments.extend(["--port".to_owned(), self.port.to_string()]);
        arguments.extend(self.arguments.clone());
        let mut environment = self.environment.clone();
        environment.extend(more.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        let log = self.data.path().join("up.log");
        self.program = Some(Program::start(&binary()?, &arguments, &environment, &log)?);
        let ready = until_within(START_LIMIT, "yiwang up is ready", async || {
            self.ready().await
        });
        let started = std::time::Instant::now();
        let alive = ready.await.with_context(|| self.last_words())?;
        ensure!(
            alive,
            "yiwang up has ended by itself:\n{}",
            self.last_words()
        );
        eprintln!("· ready after {:?}", started.elapsed());
        Ok(())
    }

    /// The last lines that `yiwang up` said.
    #[must_use]
    pub fn last_words(&self) -> String {
        self.program
            .as_ref()
            .map_or_else(String::new, Program::last_words)
    }

    /// Whether `yiwang up` has ended by itself (a failpoint, a crash).
    pub fn has_ended(&mut self) -> bool {
        self.program
            .as_mut()
            .is_none_or(|program| program.ended().is_some())
    }

    /// Whether it is, at last; false when it has ended by itself.
    async fn ready(&mut self) -> anyhow::Result<Option<bool>> {
        if self.has_ended() {
            return Ok(Some(false));
        }
        let home = self.http.get(self.url("/")).send().await?;
        if !home.status().is_success() {
            return Ok(None);
        }
        let said = self.program.as_ref().map(Program::said).unwrap_or_default();
        ensure!(
            !said.contains("could not be loaded"),
            "the demo stories failed:\n{said}"
        );
        // The accounts are the last thing it says, after the stories were told.
        Ok((self.demo == Demo::Without || said.contains("Demo accounts")).then_some(true))
    }
}

impl Drop for Suite {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("{error:#}");
            assert!(std::thread::panicking(), "{error:#}");
        }
    }
}

/// The first URL anywhere in a part of a configuration.
fn first_url(value: &toml::Value) -> Option<&str> {
    match value {
        toml::Value::String(text) => text.starts_with("http://").then_some(text),
        toml::Value::Table(table) => table.values().find_map(first_url),
        toml::Value::Array(values) => values.iter().find_map(first_url),
        _ => None,
    }
}

/// Runs `yiwang ops` over an installation; gives what it said.
///
/// # Errors
/// With what it said, when it fails.
pub fn ops(data: &Path, command: &[&str]) -> anyhow::Result<String> {
    let output = Command::new(binary()?)
        .arg("ops")
        .args(command)
        .arg("--data")
        .arg(data)
        .output()?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    ensure!(output.status.success(), "{said}");
    Ok(said)
}

/// The executable under test.
///
/// # Errors
/// When it is not built.
pub fn binary() -> anyhow::Result<PathBuf> {
    if let Some(path) = env::var_os("YIWANG_BIN") {
        return Ok(path.into());
    }
    let test = env::current_exe()?;
    let found = test
        .ancestors()
        .skip(1)
        .take(2)
        .map(|dir| dir.join("yiwang"))
        .find(|path| path.is_file());
    found.context("no executable: cargo build -p yiwang, or set YIWANG_BIN")
}
