//! Articles and meals: every one that comes in or goes out is counted, never below nothing.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::ApplyError;
use yiwang_chassis::{db::to_chrono, ids};

use super::refuse;

/// An article.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Article {
    /// Id.
    pub id: Uuid,
    /// Its station.
    pub station: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// `meal`, `clothing`, `bedding`, `medicine`, `hygiene`, `ticket`, `other`.
    pub kind: String,
    /// What is left.
    pub on_hand: i32,
}

/// A move of an article.
#[derive(Debug, Clone, Copy)]
pub struct Move<'a> {
    /// The article.
    pub article: Uuid,
    /// Positive: delivered; negative: given out or written off.
    pub quantity: i32,
    /// To whom; none: delivered or written off.
    pub case_number: Option<&'a str>,
    /// To whom in the street.
    pub encounter: Option<Uuid>,
    /// Why.
    pub reason: &'a str,
    /// By whom.
    pub by: &'a str,
}

/// A line of the moves.
#[derive(Debug, Clone, FromRow)]
pub struct Moved {
    /// When.
    pub at: DateTime<Utc>,
    /// How many.
    pub quantity: i32,
    /// To whom.
    pub case_number: Option<String>,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
}

/// Articles of a station.
///
/// # Errors
/// The database does not answer.
pub async fn of_station(conn: &mut PgConnection, station: &str) -> sqlx::Result<Vec<Article>> {
    sqlx::query_as(
        "select id, station, name, unit, kind, on_hand from rescue.article
          where station = $1 order by kind, name",
    )
    .bind(station)
    .fetch_all(conn)
    .await
}

/// An article.
///
/// # Errors
/// The database does not answer.
pub async fn find(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Article>> {
    sqlx::query_as(
        "select id, station, name, unit, kind, on_hand from rescue.article where id = $1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await
}

/// The last moves of an article.
///
/// # Errors
/// The database does not answer.
pub async fn moves(conn: &mut PgConnection, article: Uuid) -> sqlx::Result<Vec<Moved>> {
    sqlx::query_as(
        "select at, quantity, case_number, reason, by from rescue.article_move
          where article = $1 order by at desc, id desc limit 200",
    )
    .bind(article)
    .fetch_all(conn)
    .await
}

/// Counts a move. Returns what is left.
///
/// # Errors
/// `OUT_OF_STOCK`, `ARTICLE_UNKNOWN`.
pub async fn count(
    conn: &mut PgConnection,
    mv: Move<'_>,
    now: Timestamp,
) -> Result<i32, ApplyError> {
    let on_hand: Option<i64> = sqlx::query_scalar(
        "select on_hand::bigint + $2 from rescue.article where id = $1 for update",
    )
    .bind(mv.article)
    .bind(mv.quantity)
    .fetch_optional(&mut *conn)
    .await?;
    let on_hand = on_hand.ok_or_else(|| refuse("ARTICLE_UNKNOWN", "没有这种物品，请重新选择。"))?;
    let on_hand = i32::try_from(on_hand)
        .ok()
        .filter(|on_hand| *on_hand >= 0)
        .ok_or_else(|| refuse("OUT_OF_STOCK", "库存不够，请先登记入库，或者少发一些。"))?;
    sqlx::query("update rescue.article set on_hand = $2 where id = $1")
        .bind(mv.article)
        .bind(on_hand)
        .execute(&mut *conn)
        .await?;
    sqlx::query(
        "insert into rescue.article_move
             (id, article, quantity, case_number, encounter, reason, at, by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(ids::new(now))
    .bind(mv.article)
    .bind(mv.quantity)
    .bind(mv.case_number)
    .bind(mv.encounter)
    .bind(mv.reason)
    .bind(to_chrono(now))
    .bind(mv.by)
    .execute(conn)
    .await?;
    Ok(on_hand)
}
