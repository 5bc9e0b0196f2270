//! Child processes: the departments, and with `--processes` one per service.
//!
//! A child ends when its standard input does, so it never outlives this process.
//! One that ends by itself is started again, a few times.

use std::{
    ffi::OsString,
    net::SocketAddr,
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use tokio::{
    process::{Child, Command},
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use yiwang_chassis::lifecycle::Lifecycle;

use super::{local::Local, plan::Plan};

/// How long a child may take to end; then it is killed.
const END_LIMIT: Duration = Duration::from_secs(20);
/// How long a service may take to become ready.
const READY_LIMIT: Duration = Duration::from_secs(60);
/// More ends than this within a minute stop everything.
const MAX_ENDS: usize = 5;

struct Program {
    name: &'static str,
    arguments: Vec<OsString>,
}

/// Starts the departments.
pub(super) fn spawn_sandbox(plan: &Plan, local: &Local, lifecycle: &Lifecycle) {
    let mut arguments: Vec<OsString> = vec!["sandbox".into(), "--with-parent".into()];
    arguments.extend(["--listen".into(), plan.sandbox.to_string().into()]);
    arguments.extend(["--state".into(), local.path("sandbox.jsonl").into()]);
    arguments.extend(["--keys".into(), local.path("keys").into()]);
    arguments.extend(clock(plan));
    let program = Program {
        name: "sandbox",
        arguments,
    };
    lifecycle.spawn("sandbox", keep_running(program, lifecycle.token()));
}

/// Starts one process per service and returns when all are ready.
pub(super) async fn start_processes(plan: Plan, lifecycle: &Lifecycle) -> anyhow::Result<()> {
    let clock = clock(&plan);
    let mut waits = Vec::new();
    for place in plan.places {
        let service = place.source.service.name;
        let mut arguments: Vec<OsString> = vec!["up-child".into(), service.into()];
        arguments.extend([
            "--config".into(),
            place.source.file.unwrap_or_default().into(),
        ]);
        arguments.extend(clock.clone());
        // The child takes the port over.
        drop(place.listener);
        let program = Program {
            name: service,
            arguments,
        };
        lifecycle.spawn(service, keep_running(program, lifecycle.token()));
        waits.push(ready(service, place.admin));
    }
    futures::future::try_join_all(waits).await?;
    Ok(())
}

fn clock(plan: &Plan) -> Vec<OsString> {
    plan.clock
        .iter()
        .flat_map(|file| ["--clock".into(), file.into()])
        .collect()
}

async fn ready(service: &str, admin: SocketAddr) -> anyhow::Result<()> {
    let url = format!("http://{admin}/readyz");
    let until = Instant::now() + READY_LIMIT;
    while Instant::now() < until {
        let answer = reqwest::get(&url).await;
        if answer.is_ok_and(|answer| answer.status().is_success()) {
            return Ok(());
        }
        sleep(Duration::from_millis(50)).await;
    }
    bail!("{service} was not ready within {} s", READY_LIMIT.as_secs())
}

async fn keep_running(program: Program, token: CancellationToken) -> anyhow::Result<()> {
    let mut ends: Vec<Instant> = Vec::new();
    loop {
        let mut child = program.start()?;
        // Taken out, because waiting for a child closes its standard input.
        let lifeline = child.stdin.take();
        let status = tokio::select! {
            status = child.wait() => status?,
            () = token.cancelled() => {
                drop(lifeline);
                return program.stop(child).await;
            }
        };
        if token.is_cancelled() {
            return Ok(());
        }
        ends.retain(|end| end.elapsed() < Duration::from_secs(60));
        ends.push(Instant::now());
        if ends.len() > MAX_ENDS {
            bail!(
                "{} ended again and again, the last time with {status}",
                program.name
            );
        }
        tracing::warn!(
            child = program.name,
            "{} ended with {status}: starting it again",
            program.name
        );
        token
            .run_until_cancelled(sleep(Duration::from_millis(200) * ends.len() as u32))
            .await;
    }
}

impl Program {
    fn start(&self) -> anyhow::Result<Child> {
        let executable = std::env::current_exe()?;
        Command::new(executable)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            // Ctrl-C reaches only us: children end in order.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {}", self.name))
    }

    async fn stop(&self, mut child: Child) -> anyhow::Result<()> {
        match timeout(END_LIMIT, child.wait()).await {
            Ok(status) => {
                let status = status?;
                anyhow::ensure!(status.success(), "{} ended with {status}", self.name);
            }
            Err(_) => {
                child.kill().await?;
                bail!("{} did not end in time and was killed", self.name);
            }
        }
        Ok(())
    }
}
