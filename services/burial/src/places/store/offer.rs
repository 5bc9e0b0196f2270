//! What is free, and who holds what.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::to_chrono;

use super::{Place, label};

/// Whether a place cannot be chosen now, by a plain read.
///
/// # Errors
/// The database does not answer.
pub async fn is_taken(
    conn: &mut PgConnection,
    id: Uuid,
    by: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let free: Option<bool> = sqlx::query_scalar(
        "select burial.spot_is_free(s, $3)
                or exists (select from burial.spot_hold h where h.spot = s.id and h.holder = $2)
           from burial.spot s where id = $1",
    )
    .bind(id)
    .bind(by)
    .bind(to_chrono(now))
    .fetch_optional(conn)
    .await?;
    Ok(free == Some(false))
}

/// So many others are named to whoever comes second.
pub const OFFERED: i64 = 5;

/// The next free places of the same kind in the same facility: same area first, nearest first.
///
/// # Errors
/// The database does not answer.
pub async fn next_free(
    conn: &mut PgConnection,
    place: &Place,
    now: Timestamp,
) -> sqlx::Result<Vec<(Uuid, String)>> {
    let rows: Vec<(Uuid, String, i32, i32)> = sqlx::query_as(
        "select id, area, line, place from burial.spot s
          where facility = $1 and kind = $2 and id <> $7 and burial.spot_is_free(s, $6)
          order by area <> $3, abs(line - $4) * 2 + abs(place - $5), line, place, id limit $8",
    )
    .bind(&place.facility)
    .bind(place.spot.kind.code())
    .bind(&place.area)
    .bind(place.line)
    .bind(place.place)
    .bind(to_chrono(now))
    .bind(place.id)
    .bind(OFFERED)
    .fetch_all(conn)
    .await?;
    let named = rows
        .into_iter()
        .map(|(id, area, line, place)| (id, label(&area, line, place)));
    Ok(named.collect())
}

/// Ids of what a holder holds, lapsed holds too.
///
/// # Errors
/// The database does not answer.
pub async fn held_by(conn: &mut PgConnection, by: &str) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("select spot from burial.spot_hold where holder = $1 order by spot")
        .bind(by)
        .fetch_all(conn)
        .await
}

/// Where a person has a place, in words.
///
/// # Errors
/// The database does not answer.
pub async fn rests(
    conn: &mut PgConnection,
    person: &str,
    but_case: &str,
) -> sqlx::Result<Option<String>> {
    let row: Option<(String, String, i32, i32)> = sqlx::query_as(
        "select f.name, s.area, s.line, s.place
           from burial.spot_use u join burial.spot s on s.id = u.spot
           join burial.facility f on f.code = s.facility
          where u.person_key = $1 and u.state <> 'moved' and u.case_number <> $2",
    )
    .bind(person)
    .bind(but_case)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(name, area, line, place)| format!("{name}{}", label(&area, line, place))))
}
