//! Rows of ratings.

use chrono::{DateTime, NaiveDate, Utc};
use jiff::Timestamp;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_chassis::db::to_chrono;

/// A rating; nothing in it tells whose.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Rated {
    pub(crate) id: Uuid,
    pub(crate) item_title: String,
    pub(crate) division: String,
    pub(crate) level: i16,
    #[sqlx(default)]
    pub(crate) words: String,
    pub(crate) words_sealed: Option<Vec<u8>>,
    pub(crate) given_at: DateTime<Utc>,
    pub(crate) due_on: Option<NaiveDate>,
    pub(crate) answer: Option<String>,
}

/// How often a level was given.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Count {
    pub(crate) level: i16,
    pub(crate) count: i64,
}

/// A rating to be stored.
pub(super) struct New<'a> {
    pub(super) id: Uuid,
    pub(super) number: &'a str,
    pub(super) account: Uuid,
    pub(super) item_title: &'a str,
    pub(super) division: &'a str,
    pub(super) level: i16,
    pub(super) words_sealed: Option<Vec<u8>>,
    pub(super) given_at: Timestamp,
    pub(super) due_on: Option<NaiveDate>,
}

/// Stores it; false when the matter was rated before.
pub(super) async fn insert(conn: &mut PgConnection, new: &New<'_>) -> sqlx::Result<bool> {
    let stored = sqlx::query(
        "insert into gateway.rating
             (id, number, account, item_title, division, level, words_sealed, given_at, due_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (number) do nothing",
    )
    .bind(new.id)
    .bind(new.number)
    .bind(new.account)
    .bind(new.item_title)
    .bind(new.division)
    .bind(new.level)
    .bind(&new.words_sealed)
    .bind(to_chrono(new.given_at))
    .bind(new.due_on)
    .execute(conn)
    .await?;
    Ok(stored.rows_affected() == 1)
}

/// The level a matter was given; none: not yet.
pub(super) async fn level_of(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<i16>> {
    sqlx::query_scalar("select level from gateway.rating where number = $1")
        .bind(number)
        .fetch_optional(conn)
        .await
}

/// The bad ones of these regions, open ones first; none of `account`'s own.
pub(super) async fn bad(
    conn: &mut PgConnection,
    scopes: &[&str],
    account: Uuid,
) -> sqlx::Result<Vec<Rated>> {
    sqlx::query_as(
        "select id, item_title, division, level, words_sealed, given_at, due_on, answer
           from gateway.rating
          where due_on is not null and account <> $2
            and exists (select from unnest($1::text[]) as scope where starts_with(division, scope))
          order by answered_at is not null, due_on, id limit 200",
    )
    .bind(scopes)
    .bind(account)
    .fetch_all(conn)
    .await
}

/// How often each level was given in these regions since then.
pub(super) async fn counts(
    conn: &mut PgConnection,
    scopes: &[&str],
    since: Timestamp,
) -> sqlx::Result<Vec<Count>> {
    sqlx::query_as(
        "select level, count(*) from gateway.rating
          where given_at >= $2
            and exists (select from unnest($1::text[]) as scope where starts_with(division, scope))
          group by level order by level desc",
    )
    .bind(scopes)
    .bind(to_chrono(since))
    .fetch_all(conn)
    .await
}

/// Answers a bad one of these regions that nobody has answered; gives whom to tell: the account,
/// the number of the matter, its title.
pub(super) async fn answer(
    conn: &mut PgConnection,
    id: Uuid,
    scopes: &[&str],
    (by, text): (Uuid, &str),
    now: Timestamp,
) -> sqlx::Result<Option<(Uuid, String, String)>> {
    sqlx::query_as(
        "update gateway.rating set answer = $4, answered_by = $3, answered_at = $5
          where id = $1 and due_on is not null and answered_at is null and account <> $3
            and exists (select from unnest($2::text[]) as scope where starts_with(division, scope))
        returning account, number, item_title",
    )
    .bind(id)
    .bind(scopes)
    .bind(by)
    .bind(text)
    .bind(to_chrono(now))
    .fetch_optional(conn)
    .await
}
