//! The reconciler's statements.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use super::Seen;

/// A row that the broker acknowledged, and where it said it put the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub(super) struct Published {
    #[sqlx(rename = "published_seq")]
    pub(super) seq: i64,
    pub(super) id: Uuid,
}

/// The database's clock, by which `published_at` is set.
pub(super) async fn now(conn: &mut PgConnection) -> sqlx::Result<DateTime<Utc>> {
    sqlx::query_scalar("select now()").fetch_one(conn).await
}

/// Published rows after `after` in the order of the stream.
pub(super) async fn published_after(
    conn: &mut PgConnection,
    after: Published,
    kept_since: DateTime<Utc>,
    as_of: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Published>> {
    sqlx::query_as(
        "select published_seq, id from chassis.outbox
         where published_at is not null
           and (published_seq, id) > ($1, $2)
           and published_at > $3 and published_at < $4
         order by published_seq, id
         limit $5",
    )
    .bind(after.seq)
    .bind(after.id)
    .bind(kept_since)
    .bind(as_of)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// The place of the row `latest` rows before the last one.
pub(super) async fn latest_from(
    conn: &mut PgConnection,
    kept_since: DateTime<Utc>,
    latest: i64,
) -> sqlx::Result<i64> {
    let seq: Option<i64> = sqlx::query_scalar(
        "select min(published_seq) from (
             select published_seq from chassis.outbox
             where published_at is not null and published_at > $1
             order by published_seq desc, id desc
             limit $2) as last_rows",
    )
    .bind(kept_since)
    .bind(latest)
    .fetch_one(conn)
    .await?;
    Ok(seq.unwrap_or(i64::MAX))
}

/// Makes rows unpublished, unless they were published again meanwhile.
pub(super) async fn unpublish(conn: &mut PgConnection, lost: &[Published]) -> sqlx::Result<()> {
    let (ids, seqs): (Vec<Uuid>, Vec<i64>) = lost.iter().map(|row| (row.id, row.seq)).unzip();
    sqlx::query(
        "update chassis.outbox o
         set published_at = null, published_stream = null, published_seq = null
         from unnest($1::uuid[], $2::bigint[]) as lost (id, seq)
         where o.id = lost.id and o.published_seq = lost.seq",
    )
    .bind(ids)
    .bind(seqs)
    .execute(conn)
    .await?;
    Ok(())
}

/// The stream as it was last found whole.
pub(super) async fn seen(conn: &mut PgConnection) -> sqlx::Result<Option<Seen>> {
    let row: Option<(DateTime<Utc>, i64, String, DateTime<Utc>)> = sqlx::query_as(
        "select stream_created, last_seq, server_id, compared_at from chassis.broker_seen",
    )
    .fetch_optional(conn)
    .await?;
    Ok(
        row.map(|(stream_created, last_seq, server_id, compared_at)| Seen {
            stream_created,
            last_seq,
            server_id,
            compared_at,
        }),
    )
}

/// Remembers the stream for the next look.
pub(super) async fn remember(conn: &mut PgConnection, seen: &Seen) -> sqlx::Result<()> {
    sqlx::query(
        "insert into chassis.broker_seen (stream_created, last_seq, server_id, compared_at)
         values ($1, $2, $3, $4)
         on conflict (only_row) do update
         set stream_created = excluded.stream_created, last_seq = excluded.last_seq,
             server_id = excluded.server_id, compared_at = excluded.compared_at",
    )
    .bind(seen.stream_created)
    .bind(seen.last_seq)
    .bind(&seen.server_id)
    .bind(seen.compared_at)
    .execute(conn)
    .await?;
    Ok(())
}
