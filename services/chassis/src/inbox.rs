//! The inbox: each event takes effect once, in the order of its aggregate.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

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
