//! What every service of cases is started from, and what runs beside its own tasks.
//!
//! A service's `start` stays its table of contents: open the host, offer the items,
//! run, serve. Nothing here knows a domain.

use std::{fs, path::Path, path::PathBuf, sync::Arc};

use anyhow::Context as _;
use secrecy::ExposeSecret;
use sqlx::PgPool;
use tokio::net::TcpListener;
use tonic::service::Routes;
use yiwang_chassis::{
    admin::{self, Readiness},
    audit::{Chainer, SIGN_EVERY},
    broker::Broker,
    clock::SharedClock,
    config,
    db::{self, Schema},
    grpc,
    inbox::{Consumer, Handler},
    keys::{Keys, SealAlgorithm},
    lifecycle::Lifecycle,
    outbox::Relay,
    reconcile::{INTERVAL, Reconciler},
    verifier::Verifier,
};
use yiwang_civic::{
    certificate::PublicKey,
    params::RuleBook,
    person_key::PersonKeyer,
    seal::{SealKey, Sealer},
};

use crate::{
    registered::Departments,
    runner,
    runtime::{Parts, Runtime},
};

/// The configuration sections a [`Host`] is opened from.
pub struct Sections<'a> {
    /// `[database]`
    pub database: &'a config::Database,
    /// `[nats]`
    pub nats: &'a config::Nats,
    /// `[keys]`
    pub keys: &'a config::Keys,
    /// `[audit]`
    pub audit: &'a config::Audit,
}

/// An open database and broker, the keys, and the clock.
pub struct Host {
    /// Name of the service: audience of tokens, source of events.
    pub service: &'static str,
    /// The secrets of the deployment.
    pub keys: Keys,
    /// The service's database, of the version this program knows.
    pub pool: PgPool,
    /// JetStream.
    pub broker: Broker,
    /// Business time.
    pub clock: SharedClock,
    heads_dir: PathBuf,
}

impl Host {
    /// Opens keys, database and broker.
    ///
    /// # Errors
    /// When one of them cannot be used, or the database has another version.
    pub async fn open(
        service: &'static str,
        sections: Sections<'_>,
        schemas: &[Schema],
        clock: SharedClock,
    ) -> anyhow::Result<Self> {
        yiwang_chassis::install_tls_provider();
        let keys = Keys::load(&sections.keys.dir)?;
        let pool = db::open(sections.database, schemas).await?;
        Ok(Self {
            service,
            keys,
            pool,
            broker: Broker::connect(sections.nats).await?,
            clock,
            heads_dir: sections.audit.heads_dir.clone(),
        })
    }

    /// Seals with the keys of the deployment.
    ///
    /// # Errors
    /// When a key has the wrong length.
    pub fn sealer(&self) -> anyhow::Result<Arc<Sealer>> {
        let keys = self.keys.seal.iter().map(|(id, entry)| {
            let bytes = entry.key.expose_secret();
            let key = match entry.algorithm {
                SealAlgorithm::Aes256Gcm => SealKey::Aes256Gcm(bytes.try_into()?),
                SealAlgorithm::Sm4Gcm => SealKey::Sm4Gcm(bytes.try_into()?),
            };
            anyhow::Ok((id.clone(), key))
        });
        let keys: Vec<_> = keys.collect::<anyhow::Result<_>>()?;
        Ok(Arc::new(Sealer::new(&self.keys.seal_active, keys)?))
    }

    /// A runtime without items over this host.
    ///
    /// # Errors
    /// When the person key has the wrong length.
    pub fn runtime(
        &self,
        rules: RuleBook,
        sealer: Arc<Sealer>,
        departments: Arc<dyn Departments>,
    ) -> anyhow::Result<Runtime> {
        let certificate_keys = self.keys.certificates.iter().map(|listed| PublicKey {
            key: listed.key,
            from: listed.from,
            to: listed.to,
        });
        let runtime = Runtime::new(Parts {
            service: self.service,
            pool: self.pool.clone(),
            clock: self.clock.clone(),
            rules: Arc::new(rules),
            sealer,
            keyer: Arc::new(PersonKeyer::new(self.keys.person.expose_secret())?),
            departments,
            certificate_key: self.keys.certificate.clone(),
        });
        Ok(runtime.with_certificate_keys(certificate_keys.collect()))
    }

    /// Runs what every service runs: relay, reconciler, audit, clocks, errands, gauges.
    pub fn run(&self, runtime: &Arc<Runtime>, lifecycle: &Lifecycle) {
        let name = |task: &str| format!("{} {task}", self.service);
        let token = || lifecycle.token();
        let relay = Relay {
            pool: self.pool.clone(),
            broker: self.broker.clone(),
            source: self.service,
        };
        lifecycle.spawn(name("relay"), relay.run(token()));
        lifecycle.spawn(
            name("pool"),
            db::watch(self.pool.clone(), self.service, token()),
        );
        let reconciler = Reconciler {
            pool: self.pool.clone(),
            broker: self.broker.clone(),
            source: self.service,
            interval: INTERVAL,
            clock: self.clock.clone(),
        };
        lifecycle.spawn(name("reconciler"), reconciler.run(token()));
        let chainer = Chainer {
            pool: self.pool.clone(),
            service: self.service,
            key: self.keys.audit.clone(),
            heads_dir: self.heads_dir.clone(),
            sign_every: SIGN_EVERY,
        };
        lifecycle.spawn(name("audit"), chainer.run(token()));
        lifecycle.spawn(name("clocks"), runner::clocks(runtime.clone(), token()));
        lifecycle.spawn(name("errands"), runner::errands(runtime.clone(), token()));
        lifecycle.spawn(name("gauges"), runner::gauges(runtime.clone(), token()));
    }

    /// Applies the events of `source` with `handler`.
    pub fn consume(&self, source: &str, handler: Arc<dyn Handler>, lifecycle: &Lifecycle) {
        let task = format!("{} events of {source}", self.service);
        let consumer = Consumer::new(self.pool.clone(), self.broker.clone(), handler);
        lifecycle.spawn(task, consumer.of_source(source).run(lifecycle.token()));
    }

    /// Serves `routes` on `listener`; ready when this returns.
    ///
    /// # Errors
    /// When the admin port is taken or the issuer's address is wrong.
    pub async fn serve(
        &self,
        doors: Doors,
        routes: Routes,
        lifecycle: &Lifecycle,
        listener: TcpListener,
    ) -> anyhow::Result<()> {
        let service = self.service;
        let readiness = Readiness::default();
        let admin = TcpListener::bind(doors.admin.listen)
            .await
            .context("cannot bind admin.listen")?;
        lifecycle.spawn(
            format!("{service} admin"),
            admin::serve(admin, readiness.clone(), lifecycle.token()),
        );
        let identity = doors.identity;
        let verifier = Verifier::new(identity.issuer, service, identity.jwks_url)?;
        let server = grpc::Server::new(doors.grpc, Arc::new(verifier));
        let address = listener.local_addr()?;
        lifecycle.spawn(service, server.serve(listener, routes, lifecycle.token()));
        readiness.set("grpc", true);
        let watch = admin::watch(self.pool.clone(), readiness, "grpc", lifecycle.token());
        lifecycle.spawn(format!("{service} readiness"), watch);
        tracing::info!(%address, "{service} listens on {address}");
        Ok(())
    }
}

/// The configuration sections a service is served with.
pub struct Doors {
    /// `[grpc]`
    pub grpc: config::Grpc,
    /// `[admin]`
    pub admin: config::Admin,
    /// `[identity]`
    pub identity: config::Identity,
}

/// The product's parameters with the deployment's own on top; an empty path adds none.
///
/// # Errors
/// When the file cannot be read or an entry is wrong.
pub fn rule_book(product: &[&str], own: &Path) -> anyhow::Result<RuleBook> {
    let mut rules = RuleBook::parse(product)?;
    if !own.as_os_str().is_empty() {
        let text = fs::read_to_string(own)
            .with_context(|| format!("cannot read the rules in {}", own.display()))?;
        rules
            .extend_with(&text)
            .with_context(|| format!("rules in {}", own.display()))?;
    }
    Ok(rules)
}
