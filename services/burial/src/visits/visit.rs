//! Visits in their table. Locks are taken in one order: slot, visit; a visit gives its places
//! back only while it is locked itself, which nobody waits for who holds a slot.

use jiff::Timestamp;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, to_chrono, to_chrono_date};

use super::local;

/// A visit; who comes is sealed in `body`.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub(super) number: String,
    pub(super) facility: String,
    pub(super) facility_name: String,
    pub(super) facility_address: String,
    pub(super) division: String,
    pub(super) starts_at: Timestamp,
    pub(super) ends_at: Timestamp,
    pub(super) kind: String,
    pub(super) account: Uuid,
    pub(super) companions: i32,
    pub(super) cars: i32,
    /// Taken in its slot.
    pub(super) places: i32,
    pub(super) state: String,
    pub(super) body: Vec<u8>,
}

impl Visit {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        Ok(Self {
            number: row.try_get("number")?,
            facility: row.try_get("facility")?,
            facility_name: row.try_get("facility_name")?,
            facility_address: row.try_get("facility_address")?,
            division: row.try_get("division")?,
            starts_at: from_chrono(row.try_get("starts_at")?),
            ends_at: from_chrono(row.try_get("ends_at")?),
            kind: row.try_get("kind")?,
            account: row.try_get("account")?,
            companions: row.try_get("companions")?,
            cars: row.try_get("cars")?,
            places: row.try_get("places")?,
            state: row.try_get("state")?,
            body: row.try_get("body")?,
        })
    }
}

/// The next serial of a visit's number.
pub(super) async fn next_serial(conn: &mut PgConnection) -> sqlx::Result<u64> {
    let serial: i64 = sqlx::query_scalar("select nextval('burial.visit_serial')")
        .fetch_one(conn)
        .await?;
    Ok(serial.unsigned_abs())
}

/// Stores a new visit. An account that comes on this day already violates `one_visit`.
pub(super) async fn insert(
    conn: &mut PgConnection,
    new: &Visit,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into burial.visit
             (number, facility, starts_at, ends_at, day, kind, account, companions, cars, places,
              state, body, booked_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)",
    )
    .bind(&new.number)
    .bind(&new.facility)
    .bind(to_chrono(new.starts_at))
    .bind(to_chrono(new.ends_at))
    .bind(to_chrono_date(local(new.starts_at).date()))
    .bind(&new.kind)
    .bind(new.account)
    .bind(new.companions)
    .bind(new.cars)
    .bind(new.places)
    .bind(&new.state)
    .bind(&new.body)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a visit into a state, with what is sealed of it now.
pub(super) async fn close(
    conn: &mut PgConnection,
    visit: &Visit,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("update burial.visit set state = $2, body = $3, changed_at = $4 where number = $1")
        .bind(&visit.number)
        .bind(&visit.state)
        .bind(&visit.body)
        .bind(to_chrono(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// Visits with their facilities.
macro_rules! visits {
    ($rest:literal) => {
        concat!(
            "select v.*, f.name as facility_name, f.address as facility_address, f.division
               from burial.visit v join burial.facility f on f.code = v.facility ",
            $rest
        )
    };
}

/// One visit, locked.
pub(super) async fn lock(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<Visit>> {
    let row = sqlx::query(visits!("where v.number = $1 for update of v"))
        .bind(number)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Visit::from_row).transpose()
}

/// What an account booked, latest first.
pub(super) async fn own(conn: &mut PgConnection, account: Uuid) -> sqlx::Result<Vec<Visit>> {
    let rows = sqlx::query(visits!(
        "where v.account = $1 order by v.starts_at desc, v.number limit 50"
    ))
    .bind(account)
    .fetch_all(conn)
    .await?;
    rows.iter().map(Visit::from_row).collect()
}

/// Whoever booked a facility from `from` until before `to`, cancelled ones left out.
pub(super) async fn of_facility(
    conn: &mut PgConnection,
    facility: &str,
    from: Timestamp,
    to: Timestamp,
) -> sqlx::Result<Vec<Visit>> {
    let rows = sqlx::query(visits!(
        "where v.facility = $1 and v.starts_at >= $2 and v.starts_at < $3
           and v.state <> 'cancelled'
         order by v.starts_at, v.number"
    ))
    .bind(facility)
    .bind(to_chrono(from))
    .bind(to_chrono(to))
    .fetch_all(conn)
    .await?;
    rows.iter().map(Visit::from_row).collect()
}

/// Facilities, with their divisions, where somebody is waited for whose time is over.
pub(super) async fn waiting(
    conn: &mut PgConnection,
    now: Timestamp,
) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as(
        "select distinct f.division, f.code
           from burial.visit v join burial.facility f on f.code = v.facility
          where v.state = 'booked' and v.kind = 'in_person' and v.ends_at < $1
          order by f.code",
    )
    .bind(to_chrono(now))
    .fetch_all(conn)
    .await
}

/// Missed visits of a facility that ended before `before`, locked; those that somebody else has
/// locked are left for the next time.
pub(super) async fn lock_missed(
    conn: &mut PgConnection,
    facility: &str,
    before: Timestamp,
    most: i64,
) -> sqlx::Result<Vec<Visit>> {
    let rows = sqlx::query(visits!(
        "where v.state = 'booked' and v.kind = 'in_person' and v.facility = $1
           and v.ends_at < $2
         order by v.ends_at limit $3 for update of v skip locked"
    ))
    .bind(facility)
    .bind(to_chrono(before))
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.iter().map(Visit::from_row).collect()
}
