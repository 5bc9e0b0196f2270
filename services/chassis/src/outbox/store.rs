//! The relay's statements.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use crate::{broker::STREAM, db, envelope::Envelope, inbox::Incoming};

/// An event that is still to be published.
#[derive(Debug, FromRow)]
pub(super) struct Pending {
    pub(super) id: Uuid,
    pub(super) aggregate: String,
    pub(super) aggregate_id: String,
    pub(super) version: i64,
    event_type: String,
    subject: String,
    occurred_at: DateTime<Utc>,
    payload: Vec<u8>,
    traceparent: Option<String>,
    previous_at: Option<DateTime<Utc>>,
}

impl Pending {
    pub(super) fn into_envelope(self, source: &str) -> Envelope {
        Envelope {
            previous: self.previous_at.map(db::from_chrono),
            event: Incoming {
                id: self.id,
                event_type: self.event_type,
                source: source.to_owned(),
                subject: self.subject,
                aggregate: self.aggregate,
                aggregate_id: self.aggregate_id,
                version: self.version,
                occurred_at: db::from_chrono(self.occurred_at),
                traceparent: self.traceparent,
                payload: self.payload,
            },
        }
    }
}

/// The oldest unpublished rows, without those of the aggregates in `except`.
pub(super) async fn unpublished(
    conn: &mut PgConnection,
    except: &[(String, String)],
    limit: usize,
) -> sqlx::Result<Vec<Pending>> {
    let (aggregates, ids): (Vec<&str>, Vec<&str>) = except
        .iter()
        .map(|(aggregate, id)| (aggregate.as_str(), id.as_str()))
        .unzip();
    sqlx::query_as(
        "select o.id, o.aggregate, o.aggregate_id, o.version, o.event_type, o.subject,
                o.occurred_at, o.payload, o.traceparent,
                -- an unpublished predecessor is published just before this one
                case when p.id is not null then coalesce(p.published_at, now()) end as previous_at
         from chassis.outbox o
         left join chassis.outbox p
             on p.aggregate = o.aggregate and p.aggregate_id = o.aggregate_id
            and p.version = o.version - 1
         where o.published_at is null
           and (o.aggregate, o.aggregate_id) not in (select * from unnest($1::text[], $2::text[]))
         order by o.seq
         limit $3",
    )
    .bind(aggregates)
    .bind(ids)
    .bind(limit as i64)
    .fetch_all(conn)
    .await
}

/// Remembers the broker's acknowledgements.
pub(super) async fn mark(conn: &mut PgConnection, done: &[(Uuid, u64)]) -> sqlx::Result<()> {
    let (ids, seqs): (Vec<Uuid>, Vec<i64>) =
        done.iter().map(|(id, seq)| (*id, *seq as i64)).unzip();
    sqlx::query(
        "update chassis.outbox o
         set published_at = now(), published_stream = $1, published_seq = done.seq
         from unnest($2::uuid[], $3::bigint[]) as done (id, seq)
         where o.id = done.id and o.published_at is null",
    )
    .bind(STREAM)
    .bind(ids)
    .bind(seqs)
    .execute(conn)
    .await?;
    Ok(())
}

/// How many rows are unpublished (counted up to 100,000) and the age of the oldest in seconds.
pub(super) async fn backlog(conn: &mut PgConnection) -> sqlx::Result<(i64, f64)> {
    sqlx::query_as(
        "select count(*), coalesce(extract(epoch from now() - min(enqueued_at)), 0)::float8
         from (select enqueued_at from chassis.outbox
               where published_at is null order by seq limit 100000) as waiting",
    )
    .fetch_one(conn)
    .await
}
