//! The tables of the archive: batches here, the rest in a file each.

pub(crate) mod problem;
pub(crate) mod row;
pub(crate) mod upload;

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;
use yiwang_chassis::db::to_chrono;

use super::problem::NOTES;

/// Batches on a list at most.
const LISTED: i64 = 200;

/// State of a batch.
pub(crate) mod state {
    pub(crate) const OPEN: &str = "open";
    pub(crate) const READING: &str = "reading";
    pub(crate) const COMPARING: &str = "comparing";
    pub(crate) const READY: &str = "ready";
    pub(crate) const PUBLISHING: &str = "publishing";
    pub(crate) const PUBLISHED: &str = "published";
}

/// A batch.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Batch {
    pub(crate) id: Uuid,
    pub(crate) title: String,
    pub(crate) division: String,
    pub(crate) state: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: String,
    pub(crate) rows_first: i64,
    pub(crate) rows_second: i64,
    pub(crate) compared: i64,
    pub(crate) published: i64,
    pub(crate) problems: i64,
    pub(crate) compared_to: i64,
    pub(crate) divorces_to: i64,
    pub(crate) marriages_to: i64,
}

impl Batch {
    /// Rows read of an entry.
    pub(crate) fn rows(&self, entry: i32) -> i64 {
        if entry == 1 {
            self.rows_first
        } else {
            self.rows_second
        }
    }
}

/// What is new about a batch.
pub(crate) struct NewBatch<'a> {
    pub(crate) id: Uuid,
    pub(crate) title: &'a str,
    pub(crate) division: &'a str,
    pub(crate) account: Uuid,
    pub(crate) name: &'a str,
    pub(crate) now: Timestamp,
}

/// Makes a batch.
pub(crate) async fn insert(conn: &mut PgConnection, new: NewBatch<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into marriage.batch (id, title, division, state, created_at, created_by, account)
         values ($1, $2, $3, 'open', $4, $5, $6)",
    )
    .bind(new.id)
    .bind(new.title)
    .bind(new.division)
    .bind(to_chrono(new.now))
    .bind(new.name)
    .bind(new.account)
    .execute(conn)
    .await?;
    Ok(())
}

/// The batch with this id.
pub(crate) async fn find(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Batch>> {
    sqlx::query_as("select * from marriage.batch where id = $1")
        .bind(id)
        .fetch_optional(conn)
        .await
}

/// The same, held until the transaction ends.
pub(crate) async fn lock(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Batch>> {
    sqlx::query_as("select * from marriage.batch where id = $1 for update")
        .bind(id)
        .fetch_optional(conn)
        .await
}

/// The newest batches of divisions that begin like this.
pub(crate) async fn list(conn: &mut PgConnection, scopes: &[&str]) -> sqlx::Result<Vec<Batch>> {
    sqlx::query_as(
        "select * from marriage.batch
          where exists (select 1 from unnest($1::text[]) scope where starts_with(division, scope))
          order by created_at desc, id desc limit $2",
    )
    .bind(scopes)
    .bind(LISTED)
    .fetch_all(conn)
    .await
}

/// Batches that a step waits for, oldest first.
pub(crate) async fn waiting(pool: &PgPool) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "select id from marriage.batch
          where state in ('reading', 'comparing', 'publishing') order by created_at, id",
    )
    .fetch_all(pool)
    .await
}

/// Puts a batch into a state.
pub(crate) async fn set_state(
    conn: &mut PgConnection,
    batch: Uuid,
    state: &str,
) -> sqlx::Result<()> {
    sqlx::query("update marriage.batch set state = $2 where id = $1")
        .bind(batch)
        .bind(state)
        .execute(conn)
        .await?;
    Ok(())
}

/// The state before comparing, as the uploads say: somebody's turn, ours, or done.
pub(crate) async fn set_state_of_uploads(conn: &mut PgConnection, batch: Uuid) -> sqlx::Result<()> {
    sqlx::query(
        "update marriage.batch set state = (
             select case when bool_or(complete and not read) then 'reading'
                         when count(*) filter (where read) = 2 then 'comparing'
                         else 'open' end
               from marriage.batch_upload where batch = $1)
          where id = $1",
    )
    .bind(batch)
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that all rows up to one are compared.
pub(crate) async fn set_compared(
    conn: &mut PgConnection,
    batch: Uuid,
    to: i64,
    rows: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "update marriage.batch set compared_to = $2, compared = compared + $3 where id = $1",
    )
    .bind(batch)
    .bind(to)
    .bind(rows)
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that the divorces, or the marriages, up to a row are published.
pub(crate) async fn set_published(
    conn: &mut PgConnection,
    batch: Uuid,
    divorces: bool,
    to: i64,
    rows: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "update marriage.batch
            set divorces_to = case when $2 then $3 else divorces_to end,
                marriages_to = case when $2 then marriages_to else $3 end,
                published = published + $4
          where id = $1",
    )
    .bind(batch)
    .bind(divorces)
    .bind(to)
    .bind(rows)
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts again what waits for a decision.
pub(crate) async fn count_problems(conn: &mut PgConnection, batch: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "update marriage.batch set problems = (
             select count(*) from marriage.batch_problem
              where batch = $1 and decided is null and code <> all($2))
          where id = $1
         returning problems",
    )
    .bind(batch)
    .bind(NOTES.as_slice())
    .fetch_one(conn)
    .await
}
