//! The gate in front of a consumer's effects: has this event its turn?
//!
//! The row lock on the position of (consumer, source, aggregate, aggregate_id)
//! makes the answer hold until the end of the transaction, also between several
//! processes that share a durable consumer.

use jiff::Timestamp;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use super::Incoming;

/// What orders events at a consumer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key<'a> {
    pub(crate) source: &'a str,
    pub(crate) aggregate: &'a str,
    pub(crate) aggregate_id: &'a str,
}

/// Whether an event has its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// It is the next of its aggregate.
    Next,
    /// An equal or later one has been settled.
    Past,
    /// It would be next, but is parked or a dead letter: that table decides.
    Held,
    /// An earlier one is missing; it may become the first at `starts_at`.
    Early { starts_at: Option<Timestamp> },
}

/// What the inbox remembers about a settled event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The handler's effect was committed.
    Applied,
    /// The handler does not want events of this type.
    Ignored,
    /// It came after this consumer had begun at a later version.
    Late,
    /// An operator gave it up.
    Discarded,
}

/// What [`admit`] changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Admitted {
    /// The inbox did not have the event yet.
    pub(crate) fresh: bool,
    /// A parked successor is due now.
    pub(crate) released: bool,
}

impl<'a> From<&'a Incoming> for Key<'a> {
    fn from(event: &'a Incoming) -> Self {
        Self {
            source: &event.source,
            aggregate: &event.aggregate,
            aggregate_id: &event.aggregate_id,
        }
    }
}

impl Outcome {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Ignored => "ignored",
            Self::Late => "late",
            Self::Discarded => "discarded",
        }
    }
}

/// Locks the aggregate and says whether the event has its turn.
pub(super) async fn turn(
    conn: &mut PgConnection,
    consumer: &str,
    event: &Incoming,
    starts_at: Timestamp,
    now: Timestamp,
) -> sqlx::Result<Turn> {
    let locked = lock(conn, consumer, event.into(), Some(event)).await?;
    let next = if locked.held { Turn::Held } else { Turn::Next };
    Ok(match locked.version {
        Some(done) if event.version <= done => Turn::Past,
        Some(done) if event.version == done + 1 => next,
        Some(_) => Turn::Early { starts_at: None },
        None if starts_at > now => Turn::Early {
            starts_at: Some(starts_at),
        },
        None if locked.earlier => Turn::Early { starts_at: None },
        None => next,
    })
}

/// Locks the position of an aggregate; none when the consumer has not begun it.
pub(crate) async fn locked_version(
    conn: &mut PgConnection,
    consumer: &str,
    key: Key<'_>,
) -> sqlx::Result<Option<i64>> {
    Ok(lock(conn, consumer, key, None).await?.version)
}

#[derive(Debug, FromRow)]
struct Locked {
    version: Option<i64>,
    known: bool,
    made: bool,
    /// The event itself is parked or a dead letter.
    held: bool,
    /// An earlier one of its aggregate is.
    earlier: bool,
}

async fn lock(
    conn: &mut PgConnection,
    consumer: &str,
    key: Key<'_>,
    event: Option<&Incoming>,
) -> sqlx::Result<Locked> {
    loop {
        let locked: Locked = sqlx::query_as(
            "with made as (
                 insert into chassis.consumer_position (consumer, source, aggregate, aggregate_id)
                 values ($1, $2, $3, $4)
                 on conflict do nothing
                 returning 1
             ), known as (
                 select version from chassis.consumer_position
                 where consumer = $1 and source = $2 and aggregate = $3 and aggregate_id = $4
                 for update
             )
             select (select version from known) as version,
                    exists (select from known) as known,
                    exists (select from made) as made,
                    exists (select from chassis.parked_event
                            where consumer = $1 and event_id = $5)
                 or exists (select from chassis.dead_letter
                            where consumer = $1 and event_id = $5) as held,
                    exists (select from chassis.parked_event
                            where consumer = $1 and source = $2 and aggregate = $3
                              and aggregate_id = $4 and version < $6)
                 or exists (select from chassis.dead_letter
                            where consumer = $1 and source = $2 and aggregate = $3
                              and aggregate_id = $4 and version < $6) as earlier",
        )
        .bind(consumer)
        .bind(key.source)
        .bind(key.aggregate)
        .bind(key.aggregate_id)
        .bind(event.map(|event| event.id))
        .bind(event.map(|event| event.version))
        .fetch_one(&mut *conn)
        .await?;
        // Neither: another transaction made the row after this statement began.
        if locked.known || locked.made {
            return Ok(locked);
        }
    }
}

/// Settles an event whose turn it is: inbox row, position, and its parked successor is due.
pub(crate) async fn admit(
    conn: &mut PgConnection,
    consumer: &str,
    key: Key<'_>,
    event_id: Uuid,
    version: i64,
    outcome: Outcome,
) -> sqlx::Result<Admitted> {
    let (fresh, released) = sqlx::query_as(
        "with settled as (
             insert into chassis.inbox (consumer, event_id, outcome) values ($1, $5, $7)
             on conflict do nothing
             returning 1
         ), moved as (
             update chassis.consumer_position set version = $6
             where consumer = $1 and source = $2 and aggregate = $3 and aggregate_id = $4
         ), released as (
             update chassis.parked_event set due_at = now()
             where consumer = $1 and source = $2 and aggregate = $3 and aggregate_id = $4
               and version = $6 + 1
               -- one that was tried already keeps its own date
               and attempts = 0
             returning 1
         )
         select exists (select from settled), exists (select from released)",
    )
    .bind(consumer)
    .bind(key.source)
    .bind(key.aggregate)
    .bind(key.aggregate_id)
    .bind(event_id)
    .bind(version)
    .bind(outcome.as_str())
    .fetch_one(conn)
    .await?;
    Ok(Admitted { fresh, released })
}

/// Notes an event that is past its turn; false when it was known.
pub(super) async fn note_late(
    conn: &mut PgConnection,
    consumer: &str,
    event_id: Uuid,
) -> sqlx::Result<bool> {
    let noted = sqlx::query(
        "insert into chassis.inbox (consumer, event_id, outcome) values ($1, $2, $3)
         on conflict do nothing",
    )
    .bind(consumer)
    .bind(event_id)
    .bind(Outcome::Late.as_str())
    .execute(conn)
    .await?;
    Ok(noted.rows_affected() == 1)
}

/// Those of `ids` that the consumer has settled.
pub(super) async fn settled(
    conn: &mut PgConnection,
    consumer: &str,
    ids: &[Uuid],
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "select event_id from chassis.inbox where consumer = $1 and event_id = any ($2)",
    )
    .bind(consumer)
    .bind(ids)
    .fetch_all(conn)
    .await
}

/// Whether the event is settled, parked or a dead letter.
pub(super) async fn is_known(
    conn: &mut PgConnection,
    consumer: &str,
    event_id: Uuid,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from chassis.inbox where consumer = $1 and event_id = $2)
             or exists (select from chassis.parked_event where consumer = $1 and event_id = $2)
             or exists (select from chassis.dead_letter where consumer = $1 and event_id = $2)",
    )
    .bind(consumer)
    .bind(event_id)
    .fetch_one(conn)
    .await
}
