//! Events that a consumer gave up, and what an operator can do about them.
//!
//! A dead letter holds back the later events of its aggregate only; they are
//! parked. [`replay`] gives it to the consumer again, [`discard`] lets the
//! aggregate go on without it. Both work on the database alone, while the
//! service runs or not.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

use crate::{
    audit::{self, Entry},
    db, fault,
    inbox::{self, Incoming, Key, Outcome},
};

/// An event that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// Names it to [`replay`] and [`discard`].
    pub id: Uuid,
    /// The consumer that gave it up.
    pub consumer: String,
    /// The event; none when the message had no readable envelope.
    pub event_id: Option<Uuid>,
    /// `source/aggregate/aggregate_id`, where readable.
    pub aggregate: Option<String>,
    /// Number within the aggregate, where readable.
    pub version: Option<i64>,
    /// Versioned type, where readable.
    pub event_type: Option<String>,
    /// NATS subject.
    pub subject: String,
    /// How often it was tried.
    pub attempts: i32,
    /// The last error.
    pub reason: String,
    /// When it was given up.
    pub died_at: Timestamp,
    /// Later events of its aggregate that wait behind it.
    pub waiting: i64,
}

/// Why a dead letter cannot be replayed or discarded.
#[derive(Debug, thiserror::Error)]
pub enum DeadLetterError {
    /// There is none with this id.
    #[error("there is no dead letter {0}")]
    NotFound(Uuid),
    /// The message had no envelope; it can only be discarded.
    #[error("dead letter {0} has no readable envelope and can only be discarded")]
    Unreadable(Uuid),
    /// An earlier event of its aggregate is not settled yet.
    #[error("an earlier event of the aggregate of dead letter {0} is not settled")]
    OutOfTurn(Uuid),
    /// The database failed.
    #[error("cannot work on dead letters")]
    Database(#[from] sqlx::Error),
}

#[derive(Debug, FromRow)]
struct Row {
    id: Uuid,
    consumer: String,
    event_id: Option<Uuid>,
    source: Option<String>,
    aggregate: Option<String>,
    aggregate_id: Option<String>,
    version: Option<i64>,
    event_type: Option<String>,
    subject: String,
    attempts: i32,
    reason: String,
    died_at: DateTime<Utc>,
    waiting: i64,
}

/// The dead letters of this database, oldest first, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list(pool: &PgPool, limit: i64) -> sqlx::Result<Vec<DeadLetter>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select d.id, d.consumer, d.event_id, d.source, d.aggregate, d.aggregate_id, d.version,
                d.event_type, d.subject, d.attempts, d.reason, d.died_at,
                (select count(*) from chassis.parked_event p
                 where p.consumer = d.consumer and p.source = d.source
                   and p.aggregate = d.aggregate and p.aggregate_id = d.aggregate_id) as waiting
         from chassis.dead_letter d
         order by d.died_at, d.id
         limit $1",
    )
    .bind(limit)
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(DeadLetter::from).collect())
}

/// Gives a dead letter to its consumer again, with all tries; audited.
///
/// # Errors
/// When there is none with this id, or it has no envelope.
pub async fn replay(pool: &PgPool, id: Uuid, now: Timestamp) -> Result<(), DeadLetterError> {
    let mut tx = pool.begin().await?;
    let row = locked(&mut tx, id).await?;
    if row.event_id.is_none() {
        return Err(DeadLetterError::Unreadable(id));
    }
    sqlx::query(
        "with letter as (delete from chassis.dead_letter where id = $1 returning *)
         insert into chassis.parked_event
             (consumer, event_id, source, aggregate, aggregate_id, version, event_type, subject,
              occurred_at, traceparent, payload, starts_at, due_at)
         -- it had its turn when it died, so it may still be the first of its aggregate
         select consumer, event_id, source, aggregate, aggregate_id, version, event_type, subject,
                occurred_at, traceparent, payload, now(), now()
         from letter",
    )
    .bind(id)
    .execute(&mut *tx)
    .await?;
    let entry = Entry::repair(now, "dead_letter.replay", row.object(), None);
    audit::record(&mut tx, &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Settles a dead letter without effect, so that its aggregate goes on; audited with the reason.
///
/// # Errors
/// When there is none with this id, or it is not its turn.
pub async fn discard(
    pool: &PgPool,
    id: Uuid,
    reason: &str,
    now: Timestamp,
) -> Result<(), DeadLetterError> {
    let mut tx = pool.begin().await?;
    let row = locked(&mut tx, id).await?;
    if let (Some(event_id), Some(key), Some(version)) = (row.event_id, row.key(), row.version) {
        let done = inbox::locked_version(&mut tx, &row.consumer, key).await?;
        if done.is_some_and(|done| version > done + 1) {
            return Err(DeadLetterError::OutOfTurn(id));
        }
        if done.is_none_or(|done| version == done + 1) {
            let outcome = Outcome::Discarded;
            inbox::admit(&mut tx, &row.consumer, key, event_id, version, outcome).await?;
        }
    }
    sqlx::query("delete from chassis.dead_letter where id = $1")
        .bind(id)
        .execute(&mut *tx)
        .await?;
    let entry = Entry::repair(now, "dead_letter.discard", row.object(), Some(reason));
    audit::record(&mut tx, &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives an event up, whether it is parked or not.
pub(crate) async fn bury(
    conn: &mut PgConnection,
    consumer: &str,
    event: &Incoming,
    attempts: i32,
    error: &anyhow::Error,
) -> sqlx::Result<()> {
    tracing::error!(
        consumer,
        event.id = %event.id,
        event.r#type = %event.event_type,
        attempts,
        error = describe(error),
        "an event was given up; later ones of its aggregate wait",
    );
    metrics::counter!("yiwang_dead_letters_total", "consumer" => consumer.to_owned()).increment(1);
    sqlx::query(
        "with parked as (
             delete from chassis.parked_event where consumer = $1 and event_id = $2
         )
         insert into chassis.dead_letter
             (consumer, event_id, source, aggregate, aggregate_id, version, event_type, subject,
              occurred_at, traceparent, payload, attempts, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict do nothing",
    )
    .bind(consumer)
    .bind(event.id)
    .bind(&event.source)
    .bind(&event.aggregate)
    .bind(&event.aggregate_id)
    .bind(event.version)
    .bind(&event.event_type)
    .bind(&event.subject)
    .bind(db::to_chrono(event.occurred_at))
    .bind(&event.traceparent)
    .bind(&event.payload)
    .bind(attempts)
    .bind(describe(error))
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps a message that is no event at all; it holds nothing back.
pub(crate) async fn bury_unreadable(
    conn: &mut PgConnection,
    consumer: &str,
    subject: &str,
    payload: &[u8],
    stream_seq: u64,
    reason: &str,
) -> sqlx::Result<()> {
    tracing::error!(
        consumer,
        subject,
        stream_seq,
        reason,
        "a message is no event"
    );
    metrics::counter!("yiwang_dead_letters_total", "consumer" => consumer.to_owned()).increment(1);
    sqlx::query(
        "insert into chassis.dead_letter (consumer, subject, payload, stream_seq, attempts, reason)
         values ($1, $2, $3, $4, 1, $5)
         on conflict do nothing",
    )
    .bind(consumer)
    .bind(subject)
    .bind(payload)
    .bind(stream_seq as i64)
    .bind(reason)
    .execute(conn)
    .await?;
    Ok(())
}

/// How many dead letters a consumer has.
pub(crate) async fn count(conn: &mut PgConnection, consumer: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from chassis.dead_letter where consumer = $1")
        .bind(consumer)
        .fetch_one(conn)
        .await
}

/// The chain of causes without the values that database messages quote.
pub(crate) fn describe(error: &anyhow::Error) -> String {
    let text = fault::describe(error.as_ref());
    text.chars().take(2_000).collect()
}

async fn locked(conn: &mut PgConnection, id: Uuid) -> Result<Row, DeadLetterError> {
    sqlx::query_as(
        "select id, consumer, event_id, source, aggregate, aggregate_id, version, event_type,
                subject, attempts, reason, died_at, 0::bigint as waiting
         from chassis.dead_letter where id = $1 for update",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?
    .ok_or(DeadLetterError::NotFound(id))
}

impl Row {
    /// As the audit log names it.
    fn object(&self) -> String {
        let event = self.event_id.map_or_else(String::new, |id| id.to_string());
        format!("event/{event}/{}", self.consumer)
    }

    fn key(&self) -> Option<Key<'_>> {
        Some(Key {
            source: self.source.as_deref()?,
            aggregate: self.aggregate.as_deref()?,
            aggregate_id: self.aggregate_id.as_deref()?,
        })
    }
}

impl From<Row> for DeadLetter {
    fn from(row: Row) -> Self {
        let aggregate = row.key().map(|key| {
            let Key {
                source,
                aggregate,
                aggregate_id,
            } = key;
            format!("{source}/{aggregate}/{aggregate_id}")
        });
        Self {
            id: row.id,
            consumer: row.consumer,
            event_id: row.event_id,
            aggregate,
            version: row.version,
            event_type: row.event_type,
            subject: row.subject,
            attempts: row.attempts,
            reason: row.reason,
            died_at: db::from_chrono(row.died_at),
            waiting: row.waiting,
        }
    }
}
