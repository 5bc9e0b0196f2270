//! Areas, and what the staff of a facility looks after. Nothing here reads uses one by one.

use chrono::{DateTime, NaiveDate, Utc};
use jiff::{Timestamp, civil::Date};
use sqlx::{FromRow, PgConnection, Row as _};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, from_chrono_date, to_chrono, to_chrono_date};

use super::{Place, label, place};
use crate::domain::ledger::SpotState;

/// An area, counted by the database.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Area {
    /// Name.
    pub area: String,
    /// Code of its kind.
    pub kind: String,
    /// Code of its price.
    pub price: String,
    /// Takes nobody new.
    pub closed: bool,
    /// Places.
    pub places: i64,
    /// With room.
    pub free: i64,
    /// Not yet on offer.
    pub planned: i64,
    /// How many more may be laid to rest there; holds that count are taken off.
    pub room: i64,
    /// Somebody lies there, or is to.
    pub used: i64,
}

/// The areas of a facility, or the one of this name.
///
/// # Errors
/// The database does not answer, as for all of the following.
pub async fn areas(
    conn: &mut PgConnection,
    facility: &str,
    name: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<Vec<Area>> {
    sqlx::query_as(
        "select area, min(kind) kind, min(price) price, bool_or(closed) closed, count(*) places,
                count(*) filter (where burial.spot_is_free(s, $3)) free,
                count(*) filter (where state = 'planned') planned,
                coalesce(sum(case
                  when not burial.spot_is_free(s, $3) then 0
                  when kind in ('tree', 'flower', 'lawn', 'wall', 'tower', 'sea') then
                    capacity - used - (select count(*) from burial.spot_hold h
                                        where s.held > 0 and h.spot = s.id and h.until > $3)
                  else 1 end), 0)::bigint room,
                coalesce(sum(used), 0)::bigint used
           from burial.spot s
          where facility = $1 and ($2::text is null or area = $2)
          group by area order by area",
    )
    .bind(facility)
    .bind(name)
    .bind(to_chrono(now))
    .fetch_all(conn)
    .await
}

/// A place of an area as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The place; holds and uses are not read.
    pub place: Place,
    /// How many lie there, or are to.
    pub used: i32,
    /// Holds that count.
    pub held: i32,
    /// May be chosen.
    pub free: bool,
}

/// All places of an area, in order.
///
/// # Errors
/// The database does not answer.
pub async fn of_area(
    conn: &mut PgConnection,
    facility: &str,
    area: &str,
    now: Timestamp,
) -> sqlx::Result<Vec<Shown>> {
    let rows = sqlx::query(
        "select s.*, burial.spot_is_free(s, $3) free,
                (case when s.held = 0 then 0
                      else (select count(*) from burial.spot_hold h
                             where h.spot = s.id and h.until > $3) end)::int holds
           from burial.spot s where facility = $1 and area = $2 order by line, place",
    )
    .bind(facility)
    .bind(area)
    .bind(to_chrono(now))
    .fetch_all(conn)
    .await?;
    let places = rows.iter().map(|row| {
        Ok(Shown {
            place: place(row)?,
            used: row.try_get("used")?,
            held: row.try_get("holds")?,
            free: row.try_get("free")?,
        })
    });
    places.collect()
}

/// Holds of a facility that count: place, its name, who, until when.
///
/// # Errors
/// The database does not answer.
pub async fn held(
    conn: &mut PgConnection,
    facility: &str,
    now: Timestamp,
) -> sqlx::Result<Vec<(Uuid, String, String, Timestamp)>> {
    let rows: Vec<(Uuid, String, i32, i32, String, DateTime<Utc>)> = sqlx::query_as(
        "select s.id, s.area, s.line, s.place, h.holder, h.until
           from burial.spot_hold h join burial.spot s on s.id = h.spot
          where s.facility = $1 and h.until > $2
          order by s.area, s.line, s.place, h.until limit 500",
    )
    .bind(facility)
    .bind(to_chrono(now))
    .fetch_all(conn)
    .await?;
    let named = rows.into_iter().map(|(id, area, line, place, by, until)| {
        (id, label(&area, line, place), by, from_chrono(until))
    });
    Ok(named.collect())
}

/// Places of a facility in a state, without uses.
///
/// # Errors
/// The database does not answer.
pub async fn in_state(
    conn: &mut PgConnection,
    facility: &str,
    state: SpotState,
) -> sqlx::Result<Vec<Place>> {
    let rows = sqlx::query(
        "select * from burial.spot where facility = $1 and state = $2 order by area, line, place",
    )
    .bind(facility)
    .bind(state.code())
    .fetch_all(conn)
    .await?;
    rows.iter().map(place).collect()
}

/// Contracts of a facility that end by `until`: case, place in words, last day.
///
/// # Errors
/// The database does not answer.
pub async fn ending(
    conn: &mut PgConnection,
    facility: &str,
    until: Date,
) -> sqlx::Result<Vec<(String, String, Date)>> {
    let rows: Vec<(String, String, i32, i32, NaiveDate)> = sqlx::query_as(
        "select u.case_number, s.area, s.line, s.place, u.until_day
           from burial.spot_use u join burial.spot s on s.id = u.spot
          where s.facility = $1 and u.state <> 'moved' and u.until_day <= $2
          order by u.until_day, u.case_number limit 500",
    )
    .bind(facility)
    .bind(to_chrono_date(until))
    .fetch_all(conn)
    .await?;
    let ending = rows.into_iter().map(|(case, area, line, place, until)| {
        (case, label(&area, line, place), from_chrono_date(until))
    });
    Ok(ending.collect())
}

/// Deposits of a facility that are paid until `until` or less: case, urn, last day.
///
/// # Errors
/// The database does not answer.
pub async fn deposits_ending(
    conn: &mut PgConnection,
    facility: &str,
    until: Date,
) -> sqlx::Result<Vec<(String, String, Date)>> {
    let rows: Vec<(String, String, NaiveDate)> = sqlx::query_as(
        "select case_number, urn, paid_until from burial.deposit
          where facility = $1 and ended_at is null and paid_until <= $2
          order by paid_until, case_number limit 500",
    )
    .bind(facility)
    .bind(to_chrono_date(until))
    .fetch_all(conn)
    .await?;
    let ending = rows
        .into_iter()
        .map(|(case, urn, until)| (case, urn, from_chrono_date(until)));
    Ok(ending.collect())
}
