//! The product as in production: one process per service, servers beside them.

use std::{
    fs,
    os::unix::{fs::PermissionsExt, process::ExitStatusExt},
    path::PathBuf,
    time::Duration,
};

use anyhow::{Context, ensure};
use nix::sys::signal::Signal;
use sqlx::PgPool;
use tempfile::TempDir;
use yiwang_chassis::servers::{Nats, NatsOptions, Postgres, PostgresOptions, free_port};
use yiwang_e2e::{Api, Program, SERVICES, binary, read, until_within};

use crate::scan;

/// A first start of a debug build on a busy machine.
const READY_LIMIT: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(45);

/// All services, PostgreSQL and NATS.
pub(crate) struct Cluster {
    // Dropped in this order: processes, servers, files.
    programs: Vec<(&'static str, Option<Program>)>,
    departments: Option<Program>,
    pub(crate) postgres: Postgres,
    pub(crate) nats: Nats,
    base: String,
    dir: TempDir,
}

/// Starts a cluster, lets `play` act, and ends it in order; a failure shows what went wrong inside.
pub(crate) async fn with_cluster(
    play: impl AsyncFnOnce(&mut Cluster) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut cluster = Cluster::start().await?;
    let outcome = play(&mut cluster).await;
    if outcome.is_err() {
        for service in SERVICES {
            let said = cluster.said(service)?;
            let troubles = said
                .lines()
                .filter(|line| line.contains("WARN") || line.contains("ERROR"));
            let troubles: Vec<_> = troubles.collect();
            let last = &troubles[troubles.len().saturating_sub(6)..];
            eprintln!("last troubles of {service}:\n{}", last.join("\n"));
        }
    }
    outcome?;
    let secrets = [crate::citizens::secrets(), crate::marriage::secrets()].concat();
    for service in SERVICES {
        cluster.stop(service)?;
        let named = scan::named(&cluster.said(service)?, &secrets);
        ensure!(
            named.is_empty(),
            "people in the log of {service}: {named:#?}"
        );
    }
    Ok(())
}

impl Cluster {
    /// Servers, databases, keys and configuration, then every service.
    async fn start() -> anyhow::Result<Self> {
        yiwang_chassis::install_tls_provider();
        let dir = tempfile::Builder::new()
            .prefix("yiwang-faults-")
            .tempdir()?;
        // PostgreSQL runs as another user when we are root, and must reach its files.
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755))?;
        let postgres = Postgres::start(PostgresOptions::new(dir.path().join("pg"))).await?;
        let nats = Nats::start(NatsOptions::new(dir.path().join("broker"))).await?;
        let port = free_port()?;
        let mut cluster = Self {
            programs: SERVICES.map(|service| (service, None)).into(),
            departments: None,
            postgres,
            nats,
            base: format!("http://127.0.0.1:{port}"),
            dir,
        };
        cluster.configure(port).await?;
        for service in SERVICES {
            cluster.launch(service, &[])?;
        }
        for service in SERVICES {
            cluster.until_ready(service).await?;
        }
        Ok(cluster)
    }

    /// `yiwang up` on the given servers makes keys, databases and configuration.
    async fn configure(&self, port: u16) -> anyhow::Result<()> {
        let mut arguments = ["up", "--no-demo", "--data"].map(str::to_owned).to_vec();
        arguments.push(self.data().display().to_string());
        arguments.extend(["--port".to_owned(), port.to_string()]);
        let environment = [
            ("DATABASE_URL".to_owned(), self.postgres.url()),
            ("NATS_URL".to_owned(), self.nats.url()),
        ];
        let mut up = Program::start(&binary()?, &arguments, &environment, &self.log("up"))?;
        let ready = until_within(READY_LIMIT, "yiwang up on given servers", async || {
            self.answers(&format!("{}/", self.base)).await
        });
        ready.await.with_context(|| up.last_words())?;
        let status = up.end(Signal::SIGTERM, STOP_LIMIT)?;
        ensure!(status.success(), "{status}: {}", up.last_words());
        Ok(())
    }

    /// What `yiwang up` wrote.
    pub(crate) fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn log(&self, service: &str) -> PathBuf {
        self.dir.path().join(format!("{service}.log"))
    }

    /// Everything a service said.
    pub(crate) fn said(&self, service: &str) -> anyhow::Result<String> {
        Ok(fs::read_to_string(self.log(service))?)
    }

    /// A client that has not signed in.
    pub(crate) fn stranger(&self) -> anyhow::Result<Api> {
        Api::at(&self.base)
    }

    /// The database of a service.
    pub(crate) async fn pool(&self, service: &str) -> anyhow::Result<PgPool> {
        let url = self.postgres.database_url(&format!("yiwang_{service}"));
        Ok(PgPool::connect(&url).await?)
    }

    /// Starts a service, as its pod would, with more environment.
    pub(crate) fn launch(&mut self, service: &str, more: &[(&str, &str)]) -> anyhow::Result<()> {
        let config = self.data().join(format!("config/{service}.toml"));
        let arguments = ["serve", service, "--config"].map(str::to_owned);
        let arguments = [arguments.as_slice(), &[config.display().to_string()]].concat();
        let mut environment: Vec<(String, String)> = ["SIGN_IN", "PER_ADDRESS", "PER_ACCOUNT"]
            .map(|limit| (format!("YIWANG_GATEWAY__LIMITS__{limit}"), "0".to_owned()))
            .to_vec();
        environment.extend(more.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        let program = Program::start(&binary()?, &arguments, &environment, &self.log(service))?;
        *self.slot(service)? = Some(program);
        Ok(())
    }

    /// Where `up` has put the other departments.
    pub(crate) fn departments_at(&self) -> anyhow::Result<String> {
        let configuration = self.configuration("marriage")?;
        let url = configuration["departments"]["population"].as_str();
        let host = url.and_then(|url| url.strip_prefix("http://")?.split('/').next());
        Ok(format!(
            "http://{}",
            host.context("no departments.population")?
        ))
    }

    /// Kills the other departments with SIGKILL; what they have taken they know again.
    pub(crate) fn kill9_departments(&mut self) -> anyhow::Result<()> {
        let program = self.departments.as_mut().context("not running")?;
        program.end(Signal::SIGKILL, STOP_LIMIT)?;
        self.departments = None;
        Ok(())
    }

    /// Starts the other departments: the police answer.
    pub(crate) fn launch_departments(&mut self) -> anyhow::Result<()> {
        let base = self.departments_at()?;
        let base = base.strip_prefix("http://").unwrap_or_default().to_owned();
        let path = |name: &str| self.data().join(name).display().to_string();
        let (state, keys) = (path("sandbox.jsonl"), path("keys"));
        let arguments = [
            "sandbox", "--listen", &base, "--state", &state, "--keys", &keys,
        ];
        let program = Program::start(&binary()?, &arguments, &[], &self.log("sandbox"))?;
        self.departments = Some(program);
        Ok(())
    }

    /// What `yiwang up` wrote for a service.
    pub(crate) fn configuration(&self, service: &str) -> anyhow::Result<toml::Table> {
        let file = self.data().join(format!("config/{service}.toml"));
        Ok(fs::read_to_string(file)?.parse()?)
    }

    fn slot(&mut self, service: &str) -> anyhow::Result<&mut Option<Program>> {
        let found = self.programs.iter_mut().find(|(name, _)| *name == service);
        found.map(|(_, slot)| slot).context("no such service")
    }

    fn running(&mut self, service: &str) -> anyhow::Result<&mut Program> {
        self.slot(service)?.as_mut().context("not running")
    }

    /// Kills a service with SIGKILL.
    pub(crate) fn kill9(&mut self, service: &str) -> anyhow::Result<()> {
        let status = self.running(service)?.end(Signal::SIGKILL, STOP_LIMIT)?;
        ensure!(
            status.signal() == Some(9),
            "{service} had ended with {status}: {}",
            self.said(service)?
        );
        *self.slot(service)? = None;
        Ok(())
    }

    /// Stops a service in order.
    pub(crate) fn stop(&mut self, service: &str) -> anyhow::Result<()> {
        let program = self.running(service)?;
        let status = program.end(Signal::SIGTERM, STOP_LIMIT)?;
        ensure!(
            status.success(),
            "{service} ended with {status}: {}",
            program.last_words()
        );
        *self.slot(service)? = None;
        Ok(())
    }

    /// Waits until a service has aborted by itself.
    pub(crate) async fn until_aborted(&mut self, service: &str) -> anyhow::Result<()> {
        let program = self.running(service)?;
        let what = format!("{service} aborts");
        let limit = Duration::from_secs(90);
        let status = until_within(limit, &what, async || Ok(program.ended())).await?;
        let signal = status.signal();
        ensure!(
            signal == Some(6),
            "{service} ended with {status}: {}",
            program.last_words()
        );
        *self.slot(service)? = None;
        Ok(())
    }

    /// Whether every service still runs.
    pub(crate) fn all_run(&mut self) -> anyhow::Result<()> {
        for service in SERVICES {
            let ended = self.running(service)?.ended();
            ensure!(
                ended.is_none(),
                "{service} ended with {ended:?}: {}",
                self.said(service)?
            );
        }
        Ok(())
    }

    /// Waits until a service says that it is ready.
    pub(crate) async fn until_ready(&self, service: &str) -> anyhow::Result<()> {
        let settings = self.configuration(service)?;
        let listen = settings["admin"]["listen"]
            .as_str()
            .context("no admin.listen")?;
        let url = format!("http://{listen}/readyz");
        let what = format!("{service} is ready");
        let ready = until_within(READY_LIMIT, &what, async || self.answers(&url).await);
        ready
            .await
            .with_context(|| self.said(service).unwrap_or_default())
    }

    async fn answers(&self, url: &str) -> anyhow::Result<Option<()>> {
        let reply = read(reqwest::Client::builder().no_proxy().build()?.get(url)).await?;
        Ok((reply.status == 200).then_some(()))
    }
}
