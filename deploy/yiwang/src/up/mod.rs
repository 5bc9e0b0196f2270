//! `yiwang up`: everything on one machine, for a laptop, a demo, a small county.
//!
//! ```text
//! lock ─► keys ─► PostgreSQL, NATS ─► databases ─► sandbox, services ─► banner ─► demo
//! ```
//! What is started here ends with this process, also when it is killed.

pub(crate) mod banner;
pub(crate) mod child;
mod family;
mod local;
mod log;
mod plan;

use std::{
    io::IsTerminal,
    net::TcpListener as StdListener,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use futures::future::try_join_all;
use tokio::{net::TcpListener, sync::Mutex};
use tokio_util::sync::CancellationToken;
use yiwang_chassis::{
    clock::{DemoClock, SharedClock, SystemClock},
    db,
    lifecycle::Lifecycle,
    telemetry,
};

use crate::{
    demo,
    ops::nightly,
    serve::GRACE,
    services::{ALL, Source},
    settings::{Settings, Which},
};

use local::{Local, Servers};
use log::Log;
use plan::{Place, Plan};

/// Run everything on this machine, with a demonstration
#[derive(clap::Args)]
pub(crate) struct Args {
    /// One process per service instead of one for all
    #[arg(long)]
    processes: bool,
    /// Where everything is kept
    #[arg(long, value_name = "DIR", default_value = ".local")]
    data: PathBuf,
    /// The portal's port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Without demo accounts, cases and clock
    #[arg(long)]
    no_demo: bool,
    /// Only PostgreSQL and NATS, for repairs while no service runs
    #[arg(long)]
    servers_only: bool,
    /// With a demonstration where nothing has happened at the rescue stations and to children yet
    #[arg(long)]
    bare: bool,
}

/// Runs everything until SIGTERM or Ctrl-C.
pub(crate) async fn run(args: Args) -> anyhow::Result<()> {
    let lifecycle = Lifecycle::with_signals(GRACE)?;
    let local = Arc::new(Local::open(&args.data)?);
    let terminal = std::io::stderr().is_terminal();
    let log = terminal
        .then(|| Log::turn_to(&local.path("log")))
        .transpose()?;
    let result = run_logged(args, &local, log.as_ref(), lifecycle).await;
    if let Some(log) = log {
        log.turn_back();
    }
    result
}

async fn run_logged(
    args: Args,
    local: &Arc<Local>,
    log: Option<&Log>,
    lifecycle: Lifecycle,
) -> anyhow::Result<()> {
    let settings: Settings = Source {
        service: &ALL[0],
        file: None,
    }
    .load()?;
    let _telemetry = telemetry::init(&settings.telemetry, "yiwang")?;
    let start = Start {
        log: log.map(|log| log.path().to_owned()),
        args,
        local: Arc::clone(local),
        servers: Arc::default(),
        lifecycle: lifecycle.clone(),
    };
    let (servers, token) = (Arc::clone(&start.servers), lifecycle.token());
    lifecycle.spawn("start", async move {
        // Stopped while starting: what has been started ends below all the same.
        token
            .run_until_cancelled(start.run())
            .await
            .unwrap_or(Ok(()))
    });
    let result = lifecycle.run_until_stopped().await;
    let servers = servers.lock().await.take();
    if let Some(servers) = servers {
        servers.stop().await;
    }
    result
}

/// Looks every second whether a private server has died.
async fn mend(
    servers: Arc<Mutex<Option<Servers>>>,
    token: CancellationToken,
) -> anyhow::Result<()> {
    let mut every = tokio::time::interval(Duration::from_secs(1));
    while token.run_until_cancelled(every.tick()).await.is_some() {
        if let Some(servers) = servers.lock().await.as_mut() {
            servers.mend().await?;
        }
    }
    Ok(())
}

struct Start {
    args: Args,
    local: Arc<Local>,
    log: Option<PathBuf>,
    /// They live until every task has ended, however the start went.
    servers: Arc<Mutex<Option<Servers>>>,
    lifecycle: Lifecycle,
}

impl Start {
    async fn run(self) -> anyhow::Result<()> {
        let started = Instant::now();
        let Self {
            args,
            local,
            lifecycle,
            ..
        } = &self;
        let demo = !args.no_demo;
        let portal = StdListener::bind(("127.0.0.1", args.port)).with_context(|| {
            format!(
                "port {} is taken: stop what uses it, or choose another with --port",
                args.port
            )
        })?;
        let servers = Servers::start(local).await?;
        let urls = servers.urls();
        *self.servers.lock().await = Some(servers);
        lifecycle.spawn(
            "servers",
            mend(Arc::clone(&self.servers), lifecycle.token()),
        );

        let plan = Plan::make(local, &urls, portal, demo, !args.bare)?;
        if args.servers_only {
            banner::servers();
            return Ok(());
        }
        try_join_all(plan.places.iter().map(migrate)).await?;
        family::spawn_sandbox(&plan, local, lifecycle);
        let public_url = plan.public_url.clone();
        if args.processes {
            family::start_processes(plan, lifecycle).await?;
        } else {
            start_here(plan, lifecycle).await?;
        }
        let which = Which::at(&args.data);
        lifecycle.spawn("nightly", nightly(which, lifecycle.token()));
        banner::ready(&public_url, self.log.as_deref(), started.elapsed());
        if demo {
            demo::load_once(&public_url, &local.path("demo-loaded")).await;
            banner::accounts();
        }
        Ok(())
    }
}

async fn migrate(place: &Place) -> anyhow::Result<()> {
    let settings: Settings = place.source.load()?;
    let schemas = (place.source.service.schemas)();
    let pool = db::open(&settings.database, &[]).await?;
    db::migrate(&pool, &schemas).await?;
    pool.close().await;
    Ok(())
}

/// Starts every service in this process; the gateway's port opens last.
async fn start_here(plan: Plan, lifecycle: &Lifecycle) -> anyhow::Result<()> {
    let clock: SharedClock = match &plan.clock {
        Some(file) => Arc::new(DemoClock::open(file)?),
        None => Arc::new(SystemClock),
    };
    let starts = plan.places.into_iter().map(
        |Place {
             source, listener, ..
         }| {
            let clock = Arc::clone(&clock);
            async move {
                listener.set_nonblocking(true)?;
                let name = source.service.name;
                let listener = TcpListener::from_std(listener)?;
                source
                    .start(clock, lifecycle, listener)
                    .await
                    .with_context(|| name.to_owned())
            }
        },
    );
    try_join_all(starts).await?;
    Ok(())
}
