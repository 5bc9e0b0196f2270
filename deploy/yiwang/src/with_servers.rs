//! `yiwang with-servers`: one throw-away PostgreSQL for a whole run of tests.

use std::{
    ffi::OsString,
    fs,
    path::PathBuf,
    process::{ExitCode, ExitStatus},
};

use anyhow::Context;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tokio::{
    process::{Child, Command},
    signal::unix::{SignalKind, signal},
};
use yiwang_chassis::servers::{Postgres, PostgresOptions};

/// Where tests look for a server to make their databases on.
const URL: &str = "YIWANG_TEST_DATABASE_URL";

/// Run a command with a private throw-away PostgreSQL (YIWANG_TEST_DATABASE_URL)
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The command and its arguments
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<OsString>,
}

/// Runs the command; its exit code is ours.
pub(crate) async fn run(args: Args) -> ExitCode {
    let dir = std::env::temp_dir().join(format!("yiwang-test-{}", std::process::id()));
    let result = with_server(&args.command, dir.clone()).await;
    drop(fs::remove_dir_all(dir));
    match result {
        Ok(status) => ExitCode::from(
            status
                .code()
                .and_then(|c| u8::try_from(c).ok())
                .unwrap_or(1),
        ),
        Err(error) => {
            eprintln!("yiwang: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn with_server(command: &[OsString], dir: PathBuf) -> anyhow::Result<ExitStatus> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let server = Postgres::start(PostgresOptions::throwaway(dir)).await?;
    let mut child = Command::new(&command[0])
        .args(&command[1..])
        .env(URL, server.url())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("cannot start {}", command[0].display()))?;
    let status = loop {
        tokio::select! {
            status = child.wait() => break status,
            _ = terminate.recv() => forward(&child, Signal::SIGTERM),
            // The terminal has told the command already.
            _ = interrupt.recv() => {}
        }
    };
    server.stop().await;
    Ok(status?)
}

fn forward(child: &Child, signal: Signal) {
    if let Some(pid) = child.id() {
        let _ = kill(Pid::from_raw(pid.cast_signed()), signal);
    }
}
