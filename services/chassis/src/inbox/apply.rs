//! Settling one event: the transaction that holds its inbox row and its effect.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures::FutureExt as _;
use jiff::{SignedDuration, Timestamp};
use sqlx::{PgConnection, PgPool};
use tokio::sync::Notify;
use tracing::Instrument as _;

use super::{
    Handler, HandlerError, Incoming, Tuning,
    gate::{self, Outcome, Turn},
    parked,
};
use crate::{
    clock::{Clock as _, SystemClock},
    dead_letter,
    envelope::Envelope,
    failpoint, telemetry,
};

/// After this many deliveries without an outcome the event goes to the table,
/// where each attempt is counted before it is made: it may be killing the process.
const SUSPECT_DELIVERIES: i64 = 3;

/// The reconciler has healed a loss long before this has passed.
const HEALING_MARGIN: SignedDuration = SignedDuration::from_hours(1);

/// Settles events for one consumer, from the broker and from the parked table.
pub(super) struct Worker {
    pub(super) pool: PgPool,
    pub(super) handler: Arc<dyn Handler>,
    pub(super) tuning: Tuning,
    /// How long the stream keeps events.
    pub(super) max_age: Duration,
    /// A parked event has become due.
    pub(super) wake: Notify,
}

/// What became of an event; the broker may forget it in every case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Settled {
    Applied,
    Ignored,
    Known,
    Late,
    Parked,
    Dead,
}

impl Settled {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Ignored => "ignored",
            Self::Known => "known",
            Self::Late => "late",
            Self::Parked => "parked",
            Self::Dead => "dead",
        }
    }
}

/// Why an event is not settled.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The handler did not take it.
    Handler(HandlerError),
    /// The database did not; the event is not to blame.
    Database(sqlx::Error),
}

impl Trouble {
    /// A deferred constraint speaks up only now, and is the event's fault.
    fn at_commit(error: sqlx::Error) -> Self {
        let violated = error
            .as_database_error()
            .and_then(|db| db.code())
            .is_some_and(|code| code.starts_with("23"));
        if violated {
            Self::Handler(HandlerError::Retry(error.into()))
        } else {
            Self::Database(error)
        }
    }
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl Worker {
    pub(super) fn name(&self) -> &'static str {
        self.handler.name()
    }

    /// Settles an event that the broker delivered for the `deliveries`th time.
    pub(super) async fn receive(
        &self,
        envelope: &Envelope,
        deliveries: i64,
    ) -> Result<Settled, sqlx::Error> {
        let event = &envelope.event;
        let starts_at = self.starts_at(envelope);
        if deliveries >= SUSPECT_DELIVERIES {
            return self.set_aside(event, starts_at).await;
        }
        match self.settle(event, starts_at, None).await {
            Ok(settled) => Ok(settled),
            Err(Trouble::Database(error)) => Err(error),
            Err(Trouble::Handler(HandlerError::Retry(error))) => {
                self.log_failure(event, 1, &error);
                let mut tx = self.pool.begin().await?;
                parked::park(&mut tx, self.name(), event, starts_at, None).await?;
                let pause = self.tuning.backoff(1);
                parked::postpone(&mut tx, self.name(), event.id, 1, pause, &error).await?;
                tx.commit().await?;
                Ok(Settled::Parked)
            }
            Err(Trouble::Handler(HandlerError::Reject(error))) => {
                let mut conn = self.pool.acquire().await?;
                dead_letter::bury(&mut conn, self.name(), event, 1, &error).await?;
                Ok(Settled::Dead)
            }
        }
    }

    /// Settles an event within one transaction; `parked_attempts` when it comes from the table.
    pub(super) async fn settle(
        &self,
        event: &Incoming,
        starts_at: Timestamp,
        parked_attempts: Option<i32>,
    ) -> Result<Settled, Trouble> {
        let name = self.name();
        let from_table = parked_attempts.is_some();
        let mut tx = self.pool.begin().await?;
        let now = SystemClock.now();
        match gate::turn(&mut tx, name, event, starts_at, now).await? {
            Turn::Past => {
                let fresh = gate::note_late(&mut tx, name, event.id).await?;
                if from_table {
                    parked::forget(&mut tx, name, event.id).await?;
                }
                tx.commit().await?;
                if !fresh {
                    return Ok(Settled::Known);
                }
                tracing::warn!(
                    consumer = name,
                    event.id = %event.id,
                    version = event.version,
                    "an event came after its place in the order; it has no effect",
                );
                Ok(Settled::Late)
            }
            Turn::Early { starts_at: due } => {
                if from_table {
                    parked::wait(&mut tx, name, event.id, due).await?;
                } else {
                    parked::park(&mut tx, name, event, starts_at, due).await?;
                }
                tx.commit().await?;
                Ok(Settled::Parked)
            }
            Turn::Held if !from_table => Ok(Settled::Known),
            Turn::Next | Turn::Held => {
                let (settled, released) = self.take(&mut tx, event, from_table).await?;
                failpoint::hit("inbox.before_commit");
                tx.commit().await.map_err(Trouble::at_commit)?;
                failpoint::hit("inbox.after_commit");
                if released {
                    self.wake.notify_one();
                }
                Ok(settled)
            }
        }
    }

    /// Inbox row, position and effect of an event whose turn it is.
    async fn take(
        &self,
        conn: &mut PgConnection,
        event: &Incoming,
        from_table: bool,
    ) -> Result<(Settled, bool), Trouble> {
        let name = self.name();
        let wanted = self.handler.wants(&event.event_type);
        let outcome = if wanted {
            Outcome::Applied
        } else {
            Outcome::Ignored
        };
        let admitted =
            gate::admit(conn, name, event.into(), event.id, event.version, outcome).await?;
        if from_table {
            parked::forget(conn, name, event.id).await?;
        }
        let settled = match (admitted.fresh, wanted) {
            (false, _) => Settled::Known,
            (true, false) => Settled::Ignored,
            (true, true) => {
                self.handle(conn, event).await.map_err(Trouble::Handler)?;
                Settled::Applied
            }
        };
        Ok((settled, admitted.released))
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let span = tracing::info_span!(
            "event",
            otel.kind = "consumer",
            consumer = self.name(),
            event.r#type = %event.event_type,
            event.id = %event.id,
        );
        if let Some(trace) = &event.traceparent {
            telemetry::set_parent(&span, telemetry::parent_from_traceparent(trace));
        }
        let work = AssertUnwindSafe(self.handler.handle(conn, event))
            .catch_unwind()
            .instrument(span);
        match tokio::time::timeout(self.tuning.handler_timeout, work).await {
            Ok(Ok(result)) => result,
            Ok(Err(_panic)) => Err(HandlerError::Retry(anyhow::anyhow!("the handler panicked"))),
            Err(_) => Err(HandlerError::Retry(anyhow::anyhow!(
                "the handler took longer than {:?}",
                self.tuning.handler_timeout
            ))),
        }
    }

    async fn set_aside(
        &self,
        event: &Incoming,
        starts_at: Timestamp,
    ) -> Result<Settled, sqlx::Error> {
        let name = self.name();
        let mut conn = self.pool.acquire().await?;
        if gate::is_known(&mut conn, name, event.id).await? {
            return Ok(Settled::Known);
        }
        let now = SystemClock.now();
        parked::park(&mut conn, name, event, starts_at, Some(now)).await?;
        self.wake.notify_one();
        Ok(Settled::Parked)
    }

    /// From when on the event may be the first of its aggregate for this consumer.
    fn starts_at(&self, envelope: &Envelope) -> Timestamp {
        let Some(previous) = envelope.previous.filter(|_| envelope.event.version > 1) else {
            return Timestamp::UNIX_EPOCH;
        };
        SignedDuration::try_from(self.max_age)
            .ok()
            .and_then(|kept| previous.checked_add(kept).ok())
            .and_then(|gone| gone.checked_add(HEALING_MARGIN).ok())
            .unwrap_or(Timestamp::MAX)
    }

    pub(super) fn log_failure(&self, event: &Incoming, attempt: i32, error: &anyhow::Error) {
        tracing::warn!(
            consumer = self.name(),
            event.id = %event.id,
            event.r#type = %event.event_type,
            attempt,
            error = dead_letter::describe(error),
            "an event could not be applied; trying again later",
        );
    }
}
