//! Runs one-things: takes a lease, decides, commits, acts, decides again.
//!
//! Any number of gateways run this side by side. What a killed or paused owner left is taken when
//! its lease has run out; what it was doing then is unknown, and is asked for before it is done
//! again.

use std::{ops::ControlFlow, sync::Arc, time::Duration};

use jiff::SignedDuration;
use sqlx::PgPool;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use yiwang_chassis::{clock::SharedClock, fault::Fault, telemetry};

use super::{
    course::later,
    definition::Definition,
    store::{self, Lease},
};
use crate::crypto::Vault;

mod drive;
mod perform;
mod watch;

pub(crate) use perform::{Order, Performer, read_key};

/// An owner must come back within this time; longer than any act.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// How long one act may take.
const ACT_LIMIT: Duration = Duration::from_secs(25);

/// How often work is looked for when there was none.
const POLL: Duration = Duration::from_millis(200);

/// How many one-things a process works on at once.
const AT_ONCE: usize = 4;

/// One that cannot be handled waits this long; the others go on.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// The same where only the database was busy.
const SHORT_PAUSE: SignedDuration = SignedDuration::from_secs(1);

/// Runs one-things.
pub(crate) struct Engine {
    pub(crate) pool: PgPool,
    pub(crate) vault: Arc<Vault>,
    /// Business time.
    pub(crate) clock: SharedClock,
    /// Machine time.
    pub(crate) wall: SharedClock,
    /// The versions this process knows.
    pub(crate) known: &'static [&'static Definition],
    pub(crate) performer: Arc<dyn Performer>,
    /// Looks on in tests.
    pub(crate) probe: Option<Arc<dyn Probe>>,
}

/// Where the runner is, for tests that crash or pause it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    BeforeCommit,
    AfterCommit,
    BeforeAct,
    AfterAct,
}

/// Is told of every point.
#[tonic::async_trait]
pub(crate) trait Probe: Send + Sync {
    /// Breaks: as if the process had died here.
    async fn at(&self, point: Point) -> ControlFlow<()>;
}

/// Why an owner stopped before the end.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Another owner has it.
    Lost,
    /// A test let the process die.
    Dead,
    /// It could not be handled.
    Fault(Fault),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        Self::Fault(error.into())
    }
}

impl Engine {
    /// Works until `token` is cancelled; what is under way then is finished first.
    pub(crate) async fn run(self: Arc<Self>, token: CancellationToken) -> anyhow::Result<()> {
        telemetry::count_from_zero(&["yiwang_one_thing_faults_total"]);
        let mut working = JoinSet::new();
        while !token.is_cancelled() {
            match self.take(AT_ONCE - working.len().min(AT_ONCE)).await {
                Ok(leases) => {
                    for lease in leases {
                        let (engine, token) = (Arc::clone(&self), token.clone());
                        working.spawn(async move { engine.serve(&lease, &token).await });
                    }
                }
                Err(error) => tracing::warn!(%error, "one-things cannot be taken"),
            }
            tokio::select! {
                () = token.cancelled() => {}
                () = tokio::time::sleep(POLL) => {}
                Some(ended) = working.join_next() => note_panic(ended),
            }
        }
        while let Some(ended) = working.join_next().await {
            note_panic(ended);
        }
        Ok(())
    }

    async fn take(&self, most: usize) -> sqlx::Result<Vec<Lease>> {
        let most = i64::try_from(most).unwrap_or(0);
        if most == 0 {
            return Ok(vec![]);
        }
        let mut conn = self.pool.acquire().await?;
        let wall = self.wall.now();
        store::take(&mut conn, self.known, wall, later(wall, LEASE), most).await
    }

    /// Handles one; whatever goes wrong stays with this one.
    async fn serve(&self, lease: &Lease, token: &CancellationToken) {
        let fault = match self.drive(lease, token).await {
            Ok(()) | Err(Trouble::Dead) => return,
            Err(Trouble::Lost) => {
                tracing::warn!(one_thing.id = %lease.id, "another gateway has taken this one-thing");
                return;
            }
            Err(Trouble::Fault(fault)) => fault,
        };
        tracing::error!(one_thing.id = %lease.id, "a one-thing could not go on: {fault:?}");
        metrics::counter!("yiwang_one_thing_faults_total").increment(1);
        let pause = match fault.retryable() {
            true => SHORT_PAUSE,
            false => PAUSE,
        };
        let wake = later(self.wall.now(), pause);
        if let Ok(mut conn) = self.pool.acquire().await
            && let Err(error) = store::put_off(&mut conn, lease, wake).await
        {
            tracing::warn!(%error, "a one-thing could not be put off; its lease will run out");
        }
    }

    async fn at(&self, point: Point) -> Result<(), Trouble> {
        match &self.probe {
            Some(probe) if probe.at(point).await.is_break() => Err(Trouble::Dead),
            _ => Ok(()),
        }
    }

    /// Handles everything that is due, one after the other, for tests.
    #[cfg(test)]
    pub(crate) async fn work_off(&self) -> Result<(), Trouble> {
        let token = CancellationToken::new();
        loop {
            let leases = self.take(1).await?;
            let Some(lease) = leases.first() else {
                return Ok(());
            };
            self.drive(lease, &token).await?;
        }
    }
}

fn note_panic(ended: Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a one-thing's task ended early; its lease will run out");
    }
}
