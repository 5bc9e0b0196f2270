//! Halls and slots in their tables.

use chrono::{DateTime, NaiveTime, Timelike as _, Utc};
use jiff::{Timestamp, civil::Time};
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, to_chrono};

use super::{
    local,
    plan::{Hours, Places, Taken},
};

/// A hall that is open for business.
#[derive(Debug, Clone)]
pub(super) struct Hall {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) phone: String,
    pub(super) division: String,
    pub(super) grade: String,
    pub(super) competence: Vec<String>,
    pub(super) hours: Hours,
    pub(super) capacity: i32,
}

impl Hall {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let minutes: i32 = row.try_get("slot_minutes")?;
        Ok(Self {
            code: row.try_get("code")?,
            name: row.try_get("name")?,
            address: row.try_get("address")?,
            phone: row.try_get("phone")?,
            division: row.try_get("division")?,
            grade: row.try_get("grade")?,
            competence: row.try_get("competence")?,
            hours: Hours {
                opens: time(row.try_get("opens")?),
                closes_noon: time(row.try_get("closes_noon")?),
                opens_noon: time(row.try_get("opens_noon")?),
                closes: time(row.try_get("closes")?),
                slot_minutes: u16::try_from(minutes).unwrap_or(u16::MAX),
            },
            capacity: row.try_get("slot_capacity")?,
        })
    }
}

fn time(time: NaiveTime) -> Time {
    let (hour, minute) = (i8::try_from(time.hour()), i8::try_from(time.minute()));
    Time::new(hour.unwrap_or(0), minute.unwrap_or(0), 0, 0).unwrap_or(Time::MIN)
}

/// Halls whose division begins with `scope`.
pub(super) async fn halls(conn: &mut PgConnection, scope: &str) -> sqlx::Result<Vec<Hall>> {
    let rows = sqlx::query(
        "select * from marriage.hall where active and starts_with(division, $1) order by code",
    )
    .bind(scope)
    .fetch_all(conn)
    .await?;
    rows.iter().map(Hall::from_row).collect()
}

/// The hall with this code.
pub(super) async fn hall(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<Hall>> {
    let row = sqlx::query("select * from marriage.hall where active and code = $1")
        .bind(code)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Hall::from_row).transpose()
}

/// What is stored of a hall's times from `from` until before `to`.
pub(super) async fn taken(
    conn: &mut PgConnection,
    hall: &str,
    from: Timestamp,
    to: Timestamp,
) -> sqlx::Result<Taken> {
    let rows: Vec<(DateTime<Utc>, i32, i32)> = sqlx::query_as(
        "select starts_at, capacity, booked from marriage.slot
          where hall = $1 and starts_at >= $2 and starts_at < $3",
    )
    .bind(hall)
    .bind(to_chrono(from))
    .bind(to_chrono(to))
    .fetch_all(conn)
    .await?;
    let places = rows.into_iter().map(|(at, capacity, booked)| {
        let places = Places { capacity, booked };
        (local(from_chrono(at)), places)
    });
    Ok(places.collect())
}

/// Whether a time is full, read without a lock. An account that booked it before is told
/// no: its repeated call must get the same answer.
pub(super) async fn is_full(
    conn: &mut PgConnection,
    hall: &str,
    at: Timestamp,
    account: Uuid,
) -> sqlx::Result<bool> {
    let full: Option<bool> = sqlx::query_scalar(
        "select booked >= capacity and not exists (
             select from marriage.appointment
              where account = $3 and hall = $1 and starts_at = $2)
           from marriage.slot where hall = $1 and starts_at = $2",
    )
    .bind(hall)
    .bind(to_chrono(at))
    .bind(account)
    .fetch_optional(conn)
    .await?;
    Ok(full.unwrap_or(false))
}

/// Takes a place at a time, whose row the first one makes; false when all are taken.
pub(super) async fn take(
    conn: &mut PgConnection,
    hall: &Hall,
    at: Timestamp,
) -> sqlx::Result<bool> {
    let taken = sqlx::query(
        "insert into marriage.slot as slot (hall, starts_at, capacity, booked)
         values ($1, $2, $3, 1)
         on conflict (hall, starts_at)
         do update set booked = slot.booked + 1 where slot.booked < slot.capacity",
    )
    .bind(&hall.code)
    .bind(to_chrono(at))
    .bind(hall.capacity)
    .execute(conn)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Gives a place back.
pub(super) async fn give_back(
    conn: &mut PgConnection,
    hall: &str,
    at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("update marriage.slot set booked = booked - 1 where hall = $1 and starts_at = $2")
        .bind(hall)
        .bind(to_chrono(at))
        .execute(conn)
        .await?;
    Ok(())
}
