//! Wiring: one visible line for each task of the service.

use std::{fs, path::Path, sync::Arc};

use anyhow::Context as _;
use secrecy::{ExposeSecret, SecretSlice};
use tokio::{net::TcpListener, sync::Notify};
use tonic::service::Routes;
use yiwang_casework::{
    Runtime, runner,
    runtime::Parts,
    service::{CaseworkServer, CaseworkService},
};
use yiwang_chassis::{
    admin::{self, Readiness},
    audit::{Chainer, SIGN_EVERY},
    broker::Broker,
    clock::SharedClock,
    db, grpc,
    inbox::Consumer,
    keys::{Keys, SealAlgorithm},
    lifecycle::Lifecycle,
    outbox::Relay,
    reconcile::{INTERVAL, Reconciler},
    verifier::Verifier,
};
use yiwang_civic::{
    params::RuleBook,
    person_key::PersonKeyer,
    seal::{SealKey, Sealer},
};

use crate::{
    Config, RULES,
    config::Departments,
    departments::{Client, Department, Partners},
    domain::MinimumLiving,
    payment::Payments,
    reactions::Deaths,
    schemas,
};

/// Name of the service: audience of tokens, source of events.
const SERVICE: &str = "assistance";

/// Starts the service on `listener` and returns when it is ready.
///
/// # Errors
/// When keys, database, broker, rules or configuration cannot be used.
pub async fn start(
    config: Config,
    clock: SharedClock,
    lifecycle: &Lifecycle,
    listener: TcpListener,
) -> anyhow::Result<()> {
    yiwang_chassis::install_tls_provider();
    let keys = Keys::load(&config.keys.dir)?;
    let pool = db::connect(&config.database)
        .await
        .context("cannot reach the database")?;
    db::check(&pool, &schemas()).await?;
    let broker = Broker::connect(&config.nats).await?;
    let bank_called = Arc::new(Notify::new());
    let bank = client(&config.departments, &keys, "bank", &config.departments.bank)?;
    let check_centre = client(
        &config.departments,
        &keys,
        "check-centre",
        &config.departments.check_centre,
    )?;
    let sealer = Arc::new(sealer(&keys)?);
    let partners = Partners {
        check_centre,
        bank: bank.clone(),
        pool: pool.clone(),
        sealer: sealer.clone(),
        bank_called: bank_called.clone(),
    };
    let parts = Parts {
        service: SERVICE,
        pool: pool.clone(),
        clock: clock.clone(),
        rules: Arc::new(rule_book(&config.rules.file)?),
        sealer,
        keyer: Arc::new(PersonKeyer::new(keys.person.expose_secret())?),
        departments: Arc::new(partners),
    };
    let runtime = Arc::new(Runtime::new(parts).offer::<MinimumLiving>()?);

    let token = || lifecycle.token();
    let relay = Relay {
        pool: pool.clone(),
        broker: broker.clone(),
        source: SERVICE,
    };
    lifecycle.spawn("assistance relay", relay.run(token()));
    let deaths = Arc::new(Deaths {
        runtime: runtime.clone(),
    });
    let consumer = Consumer::new(pool.clone(), broker.clone(), deaths).of_source("burial");
    lifecycle.spawn("assistance deaths", consumer.run(token()));
    let reconciler = Reconciler {
        pool: pool.clone(),
        broker,
        source: SERVICE,
        interval: INTERVAL,
        clock,
    };
    lifecycle.spawn("assistance reconciler", reconciler.run(token()));
    let chainer = Chainer {
        pool,
        service: SERVICE,
        key: keys.audit.clone(),
        heads_dir: config.audit.heads_dir.clone(),
        sign_every: SIGN_EVERY,
    };
    lifecycle.spawn("assistance audit", chainer.run(token()));
    lifecycle.spawn(
        "assistance clocks",
        runner::clocks(runtime.clone(), token()),
    );
    lifecycle.spawn(
        "assistance errands",
        runner::errands(runtime.clone(), token()),
    );
    lifecycle.spawn(
        "assistance gauges",
        runner::gauges(runtime.clone(), token()),
    );
    let payments = Payments {
        runtime: runtime.clone(),
        bank,
        bank_called,
        batch_lines: i64::from(config.payments.batch_lines),
        chunk: i64::from(config.payments.chunk),
    };
    lifecycle.spawn("assistance payments", payments.run(token()));
    serve(config, runtime, lifecycle, listener).await
}

async fn serve(
    config: Config,
    runtime: Arc<Runtime>,
    lifecycle: &Lifecycle,
    listener: TcpListener,
) -> anyhow::Result<()> {
    let readiness = Readiness::default();
    let admin = TcpListener::bind(config.admin.listen)
        .await
        .context("cannot bind admin.listen")?;
    lifecycle.spawn(
        "assistance admin",
        admin::serve(admin, readiness.clone(), lifecycle.token()),
    );
    let verifier = Verifier::new(config.identity.issuer, SERVICE, config.identity.jwks_url)?;
    let server = grpc::Server::new(config.grpc, Arc::new(verifier));
    let routes = Routes::new(CaseworkServer::new(CaseworkService::new(runtime)));
    let address = listener.local_addr()?;
    lifecycle.spawn(
        "assistance",
        server.serve(listener, routes, lifecycle.token()),
    );
    readiness.set("grpc", true);
    tracing::info!(%address, "assistance listens on {address}");
    Ok(())
}

fn client(
    config: &Departments,
    keys: &Keys,
    name: &'static str,
    base: &str,
) -> anyhow::Result<Client> {
    let callback = match config.callbacks.trim_end_matches('/') {
        "" => None,
        callbacks => Some(format!("{callbacks}/{name}").parse()?),
    };
    let secret: SecretSlice<u8> = keys
        .departments
        .get(name)
        .cloned()
        .with_context(|| format!("no secret for {name}"))?;
    let department = Department {
        base: base.parse()?,
        callback,
        timeout: config.timeout,
    };
    Ok(Client::new(department, secret)?)
}

fn sealer(keys: &Keys) -> anyhow::Result<Sealer> {
    let seal_keys = keys.seal.iter().map(|(id, entry)| {
        let bytes = entry.key.expose_secret();
        let key = match entry.algorithm {
            SealAlgorithm::Aes256Gcm => SealKey::Aes256Gcm(bytes.try_into()?),
            SealAlgorithm::Sm4Gcm => SealKey::Sm4Gcm(bytes.try_into()?),
        };
        anyhow::Ok((id.clone(), key))
    });
    let seal_keys: Vec<_> = seal_keys.collect::<anyhow::Result<_>>()?;
    Ok(Sealer::new(&keys.seal_active, seal_keys)?)
}

/// The product's parameters with the deployment's own on top; an empty path adds none.
///
/// # Errors
/// When the file cannot be read or an entry is wrong.
pub fn rule_book(own: &Path) -> anyhow::Result<RuleBook> {
    let mut rules = RuleBook::parse(RULES)?;
    if !own.as_os_str().is_empty() {
        let text = fs::read_to_string(own)
            .with_context(|| format!("cannot read the rules in {}", own.display()))?;
        rules
            .extend_with(&text)
            .with_context(|| format!("rules in {}", own.display()))?;
    }
    Ok(rules)
}
