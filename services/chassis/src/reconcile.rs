//! The reconciler: makes the stream hold again what this service has published.
//!
//! It looks each minute, and at once when the connection comes back or the relay
//! finds no stream. When the stream was created anew, has gone back, or the
//! server process is another one, it compares *every* published row that the
//! stream should still keep with what the stream holds at that place; otherwise
//! only the latest ones, and all of them once a day. Rows the stream lacks become
//! unpublished, and the relay publishes them again in order. Before that, each
//! consumer that has read past the first lost place is removed: its owner makes
//! it anew from the beginning, and its inbox drops what it knows. So a lost event
//! reaches everybody, and everything else is applied once.

use std::time::{Duration, Instant};

use chrono::{DateTime, SubsecRound as _, Utc};
use sqlx::{Connection as _, PgConnection, PgPool};
use tokio_util::sync::CancellationToken;

use crate::{
    broker::{Broker, BrokerError},
    clock::SharedClock,
    failpoint, idempotency,
    leader::{self, Task},
    outbox,
};

mod compare;
mod consumers;
mod store;

/// How often to look when nothing is suspected.
pub const INTERVAL: Duration = Duration::from_secs(60);

const COMPARE_ALL_EVERY: Duration = Duration::from_secs(24 * 3600);
const PURGE_EVERY: Duration = Duration::from_secs(3600);
/// The latest rows are compared each time.
const LATEST: i64 = 256;

/// Watches the stream on behalf of one service; see the module head.
#[derive(Debug, Clone)]
pub struct Reconciler {
    /// The service's database.
    pub pool: PgPool,
    /// The broker whose stream is watched.
    pub broker: Broker,
    /// The service's name, as in [`outbox::Relay`].
    pub source: &'static str,
    /// Usually [`INTERVAL`].
    pub interval: Duration,
    /// Business clock, by which idempotency keys age.
    pub clock: SharedClock,
}

/// What a look at the stream found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Findings {
    /// Published rows that were compared.
    pub compared: u64,
    /// Rows that the stream lacked and that will be published again.
    pub lost: u64,
    /// Consumers that will read the stream from its beginning.
    pub reset: u64,
}

/// Why a look at the stream failed.
#[derive(Debug, thiserror::Error)]
pub enum ReconcileError {
    /// The broker failed.
    #[error(transparent)]
    Broker(#[from] BrokerError),
    /// The database failed.
    #[error("cannot read the outbox")]
    Database(#[from] sqlx::Error),
}

/// The stream when it was last found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    stream_created: DateTime<Utc>,
    last_seq: i64,
    server_id: String,
    compared_at: DateTime<Utc>,
}

/// How long after publishing the stream must hold an event: shortly before it
/// lets go of it, "too old" and "lost" look the same.
fn expected_for(max_age: Duration) -> Duration {
    max_age - Duration::from_secs(3600).min(max_age / 10)
}

impl Reconciler {
    /// Runs until `token` is cancelled; survives any outage of database and broker.
    ///
    /// # Errors
    /// When the server does not keep the stream as it was asked for.
    pub async fn run(self, token: CancellationToken) -> anyhow::Result<()> {
        metrics::counter!("yiwang_outbox_republished_total", "service" => self.source).increment(0);
        let Some(()) = self.handshake(&token).await? else {
            return Ok(());
        };
        while let Some(mut session) =
            leader::lead(&self.pool, Task::Reconciler, self.source, &token).await
        {
            match self.watch(&mut session, &token).await {
                Ok(()) => {
                    session.close().await.ok();
                    break;
                }
                Err(ReconcileError::Broker(error)) if error.is_fatal() => return Err(error.into()),
                Err(error) => {
                    let error = crate::fault::describe(&error);
                    tracing::warn!(service = self.source, error, "the reconciler starts over");
                }
            }
        }
        Ok(())
    }

    /// Every process checks for itself that the server does what it was asked.
    async fn handshake(&self, token: &CancellationToken) -> anyhow::Result<Option<()>> {
        while !token.is_cancelled() {
            match self.broker.ensure_stream().await {
                Ok(_) => {
                    self.broker.announce();
                    return Ok(Some(()));
                }
                Err(error) if error.is_fatal() => return Err(error.into()),
                Err(error) => {
                    let error = crate::fault::describe(&error);
                    tracing::warn!(service = self.source, error, "waiting for the broker");
                    leader::pause(Duration::from_secs(1), token).await;
                }
            }
        }
        Ok(None)
    }

    async fn watch(
        &self,
        session: &mut PgConnection,
        token: &CancellationToken,
    ) -> Result<(), ReconcileError> {
        let mut suspicions = self.broker.suspicions();
        let mut purged: Option<Instant> = None;
        while !token.is_cancelled() {
            suspicions.mark_unchanged();
            match self.look_on(session).await {
                Ok(_) => {
                    metrics::counter!("yiwang_reconcile_looks_total", "service" => self.source)
                        .increment(1)
                }
                Err(ReconcileError::Broker(error)) if !error.is_fatal() => {
                    let error = crate::fault::describe(&error);
                    tracing::warn!(
                        service = self.source,
                        error,
                        "cannot look at the stream now"
                    );
                    // Sooner than the interval, without spinning.
                    leader::pause(Duration::from_secs(1), token).await;
                    continue;
                }
                Err(error) => return Err(error),
            }
            if purged.is_none_or(|at| at.elapsed() >= PURGE_EVERY) {
                self.purge().await?;
                purged = Some(Instant::now());
            }
            tokio::select! {
                () = token.cancelled() => {}
                _ = suspicions.changed() => {
                    // A burst of suspicions is one.
                    leader::pause(Duration::from_millis(200), token).await;
                }
                () = tokio::time::sleep(self.interval) => {}
            }
        }
        Ok(())
    }

    /// Looks at the stream once, as [`Reconciler::run`] does each interval.
    ///
    /// # Errors
    /// When database or broker fail; nothing is half done that a second look would not finish.
    pub async fn look(&self) -> Result<Findings, ReconcileError> {
        let mut conn = self.pool.acquire().await?;
        self.look_on(&mut conn).await
    }

    async fn look_on(&self, conn: &mut PgConnection) -> Result<Findings, ReconcileError> {
        // In this order: a row marked before `as_of` was acknowledged before the
        // stream is looked at, so the stream must hold it.
        let as_of = store::now(conn).await?;
        let stream = self.broker.ensure_stream().await?;
        let server_id = self.broker.keeper(&stream);
        let seen = store::seen(conn).await?;
        let suspicious = seen.as_ref().is_none_or(|seen| {
            seen.stream_created != stream.created.trunc_subsecs(6)
                || seen.last_seq > stream.state.last_sequence as i64
                || seen.server_id != server_id
                || seen.compared_at + COMPARE_ALL_EVERY < as_of
        });
        let kept_since = as_of - expected_for(self.broker.max_age());
        let from = if suspicious {
            i64::MIN
        } else {
            store::latest_from(conn, kept_since, LATEST).await?
        };
        let compared = compare::Comparison {
            broker: &self.broker,
            source: self.source,
            stream: &stream,
            kept_since,
            as_of,
        }
        .run(conn, from)
        .await?;
        let reset = self.heal(conn, &compared.lost).await?;
        let now_seen = Seen {
            stream_created: stream.created.trunc_subsecs(6),
            last_seq: stream.state.last_sequence as i64,
            server_id,
            compared_at: match seen {
                Some(seen) if !suspicious => seen.compared_at,
                _ => as_of,
            },
        };
        store::remember(conn, &now_seen).await?;
        Ok(Findings {
            compared: compared.rows,
            lost: compared.lost.len() as u64,
            reset,
        })
    }

    /// Consumers first: what is published again must not fall behind them.
    async fn heal(
        &self,
        conn: &mut PgConnection,
        lost: &[store::Published],
    ) -> Result<u64, ReconcileError> {
        let first_lost = lost.iter().map(|row| row.seq).min();
        let reset = consumers::reset_behind(&self.broker, first_lost).await?;
        if lost.is_empty() {
            return Ok(reset);
        }
        failpoint::hit("reconcile.after_reset");
        tracing::warn!(
            service = self.source,
            lost = lost.len(),
            consumers_reset = reset,
            "the stream lost events; publishing them again from the outbox",
        );
        metrics::counter!("yiwang_outbox_republished_total", "service" => self.source)
            .increment(lost.len() as u64);
        for batch in lost.chunks(1_000) {
            store::unpublish(conn, batch).await?;
        }
        Ok(reset)
    }

    async fn purge(&self) -> sqlx::Result<()> {
        let events = outbox::purge(&self.pool, outbox::KEEP).await?;
        let now = self.clock.now();
        let keys = match now.checked_sub(idempotency::KEEP) {
            Ok(before) => idempotency::purge(&self.pool, before).await?,
            Err(_) => 0,
        };
        tracing::debug!(service = self.source, events, keys, "purged");
        Ok(())
    }
}
