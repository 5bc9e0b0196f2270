//! The inbox: each event takes effect once, in the order of its aggregate.
//!
//! ```text
//! JetStream ──> Consumer ──> gate ──next──> handler + inbox row, one transaction
//!                             ├─ early ──> parked_event ──(predecessor applied)──> gate
//!                             ├─ known ──> nothing
//!              failed ────────┴──> parked_event, due later ──(8 tries)──> dead_letter
//! ```
//! **Once**: `(consumer, event_id)` is inserted with the effect. **In order**: the
//! key is (source, aggregate, aggregate_id); events are numbered without gaps, and
//! event n+1 waits in `parked_event` until n is done. A consumer therefore reads
//! *all* events of an aggregate and advances over those it does not want.
//! **Retries** live in PostgreSQL, not in the broker: a failed or early event is
//! acknowledged once its row is committed, so one bad aggregate never fills the
//! consumer's window, and a wiped broker forgets no attempt. The broker only gets
//! a NAK with delay while the database cannot be written.
//!
//! **Where an aggregate begins.** A new consumer starts at the beginning of the
//! stream. Meeting version n > 1 of an unknown aggregate, it must tell "the
//! beginning is gone" from "the beginning was lost and will be healed". Each event
//! says when its predecessor was published: if that is longer ago than the stream
//! keeps events (and the reconciler republishes them), or no longer known to the
//! source, n is the beginning; otherwise n is parked until that moment. A known
//! aggregate never skips: a gap there stays parked, shows in the metrics, and is
//! closed by [`crate::outbox::republish`] at the source.

use std::time::Duration;

use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

mod apply;
mod checkpoint;
mod chunk;
mod consumer;
mod gate;
mod parked;
mod pull;

pub use consumer::{Consumer, Tuning};
pub(crate) use gate::{Key, Outcome, admit, locked_version};

/// How long settled events are remembered by id: longer than any outbox keeps
/// them. Their positions stay for ever, and refuse them as well.
pub const KEEP: Duration = Duration::from_secs(90 * 24 * 3600);

/// An event as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Made by the source in its business transaction.
    pub id: Uuid,
    /// Versioned type, e.g. `yiwang.burial.death.recorded.v1`.
    pub event_type: String,
    /// The service that raised it, e.g. `burial`.
    pub source: String,
    /// NATS subject.
    pub subject: String,
    /// Kind of the aggregate, e.g. `death`.
    pub aggregate: String,
    /// Which one.
    pub aggregate_id: String,
    /// Number within the aggregate: 1, 2, 3, …
    pub version: i64,
    /// Business time at the source.
    pub occurred_at: Timestamp,
    /// W3C trace context of the transaction that raised it.
    pub traceparent: Option<String>,
    /// Encoded protobuf message.
    pub payload: Vec<u8>,
}

/// Why an event had no effect.
#[derive(Debug, thiserror::Error)]
pub enum HandlerError {
    /// It may work later; tried again with growing delays, then a dead letter.
    #[error("the event could not be applied yet")]
    Retry(#[source] anyhow::Error),
    /// It can never work; a dead letter at once.
    #[error("the event cannot be applied")]
    Reject(#[source] anyhow::Error),
}

/// What a service does when somebody's event arrives.
#[tonic::async_trait]
pub trait Handler: Send + Sync {
    /// Name of the durable consumer, unique among all services and never
    /// changed: letters, digits, `-`, e.g. `assistance-deaths`.
    fn name(&self) -> &'static str;

    /// Whether [`Handler::handle`] is to see events of this type.
    fn wants(&self, event_type: &str) -> bool;

    /// Applies the event within the transaction `conn`, which the inbox commits.
    ///
    /// Nothing outside this database may be changed here: the transaction may
    /// still fail, and the event then comes again.
    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError>;
}

impl From<sqlx::Error> for HandlerError {
    fn from(error: sqlx::Error) -> Self {
        Self::Retry(error.into())
    }
}

impl From<prost::DecodeError> for HandlerError {
    fn from(error: prost::DecodeError) -> Self {
        Self::Reject(error.into())
    }
}

/// Forgets the ids of events that `consumer` settled longer than `keep` ago;
/// returns how many.
///
/// # Errors
/// When the database fails.
pub async fn purge(pool: &PgPool, consumer: &str, keep: Duration) -> sqlx::Result<u64> {
    let mut total = 0;
    loop {
        let deleted = sqlx::query(
            "delete from chassis.inbox where consumer = $1 and event_id in (
                 select event_id from chassis.inbox
                 where consumer = $1 and settled_at < now() - make_interval(secs => $2)
                 limit 2000)",
        )
        .bind(consumer)
        .bind(keep.as_secs_f64())
        .execute(pool)
        .await?
        .rows_affected();
        total += deleted;
        if deleted == 0 {
            return Ok(total);
        }
    }
}
