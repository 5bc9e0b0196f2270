//! Putting the gateway together and starting it.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context as _;
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, Version, header},
    middleware::{self, Next},
    response::Response,
};
use jiff::SignedDuration;
use secrecy::ExposeSecret;
use sqlx::PgPool;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use yiwang_chassis::{
    admin::{self, Readiness},
    audit::{Chainer, SIGN_EVERY},
    broker::Broker,
    clock::{SharedClock, SystemClock},
    db,
    fault::Fault,
    inbox::Consumer,
    keys::{Keys, SealAlgorithm},
    lifecycle::Lifecycle,
};
use yiwang_civic::{
    certificate::PublicKey,
    person_key::PersonKeyer,
    seal::{SealKey, Sealer},
};

use crate::{
    account::Accounts,
    certificates::{Certificates, font::Typefaces},
    clients::Backends,
    config::Config,
    crypto::Vault,
    demo::{self, DemoControls},
    error::Problem,
    housekeeping,
    messages::{CaseMessages, Messages},
    notifier::Notifier,
    one_thing::{
        OneThings, acts::Acts, definitions, departments::Partners, facts::Facts, runner::Engine,
    },
    portal,
    rating::Ratings,
    reply, rest,
    route::{self, RouteInfo},
    schemas, security,
    session::Sessions,
    state::{AppState, Inner},
    tokens::Keyring,
    uploads::Uploads,
};

/// Starts the gateway on `listener` and returns when it is ready.
///
/// # Errors
/// When keys, database or configuration cannot be used.
pub async fn start(
    config: Config,
    clock: SharedClock,
    lifecycle: &Lifecycle,
    listener: TcpListener,
) -> anyhow::Result<()> {
    yiwang_chassis::install_tls_provider();
    let keys = Keys::load(&config.keys.dir)?;
    let pool = db::open(&config.database, &schemas()).await?;
    let broker = Broker::connect(&config.nats).await?;
    let readiness = Readiness::default();
    let admin = TcpListener::bind(config.admin.listen)
        .await
        .context("cannot bind admin.listen")?;
    lifecycle.spawn(
        "gateway admin",
        admin::serve(admin, readiness.clone(), lifecycle.token()),
    );

    let seed = config.demo.as_ref().is_some_and(|demo| demo.accounts);
    let pictures = config.demo.as_ref().is_some_and(|demo| demo.pictures);
    // What is asked for once at the start does not queue behind those who work without end.
    let state = build(
        config,
        pool.clone(),
        vault(&keys)?,
        clock,
        demo::security_clock(),
    )
    .await?;
    lifecycle.spawn(
        "gateway pool",
        db::watch(pool.clone(), "gateway", lifecycle.token()),
    );

    let consumer = Consumer::new(pool.clone(), broker.clone(), Arc::new(CaseMessages));
    lifecycle.spawn("gateway inbox", consumer.run(lifecycle.token()));
    let consumer = Consumer::new(pool.clone(), broker, Arc::new(Facts));
    lifecycle.spawn("gateway facts", consumer.run(lifecycle.token()));
    let chainer = Chainer {
        pool,
        service: "gateway",
        key: keys.audit,
        heads_dir: state.config().audit.heads_dir.clone(),
        sign_every: SIGN_EVERY,
    };
    lifecycle.spawn("gateway audit", chainer.run(lifecycle.token()));
    if seed {
        db::patiently(|| demo::seed(state.accounts())).await?;
    }
    if pictures {
        db::patiently(|| demo::pictures::seed(state.uploads())).await?;
    }
    lifecycle.spawn(
        "gateway housekeeping",
        housekeeping::sweep(state.clone(), lifecycle.token()),
    );
    let watch = admin::watch(
        state.pool().clone(),
        readiness.clone(),
        "portal",
        lifecycle.token(),
    );
    lifecycle.spawn("gateway readiness", watch);
    let notifier = Notifier::open(
        &state.config().notifier,
        state.pool().clone(),
        state.one_things().vault.clone(),
        state.clock().clone(),
    )?;
    lifecycle.spawn("notifier", notifier.run(lifecycle.token()));
    let engine = Arc::new(engine(&state));
    lifecycle.spawn("one-things", engine.clone().run(lifecycle.token()));
    lifecycle.spawn("one-things watch", engine.watch(lifecycle.token()));
    let address = listener.local_addr()?;
    lifecycle.spawn(
        "gateway",
        serve(listener, router(&state), lifecycle.token()),
    );
    readiness.set("portal", true);
    tracing::info!(%address, "the gateway listens on {address}");
    Ok(())
}

/// What runs the one-things of a gateway.
fn engine(state: &AppState) -> Engine {
    let one_things = state.one_things();
    Engine {
        pool: state.pool().clone(),
        vault: one_things.vault.clone(),
        clock: state.clock().clone(),
        wall: Arc::new(SystemClock),
        known: definitions::ALL,
        performer: Arc::new(Acts {
            state: state.clone(),
            vault: one_things.vault.clone(),
            partners: one_things.partners.clone(),
        }),
        probe: None,
    }
}

/// The state of a gateway over `pool`. Sessions, tokens and codes follow
/// `security_clock`, which is the system's except in tests.
///
/// # Errors
/// When the database is away or a part cannot be set up.
pub async fn build(
    config: Config,
    pool: PgPool,
    vault: Vault,
    clock: SharedClock,
    security_clock: SharedClock,
) -> anyhow::Result<AppState> {
    let vault = Arc::new(vault);
    let lifetime = SignedDuration::try_from(config.sessions.access_token)?;
    let keyring = db::patiently(|| {
        let (pool, vault, clock) = (pool.clone(), vault.clone(), security_clock.clone());
        Keyring::open(pool, vault, clock, config.http.public_url.clone(), lifetime)
    });
    let keyring = Arc::new(keyring.await?);
    let demo = config.demo.as_ref();
    let demo = demo.map(|demo| DemoControls::open(demo, pool.clone(), security_clock.clone()));
    let uploads = Uploads::new(
        pool.clone(),
        vault.clone(),
        clock.clone(),
        config.uploads.clone(),
    )?;
    let partners = Arc::new(Partners::open(&config.departments, &vault)?);
    let one_things = OneThings {
        pool: pool.clone(),
        vault: vault.clone(),
        clock: clock.clone(),
        partners,
    };
    let ratings = Ratings {
        pool: pool.clone(),
        vault: vault.clone(),
        clock: clock.clone(),
        working_days: config.ratings.working_days,
    };
    let certificates = Certificates {
        keys: vault.certificate_keys().to_vec(),
        fonts: Typefaces::load(&config.certificates.font).context("certificates.font")?,
    };
    if certificates.fonts.is_empty() {
        tracing::warn!("no Chinese font: certificates cannot be downloaded as PDF");
    }
    Ok(AppState::new(Inner {
        backends: Backends::new(&config.services, keyring.clone())?,
        accounts: Accounts::new(pool.clone(), vault.clone(), security_clock.clone())?,
        sessions: Sessions::new(pool.clone(), vault, security_clock, &config),
        messages: Messages::new(pool.clone(), clock.clone()),
        limits: security::rate::Limits::new(&config.limits),
        certificates,
        one_things,
        ratings,
        demo: demo.transpose()?,
        uploads,
        keyring,
        clock,
        pool,
        config,
    }))
}

/// The keys of the key directory as the gateway uses them.
///
/// # Errors
/// When a key has the wrong length.
pub fn vault(keys: &Keys) -> anyhow::Result<Vault> {
    let seal_keys = keys.seal.iter().map(|(id, entry)| {
        let bytes = entry.key.expose_secret();
        let key = match entry.algorithm {
            SealAlgorithm::Aes256Gcm => SealKey::Aes256Gcm(bytes.try_into()?),
            SealAlgorithm::Sm4Gcm => SealKey::Sm4Gcm(bytes.try_into()?),
        };
        anyhow::Ok((id.clone(), key))
    });
    let seal_keys: Vec<_> = seal_keys.collect::<anyhow::Result<_>>()?;
    let sealer = Sealer::new(&keys.seal_active, seal_keys)?;
    let certificate_keys = keys.certificates.iter().map(|listed| PublicKey {
        key: listed.key,
        from: listed.from,
        to: listed.to,
    });
    let keyer = PersonKeyer::new(keys.person.expose_secret())?;
    let vault = Vault::new(sealer, keyer, certificate_keys.collect());
    Ok(vault.with_departments(keys.departments.clone()))
}

/// Every route of the gateway, REST and pages.
pub fn routes() -> Vec<RouteInfo> {
    let tables = [rest::table(), portal::table()];
    tables
        .into_iter()
        .flatten()
        .map(|route| route.info)
        .collect()
}

/// The whole gateway as a router; see [`security`] for the order of its layers.
pub fn router(state: &AppState) -> Router {
    let table: Vec<_> = rest::table().into_iter().chain(portal::table()).collect();
    route::assemble(table, state)
        .fallback(reply::unknown_path)
        .method_not_allowed_fallback(reply::wrong_method)
        .layer(middleware::from_fn_with_state(
            state.clone(),
            security::time_limit::enforce,
        ))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            security::fetch::guard,
        ))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            security::rate::limit,
        ))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            security::client_ip::note,
        ))
        .layer(CatchPanicLayer::custom(|_| {
            axum::response::IntoResponse::into_response(Problem::from(Fault::internal(
                "a handler panicked",
            )))
        }))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            security::headers::add,
        ))
        .layer(middleware::from_fn(security::request_id::trace))
        .with_state(state.clone())
}

/// Serves until `token` is cancelled, then lets running requests finish.
async fn serve(
    listener: TcpListener,
    router: Router,
    token: CancellationToken,
) -> anyhow::Result<()> {
    let router = router.layer(middleware::from_fn_with_state(token.clone(), say_goodbye));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let stop = async move {
        token.cancelled().await;
        tokio::time::sleep(FAREWELL).await;
    };
    axum::serve(listener, service)
        .with_graceful_shutdown(stop)
        .await?;
    Ok(())
}

/// Whoever asks meanwhile is told to ask elsewhere next: a connection that is simply closed loses what
/// is sent on it at that moment.
const FAREWELL: Duration = Duration::from_millis(500);

async fn say_goodbye(
    State(token): State<CancellationToken>,
    request: Request,
    next: Next,
) -> Response {
    let closes = request.version() < Version::HTTP_2;
    let mut response = next.run(request).await;
    if closes && token.is_cancelled() {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}
