//! `yiwang up` on a directory of its own, from start to a clean end.

use std::{
    env, fs,
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use nix::{sys::signal::Signal, unistd::Pid};
use tempfile::TempDir;

use crate::{
    accounts::{self, DemoAccount},
    api::{self, Api},
    clock::DemoClock,
    process::Program,
    wait::until_within,
};

/// A first start makes a database cluster; a busy machine takes its time.
const START_LIMIT: Duration = Duration::from_secs(90);
/// The product's own grace is 10 seconds, PostgreSQL's stop comes after it.
const STOP_LIMIT: Duration = Duration::from_secs(45);

/// How a suite is to be started.
#[derive(Debug, Default)]
pub struct SuiteBuilder {
    environment: Vec<(String, String)>,
    arguments: Vec<String>,
    demo: Demo,
    strict_limits: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Demo {
    #[default]
    Loaded,
    Without,
}

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
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut environment = Vec::new();
        if !self.strict_limits {
            for limit in ["SIGN_IN", "PER_ADDRESS", "PER_ACCOUNT"] {
                environment.push((format!("YIWANG_GATEWAY__LIMITS__{limit}"), "0".to_owned()));
            }
        }
        environment.extend(self.environment);
        let mut suite = Suite {
            program: None,
            data,
            base: format!("http://127.0.0.1:{port}"),
            port,
            arguments: self.arguments,
            environment,
            demo: self.demo,
            http: api::client()?,
        };
        suite.launch().await?;
        Ok(suite)
    }
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

    /// REST as the demo account whose login name or label holds `who`.
    ///
    /// # Errors
    /// When there is no such account or it cannot sign in.
    pub async fn sign_in(&self, who: &str) -> anyhow::Result<Api> {
        let mut last = None;
        // A code is good once: the page may have to come to the next one.
        until_within(
            Duration::from_secs(75),
            &format!("{who} signs in"),
            async || {
                let account = self.demo_account(who).await?;
                if account.code.is_some() && account.code == last {
                    return Ok(None);
                }
                last.clone_from(&account.code);
                let (login, password, code) =
                    (&account.login, &account.password, account.code.as_deref());
                self.stranger()
                    .sign_in(login, password, code)
                    .await
                    .map(Some)
            },
        )
        .await
    }

    /// REST as a newly registered citizen; gives the login name too. The password is [`Suite::PASSWORD`].
    ///
    /// # Errors
    /// When the registration is refused.
    pub async fn register(&self, name: &str, id_number: &str) -> anyhow::Result<(Api, String)> {
        let login = format!("u{}", &id_number[6..18].to_lowercase());
        let body = serde_json::json!({
            "login": login, "password": Self::PASSWORD, "name": name,
            "id_number": id_number, "phone": "13800001234",
        });
        self.stranger()
            .post("/api/v1/accounts", &body)
            .await?
            .expect(201)?;
        Ok((
            self.stranger()
                .sign_in(&login, Self::PASSWORD, None)
                .await?,
            login,
        ))
    }

    /// The password of everybody whom a test registers.
    pub const PASSWORD: &str = "correct horse battery";

    /// The demo accounts, as the sign-in page shows them now.
    ///
    /// # Errors
    /// When the page does not list them.
    pub async fn demo_accounts(&self) -> anyhow::Result<Vec<DemoAccount>> {
        let page = self
            .http
            .get(self.url("/login"))
            .send()
            .await?
            .error_for_status()?;
        accounts::on_page(&page.text().await?)
    }

    /// The demo account whose login name is `who`, or whose label or login name holds it.
    ///
    /// # Errors
    /// When there is none.
    pub async fn demo_account(&self, who: &str) -> anyhow::Result<DemoAccount> {
        let accounts = self.demo_accounts().await?;
        let exact = accounts
            .iter()
            .find(|one| one.login == who || one.label == who);
        let close = accounts
            .iter()
            .find(|one| one.login.contains(who) || one.label.contains(who));
        exact
            .or(close)
            .cloned()
            .with_context(|| format!("no demo account {who:?} in {accounts:?}"))
    }

    /// Stops it with SIGTERM and makes sure that it ended well and left no process.
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
        ready.await.with_context(|| self.last_words())?;
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

    async fn ready(&mut self) -> anyhow::Result<Option<()>> {
        if self.has_ended() {
            let words = self.last_words();
            self.program = None;
            eprintln!("yiwang up has ended by itself:\n{words}");
        }
        if self.program.is_none() {
            bail!("yiwang up has ended by itself");
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
        Ok((self.demo == Demo::Without || said.contains("Demo accounts")).then_some(()))
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
