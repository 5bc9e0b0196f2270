//! Facts from a service's outbox: what the stream has let go of, or this gateway has lost.
//!
//! A new consumer begins an aggregate at the first event that the stream still has, and refuses
//! what is older; the table of facts needs no such order: an event is kept once, by its id, and
//! read in the order of its business time.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgPool};
use uuid::Uuid;
use yiwang_chassis::{
    db::from_chrono,
    inbox::{Handler as _, Incoming},
};

use super::facts::Facts;

/// Events read in one go.
const BATCH: i64 = 500;

#[derive(FromRow)]
struct Row {
    seq: i64,
    id: Uuid,
    aggregate: String,
    aggregate_id: String,
    version: i64,
    event_type: String,
    subject: String,
    occurred_at: DateTime<Utc>,
    payload: Vec<u8>,
}

/// Keeps what the events in the outbox `source` tell; the same again changes nothing. Returns how
/// many events tell something; a dry run keeps nothing.
///
/// # Errors
/// When a database is away, or an event cannot be read.
pub(crate) async fn backfill(pool: &PgPool, source: &PgPool, dry_run: bool) -> anyhow::Result<u64> {
    let (mut last, mut telling) = (0, 0);
    loop {
        let rows: Vec<Row> = sqlx::query_as(
            "select seq, id, aggregate, aggregate_id, version, event_type, subject, occurred_at,
                    payload
               from chassis.outbox where seq > $1 order by seq limit $2",
        )
        .bind(last)
        .bind(BATCH)
        .fetch_all(source)
        .await?;
        let Some(end) = rows.last() else {
            return Ok(telling);
        };
        last = end.seq;
        let mut tx = pool.begin().await?;
        for row in rows.into_iter().filter(|row| Facts.wants(&row.event_type)) {
            telling += 1;
            if !dry_run {
                Facts.handle(&mut tx, &row.into()).await?;
            }
        }
        tx.commit().await?;
    }
}

impl From<Row> for Incoming {
    fn from(row: Row) -> Self {
        let service = row.subject.split('.').nth(1).unwrap_or_default();
        Self {
            id: row.id,
            source: service.to_owned(),
            event_type: row.event_type,
            subject: row.subject,
            aggregate: row.aggregate,
            aggregate_id: row.aggregate_id,
            version: row.version,
            occurred_at: from_chrono(row.occurred_at),
            traceparent: None,
            payload: row.payload,
        }
    }
}
