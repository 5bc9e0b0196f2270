//! Memorials and what is left at them, in their tables.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_chassis::db::{to_chrono, to_chrono_date};
use yiwang_civic::time;

/// A page.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Page {
    pub(super) id: Uuid,
    pub(super) code: String,
    pub(super) person_key: String,
    pub(super) division: String,
    pub(super) keeper: Uuid,
    pub(super) name_key: Option<String>,
    pub(super) state: String,
    pub(super) body: Vec<u8>,
}

/// Something left at a page.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Left {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) state: String,
    pub(super) body: Vec<u8>,
    pub(super) at: DateTime<Utc>,
}

/// The dead person of a case of this applicant, laid to rest or kept as ashes, and where.
pub(super) async fn rests(
    conn: &mut PgConnection,
    case_number: &str,
    applicant: &str,
) -> sqlx::Result<Option<(String, String)>> {
    sqlx::query_as(
        "select dead.person_key, c.division
           from casework.case_file c,
                lateral (select person_key from burial.spot_use
                          where case_number = c.number and state = 'occupied'
                         union all
                         select u.person_key
                           from burial.urn_move m join burial.urn u on u.number = m.urn
                          where m.case_number = c.number) dead
          where c.number = $1 and c.applicant_key = $2 and dead.person_key is not null
          limit 1",
    )
    .bind(case_number)
    .bind(applicant)
    .fetch_optional(conn)
    .await
}

/// Stores a new page; a second one of the person violates `memorial_person_key_key`.
pub(super) async fn insert(
    conn: &mut PgConnection,
    page: &Page,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into burial.memorial
             (id, code, person_key, division, keeper, name_key, state, body, opened_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
    )
    .bind(page.id)
    .bind(&page.code)
    .bind(&page.person_key)
    .bind(&page.division)
    .bind(page.keeper)
    .bind(&page.name_key)
    .bind(&page.state)
    .bind(&page.body)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// Stores what changed of a page.
pub(super) async fn update(
    conn: &mut PgConnection,
    page: &Page,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.memorial set name_key = $2, state = $3, body = $4, changed_at = $5
          where id = $1",
    )
    .bind(page.id)
    .bind(&page.name_key)
    .bind(&page.state)
    .bind(&page.body)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// The page with this code.
pub(super) async fn page(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<Page>> {
    sqlx::query_as("select * from burial.memorial where code = $1")
        .bind(code.trim())
        .fetch_optional(conn)
        .await
}

/// The same, locked.
pub(super) async fn lock(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<Page>> {
    sqlx::query_as("select * from burial.memorial where code = $1 for update")
        .bind(code.trim())
        .fetch_optional(conn)
        .await
}

/// Open pages to be found under a name.
pub(super) async fn named(conn: &mut PgConnection, name_key: &str) -> sqlx::Result<Vec<Page>> {
    sqlx::query_as(
        "select * from burial.memorial where name_key = $1 and state = 'open'
          order by opened_at limit 20",
    )
    .bind(name_key)
    .fetch_all(conn)
    .await
}

/// The pages that an account keeps, latest first.
pub(super) async fn own(conn: &mut PgConnection, keeper: Uuid) -> sqlx::Result<Vec<Page>> {
    sqlx::query_as(
        "select * from burial.memorial where keeper = $1 order by opened_at desc limit 50",
    )
    .bind(keeper)
    .fetch_all(conn)
    .await
}

/// How often each kind was left.
pub(super) async fn counts(
    conn: &mut PgConnection,
    memorial: Uuid,
) -> sqlx::Result<Vec<(String, i64)>> {
    sqlx::query_as(
        "select kind, count(*) from burial.offering
          where memorial = $1 and state <> 'refused' group by kind",
    )
    .bind(memorial)
    .fetch_all(conn)
    .await
}

/// What was left in a state, latest first.
pub(super) async fn left(
    conn: &mut PgConnection,
    memorial: Uuid,
    state: &str,
) -> sqlx::Result<Vec<Left>> {
    sqlx::query_as(
        "select id, kind, state, body, at from burial.offering
          where memorial = $1 and state = $2 order by at desc, id limit 200",
    )
    .bind(memorial)
    .bind(state)
    .fetch_all(conn)
    .await
}

/// Stores something left; false: the account left one of its kind today already.
pub(super) async fn leave(
    conn: &mut PgConnection,
    memorial: Uuid,
    account: Uuid,
    left: &Left,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let stored = sqlx::query(
        "insert into burial.offering (id, memorial, kind, account, day, state, body, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict on constraint one_offering_a_day do nothing",
    )
    .bind(left.id)
    .bind(memorial)
    .bind(&left.kind)
    .bind(account)
    .bind(to_chrono_date(time::beijing_date(now)))
    .bind(&left.state)
    .bind(&left.body)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(stored.rows_affected() == 1)
}

/// Decides on words that wait; false: none of this page does under that id.
pub(super) async fn settle(
    conn: &mut PgConnection,
    memorial: Uuid,
    id: Uuid,
    state: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update burial.offering set state = $3
          where id = $1 and memorial = $2 and state = 'waiting'",
    )
    .bind(id)
    .bind(memorial)
    .bind(state)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
