//! Events in the table: early ones until their predecessor is settled, failed
//! ones until their next try.
//!
//! A due event is claimed with a lease and its attempt counted before it is
//! tried, so that an event which kills the process is still given up in the end.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::StreamExt as _;
use jiff::Timestamp;
use sqlx::{FromRow, PgConnection};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    HandlerError, Incoming,
    apply::{Settled, Trouble, Worker},
};
use crate::{db, dead_letter};

const LOOK_EVERY: Duration = Duration::from_secs(1);
const CLAIM: i64 = 16;

#[derive(Debug, FromRow)]
struct Row {
    event_id: Uuid,
    source: String,
    aggregate: String,
    aggregate_id: String,
    version: i64,
    event_type: String,
    subject: String,
    occurred_at: DateTime<Utc>,
    traceparent: Option<String>,
    payload: Vec<u8>,
    starts_at: DateTime<Utc>,
    attempts: i32,
    last_error: Option<String>,
}

impl Worker {
    /// Tries due events until `token` is cancelled.
    pub(super) async fn sweep(&self, token: &CancellationToken) {
        while !token.is_cancelled() {
            match self.claim().await {
                Ok(rows) if rows.is_empty() => {
                    tokio::select! {
                        () = token.cancelled() => {}
                        () = self.wake.notified() => {}
                        () = tokio::time::sleep(LOOK_EVERY) => {}
                    }
                }
                Ok(rows) => {
                    futures::stream::iter(rows)
                        .for_each_concurrent(self.tuning.workers, |row| self.retry(row))
                        .await;
                }
                Err(error) => {
                    tracing::warn!(consumer = self.name(), error = %error, "cannot read parked events");
                    crate::leader::pause(LOOK_EVERY, token).await;
                }
            }
        }
    }

    async fn claim(&self) -> sqlx::Result<Vec<Row>> {
        // The lease outlives the handler, so nobody else tries at the same time.
        let lease = self.tuning.handler_timeout * 4;
        sqlx::query_as(
            "update chassis.parked_event
             set attempts = attempts + 1, due_at = now() + make_interval(secs => $3)
             where (consumer, event_id) in (
                 select consumer, event_id from chassis.parked_event
                 where consumer = $1 and due_at <= now()
                 order by due_at
                 limit $2
                 for update skip locked)
             returning event_id, source, aggregate, aggregate_id, version, event_type, subject,
                       occurred_at, traceparent, payload, starts_at, attempts, last_error",
        )
        .bind(self.name())
        .bind(CLAIM)
        .bind(lease.as_secs_f64())
        .fetch_all(&self.pool)
        .await
    }

    async fn retry(&self, row: Row) {
        let starts_at = db::from_chrono(row.starts_at);
        let attempts = row.attempts;
        let last_error = row.last_error.clone();
        let event = Incoming::from(row);
        match self
            .try_again(&event, starts_at, attempts, last_error)
            .await
        {
            Ok(settled) => self.count(settled),
            // The lease brings it back; this try did not count against the event.
            Err(error) => {
                tracing::warn!(consumer = self.name(), error = %error, "cannot settle a parked event now");
            }
        }
    }

    async fn try_again(
        &self,
        event: &Incoming,
        starts_at: Timestamp,
        attempts: i32,
        last_error: Option<String>,
    ) -> Result<Settled, sqlx::Error> {
        let name = self.name();
        let limit = self.tuning.max_tries;
        if attempts > limit {
            let error = last_error.unwrap_or_else(|| "no attempt came to an end".to_owned());
            let mut conn = self.pool.acquire().await?;
            dead_letter::bury(&mut conn, name, event, limit, &anyhow::Error::msg(error)).await?;
            return Ok(Settled::Dead);
        }
        let trouble = match self.settle(event, starts_at, Some(attempts)).await {
            Ok(settled) => return Ok(settled),
            Err(trouble) => trouble,
        };
        let mut conn = self.pool.acquire().await?;
        match trouble {
            Trouble::Handler(HandlerError::Retry(error)) if attempts < limit => {
                self.log_failure(event, attempts, &error);
                let pause = self.tuning.backoff(attempts);
                postpone(&mut conn, name, event.id, attempts, pause, &error).await?;
                Ok(Settled::Parked)
            }
            Trouble::Handler(HandlerError::Retry(error) | HandlerError::Reject(error)) => {
                dead_letter::bury(&mut conn, name, event, attempts, &error).await?;
                Ok(Settled::Dead)
            }
            Trouble::Database(error) => {
                let pause = self.tuning.backoff(1);
                let uncounted = attempts - 1;
                postpone(&mut conn, name, event.id, uncounted, pause, &error.into()).await?;
                Ok(Settled::Parked)
            }
        }
    }
}

impl From<Row> for Incoming {
    fn from(row: Row) -> Self {
        Self {
            id: row.event_id,
            event_type: row.event_type,
            source: row.source,
            subject: row.subject,
            aggregate: row.aggregate,
            aggregate_id: row.aggregate_id,
            version: row.version,
            occurred_at: db::from_chrono(row.occurred_at),
            traceparent: row.traceparent,
            payload: row.payload,
        }
    }
}

/// Puts an event aside until `due` (none: until its predecessor is settled).
pub(super) async fn park(
    conn: &mut PgConnection,
    consumer: &str,
    event: &Incoming,
    starts_at: Timestamp,
    due: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into chassis.parked_event
             (consumer, event_id, source, aggregate, aggregate_id, version, event_type, subject,
              occurred_at, traceparent, payload, starts_at, due_at)
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
    .bind(db::to_chrono(starts_at))
    .bind(due.map(db::to_chrono))
    .execute(conn)
    .await?;
    Ok(())
}

/// Sets the next try of a parked event.
pub(super) async fn postpone(
    conn: &mut PgConnection,
    consumer: &str,
    event_id: Uuid,
    attempts: i32,
    pause: Duration,
    error: &anyhow::Error,
) -> sqlx::Result<()> {
    sqlx::query(
        "update chassis.parked_event
         set attempts = $3, due_at = now() + make_interval(secs => $4), last_error = $5
         where consumer = $1 and event_id = $2",
    )
    .bind(consumer)
    .bind(event_id)
    .bind(attempts)
    .bind(pause.as_secs_f64())
    .bind(dead_letter::describe(error))
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets a parked event wait again: for its predecessor, or until it may begin its aggregate.
pub(super) async fn wait(
    conn: &mut PgConnection,
    consumer: &str,
    event_id: Uuid,
    due: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update chassis.parked_event set attempts = 0, due_at = $3
         where consumer = $1 and event_id = $2",
    )
    .bind(consumer)
    .bind(event_id)
    .bind(due.map(db::to_chrono))
    .execute(conn)
    .await?;
    Ok(())
}

/// Removes a settled event.
pub(super) async fn forget(
    conn: &mut PgConnection,
    consumer: &str,
    event_id: Uuid,
) -> sqlx::Result<()> {
    sqlx::query("delete from chassis.parked_event where consumer = $1 and event_id = $2")
        .bind(consumer)
        .bind(event_id)
        .execute(conn)
        .await?;
    Ok(())
}

/// How many events are parked, and the age of the oldest in seconds.
pub(super) async fn backlog(conn: &mut PgConnection, consumer: &str) -> sqlx::Result<(i64, f64)> {
    sqlx::query_as(
        "select count(*), coalesce(extract(epoch from now() - min(parked_at)), 0)::float8
         from chassis.parked_event where consumer = $1",
    )
    .bind(consumer)
    .fetch_one(conn)
    .await
}

/// Makes events due whose predecessor is settled; a net, as settling it does so too.
pub(super) async fn rouse(conn: &mut PgConnection, consumer: &str) -> sqlx::Result<u64> {
    let roused = sqlx::query(
        "update chassis.parked_event e set due_at = now()
         from chassis.consumer_position p
         where e.consumer = $1 and e.due_at is null
           and p.consumer = e.consumer and p.source = e.source
           and p.aggregate = e.aggregate and p.aggregate_id = e.aggregate_id
           and e.version <= p.version + 1",
    )
    .bind(consumer)
    .execute(conn)
    .await?;
    Ok(roused.rows_affected())
}
