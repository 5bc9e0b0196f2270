//! Facilities and slots in their tables.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, to_chrono};

use super::{local, plan::Taken};

/// A facility that can be visited.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Facility {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) division: String,
    pub(super) address: String,
    pub(super) phone: String,
    /// For how many it has room at once; none: it does not say.
    pub(super) visitors: Option<i32>,
}

/// Open facilities; a funeral home only where ashes are kept in niches.
macro_rules! facilities {
    ($rest:literal) => {
        concat!(
            "select code, name, kind, division, address, phone,
                    case jsonb_typeof(equipment -> 'visitors')
                         when 'number' then least((equipment ->> 'visitors')::numeric, 100000)::int
                    end as visitors
               from burial.facility f
              where active and ",
            $rest
        )
    };
}

/// Those whose division begins with `scope`.
pub(super) async fn facilities(
    conn: &mut PgConnection,
    scope: &str,
) -> sqlx::Result<Vec<Facility>> {
    sqlx::query_as(facilities!(
        "starts_with(division, $1)
         and (kind <> 'funeral_home'
              or exists (select from burial.spot s where s.facility = f.code))
         order by code"
    ))
    .bind(scope)
    .fetch_all(conn)
    .await
}

/// The one with this code.
pub(super) async fn facility(
    conn: &mut PgConnection,
    code: &str,
) -> sqlx::Result<Option<Facility>> {
    sqlx::query_as(facilities!("code = $1"))
        .bind(code.trim())
        .fetch_optional(conn)
        .await
}

/// How many places are taken of the times from `from` until before `to`.
pub(super) async fn taken(
    conn: &mut PgConnection,
    facility: &str,
    from: Timestamp,
    to: Timestamp,
) -> sqlx::Result<Taken> {
    let rows: Vec<(DateTime<Utc>, i32)> = sqlx::query_as(
        "select starts_at, booked from burial.visit_slot
          where facility = $1 and starts_at >= $2 and starts_at < $3",
    )
    .bind(facility)
    .bind(to_chrono(from))
    .bind(to_chrono(to))
    .fetch_all(conn)
    .await?;
    let taken = rows.into_iter();
    Ok(taken
        .map(|(at, booked)| (local(from_chrono(at)), booked))
        .collect())
}

/// So many places of a time that has so many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    pub(super) at: Timestamp,
    pub(super) wanted: i32,
    pub(super) capacity: i32,
}

/// Whether they are not there any more, read without a lock. An account that booked the day
/// before is told no: its repeated call must get the same answer.
pub(super) async fn is_full(
    conn: &mut PgConnection,
    facility: &str,
    places: Places,
    account: Uuid,
) -> sqlx::Result<bool> {
    let full: bool = sqlx::query_scalar(
        "select coalesce((select booked from burial.visit_slot
                           where facility = $1 and starts_at = $2), 0) + $3 > $4
            and not exists (select from burial.visit
                             where account = $5 and facility = $1 and starts_at = $2)",
    )
    .bind(facility)
    .bind(to_chrono(places.at))
    .bind(places.wanted)
    .bind(places.capacity)
    .bind(account)
    .fetch_one(conn)
    .await?;
    Ok(full)
}

/// Takes them; the first one makes the row. False when they are not there any more.
pub(super) async fn take(
    conn: &mut PgConnection,
    facility: &str,
    places: Places,
) -> sqlx::Result<bool> {
    let taken = sqlx::query(
        "insert into burial.visit_slot as slot (facility, starts_at, capacity, booked)
         select $1, $2, $3, $4 where $4 <= $3
         on conflict (facility, starts_at)
         do update set booked = slot.booked + excluded.booked, capacity = excluded.capacity
          where slot.booked + excluded.booked <= excluded.capacity",
    )
    .bind(facility)
    .bind(to_chrono(places.at))
    .bind(places.capacity)
    .bind(places.wanted)
    .execute(conn)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Gives places back.
pub(super) async fn give_back(
    conn: &mut PgConnection,
    facility: &str,
    at: Timestamp,
    places: i32,
) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.visit_slot set booked = booked - $3 where facility = $1 and starts_at = $2",
    )
    .bind(facility)
    .bind(to_chrono(at))
    .bind(places)
    .execute(conn)
    .await?;
    Ok(())
}
