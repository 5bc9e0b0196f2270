//! The outbox: events leave a service in the transaction that made them true.
//!
//! ```text
//! business transaction ── enqueue ──> chassis.outbox ── Relay ──> JetStream
//!                                          ^                        │ lost?
//!                                          └────── reconcile ───────┘
//! ```
//! [`enqueue`] numbers the events of an aggregate 1, 2, 3, … without a gap, under
//! a row lock that lasts until the commit, so that consumers can insist on the
//! order. A row is unpublished until the relay has the broker's acknowledgement;
//! there is no cursor that a late commit could fall behind. Published rows stay
//! for [`KEEP`], longer than the stream keeps its messages: PostgreSQL can
//! rebuild the stream, never the other way round.

use std::time::Duration;

use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::{
    audit::{self, Entry},
    db, telemetry,
};

mod relay;
mod store;

pub use relay::Relay;

/// How long published rows are kept at least.
pub const KEEP: Duration = Duration::from_secs(45 * 24 * 3600);

/// An event of one aggregate, ready to leave the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Made once, in the business transaction: [`crate::ids::new`].
    pub id: Uuid,
    /// Kind of the aggregate, e.g. `case`: lower-case letters, digits, `_`.
    pub aggregate: &'static str,
    /// Which one: visible ASCII without spaces, never an ID number.
    pub aggregate_id: String,
    /// Versioned type, e.g. `yiwang.assistance.case.accepted.v1`.
    pub event_type: String,
    /// NATS subject `yiwang.<service>.<aggregate>.<event>`, without personal data.
    pub subject: String,
    /// Business time.
    pub occurred_at: Timestamp,
    /// Encoded protobuf message.
    pub payload: Vec<u8>,
}

/// Writes an event in the caller's transaction and returns its number within the aggregate.
///
/// The aggregate stays locked until the commit: a transaction that raises events
/// of several aggregates must do so in an order that all transactions share.
///
/// # Errors
/// When the id was used before, or a name breaks the rules of its field.
pub async fn enqueue(conn: &mut PgConnection, event: &NewEvent) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "with numbered as (
             insert into chassis.outbox_aggregate as known (aggregate, aggregate_id, version)
             values ($2, $3, 1)
             on conflict (aggregate, aggregate_id) do update set version = known.version + 1
             returning version
         )
         insert into chassis.outbox
             (id, aggregate, aggregate_id, version, event_type, subject, occurred_at, payload,
              traceparent)
         select $1, $2, $3, numbered.version, $4, $5, $6, $7, $8 from numbered
         returning version",
    )
    .bind(event.id)
    .bind(event.aggregate)
    .bind(&event.aggregate_id)
    .bind(&event.event_type)
    .bind(&event.subject)
    .bind(db::to_chrono(event.occurred_at))
    .bind(&event.payload)
    .bind(telemetry::current_traceparent())
    .fetch_one(conn)
    .await
}

/// Writes many events with one statement, as a run over many aggregates needs it.
///
/// Events of the same aggregate are numbered in the order given. The aggregates
/// are locked in an order that all callers share.
///
/// # Errors
/// As [`enqueue`]; then none is written.
pub async fn enqueue_all(conn: &mut PgConnection, events: &[NewEvent]) -> sqlx::Result<()> {
    let column = |of: fn(&NewEvent) -> &str| events.iter().map(of).collect::<Vec<_>>();
    let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
    let times: Vec<_> = events
        .iter()
        .map(|it| db::to_chrono(it.occurred_at))
        .collect();
    let payloads: Vec<&[u8]> = events.iter().map(|it| it.payload.as_slice()).collect();
    sqlx::query(
        "with given as (
             select *, row_number() over (partition by aggregate, aggregate_id order by place) as nth
             from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[],
                         $6::timestamptz[], $7::bytea[])
                  with ordinality
                  as event (id, aggregate, aggregate_id, event_type, subject, occurred_at,
                            payload, place)
         ), counted as (
             select aggregate, aggregate_id, count(*) as events from given group by 1, 2
         ), numbered as (
             insert into chassis.outbox_aggregate as known (aggregate, aggregate_id, version)
             select aggregate, aggregate_id, events from counted order by 1, 2
             on conflict (aggregate, aggregate_id)
             do update set version = known.version + excluded.version
             returning aggregate, aggregate_id, version
         )
         insert into chassis.outbox
             (id, aggregate, aggregate_id, version, event_type, subject, occurred_at, payload,
              traceparent)
         select id, aggregate, aggregate_id, version - events + nth, event_type, subject,
                occurred_at, payload, $8
         from given
         join counted using (aggregate, aggregate_id)
         join numbered using (aggregate, aggregate_id)
         order by place",
    )
    .bind(ids)
    .bind(column(|event| event.aggregate))
    .bind(column(|event| &event.aggregate_id))
    .bind(column(|event| &event.event_type))
    .bind(column(|event| &event.subject))
    .bind(times)
    .bind(payloads)
    .bind(telemetry::current_traceparent())
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets the relay publish again what was published since `from`; returns how many events.
///
/// Harmless to consumers, whose inbox knows what they have applied.
///
/// # Errors
/// When the database fails.
pub async fn republish(pool: &PgPool, from: Timestamp, now: Timestamp) -> sqlx::Result<u64> {
    let mut tx = pool.begin().await?;
    let done = sqlx::query(
        "update chassis.outbox
         set published_at = null, published_stream = null, published_seq = null
         where published_at >= $1",
    )
    .bind(db::to_chrono(from))
    .execute(&mut *tx)
    .await?;
    let entry = Entry::repair(now, "outbox.republish", format!("since/{from}"), None);
    audit::record(&mut tx, &entry).await?;
    tx.commit().await?;
    Ok(done.rows_affected())
}

/// Deletes rows published longer ago than `keep` (at least 30 days); returns how many.
///
/// # Errors
/// When the database fails.
pub async fn purge(pool: &PgPool, keep: Duration) -> sqlx::Result<u64> {
    let keep = keep.max(Duration::from_secs(30 * 24 * 3600));
    let mut total = 0;
    loop {
        // Small batches: a long transaction would pin dead rows in the hot tables.
        let deleted = sqlx::query(
            "delete from chassis.outbox where id in (
                 select id from chassis.outbox
                 where published_at < now() - make_interval(secs => $1) limit 2000)",
        )
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
