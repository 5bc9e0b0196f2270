//! The product as in production: one process per service, servers beside them.

use std::{
    fs,
    os::unix::{fs::PermissionsExt, process::ExitStatusExt},
    path::PathBuf,
    process::ExitStatus,
    time::Duration,
};

use anyhow::{Context, ensure};
use nix::sys::signal::Signal;
use sqlx::PgPool;
use tempfile::TempDir;
use yiwang_chassis::servers::{Nats, NatsOptions, Postgres, PostgresOptions, free_port};
use yiwang_e2e::{Api, Program, SERVICES, binary, read, scan, until_within};

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
    /// The executable that everything is started from, until another is chosen.
    program: PathBuf,
    dir: TempDir,
}

/// Starts a cluster, lets `play` act, and ends it in order; a failure shows what went wrong inside.
pub(crate) async fn with_cluster(
    play: impl AsyncFnOnce(&mut Cluster) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    with_cluster_of(binary()?, play).await
}

/// As [`with_cluster`], of another executable.
pub(crate) async fn with_cluster_of(
    program: PathBuf,
    play: impl AsyncFnOnce(&mut Cluster) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut cluster = Cluster::start(program).await?;
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
    async fn start(program: PathBuf) -> anyhow::Result<Self> {
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
            program,
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
        let mut up = Program::start(&self.program, &arguments, &environment, &self.log("up"))?;
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

    /// What is started from now on is started from this executable.
    pub(crate) fn choose(&mut self, program: PathBuf) {
        self.program = program;
    }

    /// Starts a service, as its pod would, with more environment.
    pub(crate) fn launch(&mut self, service: &str, more: &[(&str, &str)]) -> anyhow::Result<()> {
        let program = self.pod(service, more)?;
        *self.slot(service)? = Some(program);
        Ok(())
    }

    /// Starts another process of a service beside the one that callers reach: it works on the
    /// same database and the same events.
    pub(crate) async fn launch_beside(&self, service: &str) -> anyhow::Result<Program> {
        let own = |section: &str| format!("YIWANG_{}__{section}__LISTEN", service.to_uppercase());
        let section = if service == "gateway" { "HTTP" } else { "GRPC" };
        let admin = format!("127.0.0.1:{}", free_port()?);
        let (calls, probes) = (own(section), own("ADMIN"));
        let more = [(calls.as_str(), "127.0.0.1:0"), (probes.as_str(), &admin)];
        let program = self.pod(service, &more)?;
        let what = format!("a second {service} is ready");
        let url = format!("http://{admin}/readyz");
        let ready = until_within(READY_LIMIT, &what, async || self.answers(&url).await);
        ready.await.with_context(|| program.last_words())?;
        Ok(program)
    }

    fn pod(&self, service: &str, more: &[(&str, &str)]) -> anyhow::Result<Program> {
        let config = self.data().join(format!("config/{service}.toml"));
        let arguments = ["serve", service, "--config"].map(str::to_owned);
        let arguments = [arguments.as_slice(), &[config.display().to_string()]].concat();
        let mut environment: Vec<(String, String)> = ["SIGN_IN", "PER_ADDRESS", "PER_ACCOUNT"]
            .map(|limit| (format!("YIWANG_GATEWAY__LIMITS__{limit}"), "0".to_owned()))
            .to_vec();
        environment.extend(more.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        Program::start(&self.program, &arguments, &environment, &self.log(service))
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
        let program = Program::start(&self.program, &arguments, &[], &self.log("sandbox"))?;
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
        let (status, words) = self.until_ended(service).await?;
        let signal = status.signal();
        ensure!(signal == Some(6), "{service} ended with {status}: {words}");
        Ok(())
    }

    /// Waits until a service has ended by itself; gives how, and its last words.
    pub(crate) async fn until_ended(
        &mut self,
        service: &str,
    ) -> anyhow::Result<(ExitStatus, String)> {
        let program = self.running(service)?;
        let what = format!("{service} ends");
        let limit = Duration::from_secs(90);
        let status = until_within(limit, &what, async || Ok(program.ended())).await?;
        let words = program.last_words();
        *self.slot(service)? = None;
        Ok((status, words))
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
