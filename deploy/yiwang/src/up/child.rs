//! `yiwang up-child`: one service of `yiwang up --processes`.
//!
//! Unlike `yiwang serve` it may follow the demo clock, and it ends with the
//! process that started it.

use std::{path::PathBuf, sync::Arc};

use yiwang_chassis::{
    clock::{DemoClock, SharedClock, SystemClock},
    lifecycle::Lifecycle,
};

use crate::{
    run_sandbox::end_with_parent,
    serve::{GRACE, serve},
    services::{Service, Source},
    settings::Settings,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(value_parser = Service::parse)]
    service: &'static Service,
    #[arg(long)]
    config: PathBuf,
    #[arg(long)]
    clock: Option<PathBuf>,
}

/// Runs one service until the parent ends.
pub(crate) async fn run(args: Args) -> anyhow::Result<()> {
    let lifecycle = Lifecycle::with_signals(GRACE)?;
    end_with_parent(&lifecycle);
    let source = Source {
        service: args.service,
        file: Some(args.config),
    };
    let settings: Settings = source.load()?;
    let clock: SharedClock = match args.clock {
        Some(file) => Arc::new(DemoClock::open(file)?),
        None => Arc::new(SystemClock),
    };
    serve(&source, &settings, clock, lifecycle).await
}
