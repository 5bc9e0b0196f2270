//! The life of a process: tasks start, one signal asks all to finish, a crash ends it.
//!
//! ```text
//! running ──SIGTERM, SIGINT, stop(), a task failed──▶ stopping ──all done──▶ stopped
//!                                                        └──grace over──▶ aborted
//! ```
//! Tasks watch [`Lifecycle::token`] and end in their own time; what still runs
//! after the grace is aborted. A failed or panicked task makes
//! [`Lifecycle::run_until_stopped`] return an error, so the process ends non-zero.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    future::Future,
    io,
    panic::AssertUnwindSafe,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, anyhow};
use futures::FutureExt as _;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time::timeout,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long aborted tasks get to unwind.
const ABORT_LIMIT: Duration = Duration::from_secs(5);

/// Owns the tasks of a process; clones share them.
#[derive(Debug, Clone)]
pub struct Lifecycle(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    grace: Duration,
    soft: CancellationToken,
    hard: CancellationToken,
    tasks: TaskTracker,
    next_task: AtomicU64,
    running: Mutex<BTreeMap<u64, Cow<'static, str>>>,
    failure: Mutex<Option<anyhow::Error>>,
    signals: Mutex<Option<Signals>>,
}

#[derive(Debug)]
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Lifecycle {
    /// A life cycle whose tasks have `grace` to finish once asked to stop.
    /// Signals are caught from [`Self::run_until_stopped`] on.
    pub fn new(grace: Duration) -> Self {
        Self(Arc::new(Inner {
            grace,
            soft: CancellationToken::new(),
            hard: CancellationToken::new(),
            tasks: TaskTracker::new(),
            next_task: AtomicU64::new(0),
            running: Mutex::default(),
            failure: Mutex::default(),
            signals: Mutex::default(),
        }))
    }

    /// As [`Self::new`], with signals caught from now on: for a program that
    /// starts child processes before it runs.
    ///
    /// # Errors
    /// When the handlers cannot be installed.
    pub fn with_signals(grace: Duration) -> io::Result<Self> {
        let lifecycle = Self::new(grace);
        *locked(&lifecycle.0.signals) = Some(Signals::install()?);
        Ok(lifecycle)
    }

    /// Starts a task. Returning an error or panicking stops the whole process;
    /// returning `Ok` early does not.
    pub fn spawn(
        &self,
        name: impl Into<Cow<'static, str>>,
        task: impl Future<Output = anyhow::Result<()>> + Send + 'static,
    ) {
        let inner = Arc::clone(&self.0);
        let name = name.into();
        let id = inner.next_task.fetch_add(1, Ordering::Relaxed);
        locked(&inner.running).insert(id, name.clone());
        self.0.tasks.spawn(async move {
            let guarded = AssertUnwindSafe(task).catch_unwind();
            let outcome = tokio::select! {
                outcome = guarded => outcome.unwrap_or_else(|_| Err(anyhow!("panicked"))),
                () = inner.hard.cancelled() => Ok(()),
            };
            locked(&inner.running).remove(&id);
            if let Err(error) = outcome {
                tracing::error!(task = %name, "task {name} failed: {error:#}");
                let error = error.context(format!("task {name} failed"));
                locked(&inner.failure).get_or_insert(error);
                inner.soft.cancel();
            }
        });
    }

    /// Cancelled when the process shall stop.
    pub fn token(&self) -> CancellationToken {
        self.0.soft.clone()
    }

    /// Asks all tasks to finish.
    pub fn stop(&self) {
        self.0.soft.cancel();
    }

    /// Waits for a signal, [`Self::stop`] or a failed task, then for the tasks.
    /// A second signal cuts the grace short.
    ///
    /// # Errors
    /// The first task failure, or that tasks did not finish within the grace.
    pub async fn run_until_stopped(self) -> anyhow::Result<()> {
        let caught = locked(&self.0.signals).take();
        let mut signals = match caught {
            Some(signals) => signals,
            None => Signals::install().context("cannot catch signals")?,
        };
        tokio::select! {
            name = signals.next() => tracing::info!("stopping on {name}"),
            () = self.0.soft.cancelled() => {}
        }
        self.0.soft.cancel();
        self.0.tasks.close();
        let drained = tokio::select! {
            drained = timeout(self.0.grace, self.0.tasks.wait()) => drained.is_ok(),
            _ = signals.next() => self.0.tasks.is_empty(),
        };
        let unfinished = if drained { vec![] } else { self.abort().await };
        if let Some(failure) = locked(&self.0.failure).take() {
            return Err(failure);
        }
        anyhow::ensure!(
            unfinished.is_empty(),
            "tasks did not finish: {}",
            unfinished.join(", ")
        );
        Ok(())
    }

    async fn abort(&self) -> Vec<Cow<'static, str>> {
        let unfinished: Vec<_> = locked(&self.0.running).values().cloned().collect();
        tracing::warn!(
            "aborting tasks that did not finish: {}",
            unfinished.join(", ")
        );
        self.0.hard.cancel();
        let _ = timeout(ABORT_LIMIT, self.0.tasks.wait()).await;
        unfinished
    }
}

impl Signals {
    fn install() -> io::Result<Self> {
        let terminate = signal(SignalKind::terminate())?;
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self {
            terminate,
            interrupt,
        })
    }

    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use nix::{sys::signal, unistd::Pid};

    use super::*;

    const GRACE: Duration = Duration::from_secs(30);

    #[tokio::test]
    async fn a_failed_task_stops_the_others_and_is_reported() {
        let lifecycle = Lifecycle::new(GRACE);
        let finished = Arc::new(AtomicBool::new(false));
        let (token, done) = (lifecycle.token(), Arc::clone(&finished));
        lifecycle.spawn("steady", async move {
            token.cancelled().await;
            done.store(true, Ordering::SeqCst);
            Ok(())
        });
        lifecycle.spawn("relay", async { anyhow::bail!("no broker") });
        let error = lifecycle.run_until_stopped().await.unwrap_err();
        assert_eq!(format!("{error:#}"), "task relay failed: no broker");
        assert!(finished.load(Ordering::SeqCst));
    }

    #[tokio::test]
    async fn a_panic_is_a_failure_and_an_early_end_is_not() {
        let lifecycle = Lifecycle::new(GRACE);
        lifecycle.spawn("once", async { Ok(()) });
        lifecycle.spawn("broken", async { panic!("index out of bounds") });
        let error = lifecycle.run_until_stopped().await.unwrap_err();
        assert_eq!(format!("{error:#}"), "task broken failed: panicked");
    }

    #[tokio::test]
    async fn sigterm_drains_and_returns_cleanly() {
        let lifecycle = Lifecycle::with_signals(GRACE).unwrap();
        let token = lifecycle.token();
        lifecycle.spawn("slow to finish", async move {
            token.cancelled().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
            Ok(())
        });
        signal::kill(Pid::this(), signal::Signal::SIGTERM).unwrap();
        lifecycle.run_until_stopped().await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn what_outlives_the_grace_is_aborted_and_named() {
        let lifecycle = Lifecycle::new(GRACE);
        lifecycle.spawn("deaf", std::future::pending());
        lifecycle.stop();
        let error = lifecycle.run_until_stopped().await.unwrap_err();
        assert_eq!(error.to_string(), "tasks did not finish: deaf");
    }
}
