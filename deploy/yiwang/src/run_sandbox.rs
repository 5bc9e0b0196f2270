//! `yiwang sandbox`: the departments as a process of their own.

use std::{
    io::{Read, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use yiwang_chassis::{
    clock::{DemoClock, SharedClock, SystemClock},
    keys::Keys,
    lifecycle::Lifecycle,
};

use crate::{
    sandbox::{self, Department, Secrets},
    serve::GRACE,
};

/// Play the other departments: check centre, bank, police, card readers (contract: deploy/sandbox.md)
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where to listen; port 0 takes a free one and prints it
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// What was taken before, append only
    #[arg(long, value_name = "FILE")]
    state: PathBuf,
    /// The key directory with the shared secrets
    #[arg(long, value_name = "DIR")]
    keys: PathBuf,
    /// Follow the demo clock in this file
    #[arg(long, value_name = "FILE")]
    clock: Option<PathBuf>,
    /// End when standard input does, that is with the process that started this
    #[arg(long, hide = true)]
    with_parent: bool,
}

/// Serves the departments until stopped; prints `listening on ADDRESS`.
pub(crate) async fn run(args: Args) -> anyhow::Result<()> {
    let lifecycle = Lifecycle::with_signals(GRACE)?;
    if args.with_parent {
        end_with_parent(&lifecycle);
    }
    let clock: SharedClock = match args.clock {
        Some(file) => Arc::new(DemoClock::open(file)?),
        None => Arc::new(SystemClock),
    };
    let listener = TcpListener::bind(args.listen).await?;
    let address = listener.local_addr()?;
    let secrets = secrets(&args.keys)?;
    sandbox::start(listener, &args.state, secrets, clock, &lifecycle)?;
    println!("listening on {address}");
    std::io::stdout().flush()?;
    lifecycle.run_until_stopped().await
}

/// Stops when the parent does: it holds the other end of our standard input.
///
/// A plain thread: a blocked read must not hold up the end of the runtime.
pub(crate) fn end_with_parent(lifecycle: &Lifecycle) {
    let lifecycle = lifecycle.clone();
    std::thread::spawn(move || {
        drop(std::io::stdin().read(&mut [0]));
        lifecycle.stop();
    });
}

fn secrets(dir: &Path) -> anyhow::Result<Secrets> {
    let keys = Keys::load(dir)?;
    let secret = |department: Department| {
        let secret = keys.departments.get(department.name());
        let secret = secret.with_context(|| format!("no secret for {}", department.name()))?;
        anyhow::Ok((department, secret.expose_secret().to_vec()))
    };
    Ok(Secrets::new(
        Department::ALL
            .map(secret)
            .into_iter()
            .collect::<Result<Vec<_>, _>>()?,
    ))
}
