//! Drafts: one per account and item, sealed, never validated.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, to_chrono};

/// A draft as stored.
#[derive(Debug, Clone)]
pub(crate) struct DraftRow {
    pub(crate) item: String,
    pub(crate) division: String,
    pub(crate) body: Vec<u8>,
    pub(crate) version: i64,
    pub(crate) saved_at: Timestamp,
}

type Columns = (String, String, Vec<u8>, i64, chrono::DateTime<chrono::Utc>);

fn from_columns((item, division, body, version, saved_at): Columns) -> DraftRow {
    DraftRow {
        item,
        division,
        body,
        version,
        saved_at: from_chrono(saved_at),
    }
}

/// Saves a draft over the version the writer last saw (0: none yet).
/// Returns the new version, or `None` when somebody else saved meanwhile.
pub(crate) async fn save(
    conn: &mut PgConnection,
    account: Uuid,
    draft: &DraftRow,
    base_version: i64,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar(
        r"
        insert into casework.draft as d (account, item, division, body, version, saved_at)
        values ($1, $2, $3, $4, $5 + 1, $6)
        on conflict (account, item) do update
           set division = excluded.division, body = excluded.body,
               version = d.version + 1, saved_at = excluded.saved_at
         where d.version = $5
        returning version
        ",
    )
    .bind(account)
    .bind(&draft.item)
    .bind(&draft.division)
    .bind(&draft.body)
    .bind(base_version)
    .bind(to_chrono(draft.saved_at))
    .fetch_optional(conn)
    .await
}

/// The draft for an item.
pub(crate) async fn find(
    conn: &mut PgConnection,
    account: Uuid,
    item: &str,
) -> sqlx::Result<Option<DraftRow>> {
    let row: Option<Columns> = sqlx::query_as(
        "select item, division, body, version, saved_at from casework.draft
          where account = $1 and item = $2",
    )
    .bind(account)
    .bind(item)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(from_columns))
}

/// All drafts of an account, newest first.
pub(crate) async fn of_account(
    conn: &mut PgConnection,
    account: Uuid,
) -> sqlx::Result<Vec<DraftRow>> {
    let rows: Vec<Columns> = sqlx::query_as(
        "select item, division, body, version, saved_at from casework.draft
          where account = $1 order by saved_at desc, item",
    )
    .bind(account)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(from_columns).collect())
}

/// Throws a draft away; none there is no error.
pub(crate) async fn discard(
    conn: &mut PgConnection,
    account: Uuid,
    item: &str,
) -> sqlx::Result<()> {
    sqlx::query("delete from casework.draft where account = $1 and item = $2")
        .bind(account)
        .bind(item)
        .execute(conn)
        .await?;
    Ok(())
}
