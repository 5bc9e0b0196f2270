//! Halls and slots in their tables.

use chrono::{DateTime, NaiveTime, Timelike as _, Utc};
use jiff::{Timestamp, civil::Time};
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, to_chrono};

use super::{
    Room, local,
    plan::{Hours, Taken},
};

/// A hall.
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
    /// Open for business.
    pub(super) active: bool,
    pub(super) version: i64,
    /// Residents of the county, once somebody said it.
    pub(super) population: Option<i32>,
}

impl Hall {
    pub(super) fn from_row(row: &PgRow) -> sqlx::Result<Self> {
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
            active: row.try_get("active")?,
            version: row.try_get("version")?,
            population: row.try_get("population")?,
        })
    }
}

/// A time of a column.
pub(super) fn time(time: NaiveTime) -> Time {
    let (hour, minute) = (i8::try_from(time.hour()), i8::try_from(time.minute()));
    Time::new(hour.unwrap_or(0), minute.unwrap_or(0), 0, 0).unwrap_or(Time::MIN)
}

/// A time for a column.
pub(super) fn column(time: Time) -> Option<NaiveTime> {
    let (hour, minute) = (time.hour().unsigned_abs(), time.minute().unsigned_abs());
    NaiveTime::from_hms_opt(hour.into(), minute.into(), 0)
}

/// Halls open for business whose division begins with `scope`.
pub(super) async fn halls(conn: &mut PgConnection, scope: &str) -> sqlx::Result<Vec<Hall>> {
    let rows = sqlx::query(
        "select * from marriage.hall where active and starts_with(division, $1) order by code",
    )
    .bind(scope)
    .fetch_all(conn)
    .await?;
    rows.iter().map(Hall::from_row).collect()
}

/// The hall with this code, when it is open for business.
pub(super) async fn hall(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<Hall>> {
    let row = sqlx::query("select * from marriage.hall where active and code = $1")
        .bind(code)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Hall::from_row).transpose()
}

/// As [`hall`], held as it is: until the transaction ends nobody changes it or its days.
/// Those who book do not wait for each other.
pub(super) async fn hold(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<Hall>> {
    let row = sqlx::query("select * from marriage.hall where active and code = $1 for key share")
        .bind(code)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Hall::from_row).transpose()
}

/// A statement on the places of a room: each has a table of its own.
macro_rules! on_places {
    ($room:expr, $before:literal, $after:literal) => {
        match $room {
            Room::Counter => concat!($before, " marriage.slot ", $after),
            Room::Counselling => concat!($before, " marriage.counselling_slot ", $after),
        }
    };
}

/// How many have booked a hall's times from `from` until before `to`.
pub(super) async fn taken(
    conn: &mut PgConnection,
    room: Room,
    hall: &str,
    from: Timestamp,
    to: Timestamp,
) -> sqlx::Result<Taken> {
    let rows: Vec<(DateTime<Utc>, i32)> = sqlx::query_as(on_places!(
        room,
        "select starts_at, booked from",
        "where hall = $1 and starts_at >= $2 and starts_at < $3"
    ))
    .bind(hall)
    .bind(to_chrono(from))
    .bind(to_chrono(to))
    .fetch_all(conn)
    .await?;
    let taken = rows.into_iter();
    Ok(taken
        .map(|(at, booked)| (local(from_chrono(at)), booked))
        .collect())
}

/// Whether a time of so many places is full, read without a lock. An account that booked it before is told
/// no: its repeated call must get the same answer.
pub(super) async fn is_full(
    conn: &mut PgConnection,
    room: Room,
    hall: &str,
    (at, capacity): (Timestamp, i32),
    account: Uuid,
) -> sqlx::Result<bool> {
    let full: Option<bool> = sqlx::query_scalar(on_places!(
        room,
        "select booked >= $4 and not exists (
             select from marriage.appointment
              where account = $3 and hall = $1 and starts_at = $2)
           from",
        "where hall = $1 and starts_at = $2"
    ))
    .bind(hall)
    .bind(to_chrono(at))
    .bind(account)
    .bind(capacity)
    .fetch_optional(conn)
    .await?;
    Ok(full.unwrap_or(false))
}

/// Takes one of so many places at a time, whose row the first one makes; false when all are
/// taken.
pub(super) async fn take(
    conn: &mut PgConnection,
    room: Room,
    hall: &str,
    (at, capacity): (Timestamp, i32),
) -> sqlx::Result<bool> {
    let taken = sqlx::query(on_places!(
        room,
        "insert into",
        "as slot (hall, starts_at, capacity, booked)
         values ($1, $2, $3, 1)
         on conflict (hall, starts_at)
         do update set booked = slot.booked + 1, capacity = excluded.capacity
          where slot.booked < excluded.capacity"
    ))
    .bind(hall)
    .bind(to_chrono(at))
    .bind(capacity)
    .execute(conn)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Gives a place back.
pub(super) async fn give_back(
    conn: &mut PgConnection,
    room: Room,
    hall: &str,
    at: Timestamp,
) -> sqlx::Result<()> {
    let sql = on_places!(
        room,
        "update",
        "set booked = booked - 1 where hall = $1 and starts_at = $2"
    );
    sqlx::query(sql)
        .bind(hall)
        .bind(to_chrono(at))
        .execute(conn)
        .await?;
    Ok(())
}

/// Tells the times of a counter from `from` until before `to` how many places they have now;
/// whoever booked keeps the place, however few there are.
pub(super) async fn resize(
    conn: &mut PgConnection,
    hall: &str,
    (from, to): (Timestamp, Timestamp),
    capacity: i32,
) -> sqlx::Result<()> {
    sqlx::query(
        "update marriage.slot set capacity = greatest(booked, $4)
          where hall = $1 and starts_at >= $2 and starts_at < $3",
    )
    .bind(hall)
    .bind(to_chrono(from))
    .bind(to_chrono(to))
    .bind(capacity)
    .execute(conn)
    .await?;
    Ok(())
}
