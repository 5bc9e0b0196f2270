//! `yiwang serve`: one service, as in a pod.

use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context;
use tokio::net::TcpListener;
use yiwang_chassis::{
    clock::{SharedClock, SystemClock},
    config::ConfigError,
    lifecycle::Lifecycle,
    telemetry,
};

use crate::{
    services::{Service, Source},
    settings::Settings,
};

/// How long requests and events in progress may take to finish at the end.
pub(crate) const GRACE: Duration = Duration::from_secs(25);

/// Run one service until SIGTERM
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which one
    #[arg(value_parser = Service::parse)]
    service: &'static Service,
    /// Configuration file (TOML); YIWANG_<SERVICE>__<SECTION>__<KEY> overrides it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Runs one service on the system's clock.
pub(crate) async fn run(args: Args) -> anyhow::Result<()> {
    let source = Source {
        service: args.service,
        file: args.config,
    };
    let settings: Settings = source.load()?;
    if settings.wants_demo() {
        let problem = "demo: only `yiwang up` gives demonstrations".to_owned();
        return Err(ConfigError::Values(vec![problem]).into());
    }
    let lifecycle = Lifecycle::with_signals(GRACE)?;
    serve(&source, &settings, Arc::new(SystemClock), lifecycle).await
}

/// Runs one service on `clock` until the life cycle ends.
pub(crate) async fn serve(
    source: &Source,
    settings: &Settings,
    clock: SharedClock,
    lifecycle: Lifecycle,
) -> anyhow::Result<()> {
    let _telemetry = telemetry::init(&settings.telemetry, source.service.name)?;
    let address = settings.listen()?;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    source.start(clock, &lifecycle, listener).await?;
    tracing::info!(service = source.service.name, %address, "{} is ready", source.service.name);
    lifecycle.run_until_stopped().await
}
