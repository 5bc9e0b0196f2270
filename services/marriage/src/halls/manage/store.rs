//! Halls and registrars as the county keeps them, closed and former ones too.

use chrono::NaiveDate;
use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono_date, to_chrono, to_chrono_date};

use super::valid::Draft;
use crate::halls::store::{Hall, column};

/// The hall with this code.
pub(super) async fn hall(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<Hall>> {
    let row = sqlx::query("select * from marriage.hall where code = $1")
        .bind(code)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Hall::from_row).transpose()
}

/// The same, locked; whoever books there waits.
pub(super) async fn lock(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<Hall>> {
    let row = sqlx::query("select * from marriage.hall where code = $1 for update")
        .bind(code)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Hall::from_row).transpose()
}

/// Halls whose division begins with one of `scopes`.
pub(super) async fn halls(conn: &mut PgConnection, scopes: &[&str]) -> sqlx::Result<Vec<Hall>> {
    let rows = sqlx::query(
        "select * from marriage.hall
          where exists (select 1 from unnest($1::text[]) scope where starts_with(division, scope))
          order by active desc, code",
    )
    .bind(scopes)
    .fetch_all(conn)
    .await?;
    rows.iter().map(Hall::from_row).collect()
}

/// Opens a hall; without a code it gets the next of its township. None when the code is
/// taken.
pub(super) async fn open(
    conn: &mut PgConnection,
    draft: &Draft,
    now: Timestamp,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "insert into marriage.hall
             (code, division, name, address, phone, grade, competence, opens, closes_noon,
              opens_noon, closes, slot_minutes, slot_capacity, population, active, changed_at)
         values (coalesce(nullif($1, ''), $2 || '-' || (
                     select to_char(coalesce(max(right(code, 2)::int), 0) + 1, 'FM00')
                       from marriage.hall where division = $2)),
                 $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict (code) do nothing returning code",
    )
    .bind(&draft.code)
    .bind(&draft.division)
    .bind(&draft.name)
    .bind(&draft.address)
    .bind(&draft.phone)
    .bind(&draft.grade)
    .bind(&draft.competence)
    .bind(column(draft.hours.opens))
    .bind(column(draft.hours.closes_noon))
    .bind(column(draft.hours.opens_noon))
    .bind(column(draft.hours.closes))
    .bind(i32::from(draft.hours.slot_minutes))
    .bind(draft.capacity)
    .bind(draft.population)
    .bind(draft.active)
    .bind(to_chrono(now))
    .fetch_optional(conn)
    .await
}

/// Changes the hall `code`.
pub(super) async fn change(
    conn: &mut PgConnection,
    code: &str,
    draft: &Draft,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update marriage.hall
            set name = $2, address = $3, phone = $4, grade = $5, competence = $6, opens = $7,
                closes_noon = $8, opens_noon = $9, closes = $10, slot_minutes = $11,
                slot_capacity = $12, population = $13, active = $14, changed_at = $15,
                version = version + 1
          where code = $1",
    )
    .bind(code)
    .bind(&draft.name)
    .bind(&draft.address)
    .bind(&draft.phone)
    .bind(&draft.grade)
    .bind(&draft.competence)
    .bind(column(draft.hours.opens))
    .bind(column(draft.hours.closes_noon))
    .bind(column(draft.hours.opens_noon))
    .bind(column(draft.hours.closes))
    .bind(i32::from(draft.hours.slot_minutes))
    .bind(draft.capacity)
    .bind(draft.population)
    .bind(draft.active)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// A registrar of a hall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Registrar {
    pub(super) account: Uuid,
    pub(super) name: String,
    pub(super) active: bool,
    pub(super) qualified_until: Date,
    pub(super) trained_on: Option<Date>,
    pub(super) examined_on: Option<Date>,
    pub(super) kinds: Vec<String>,
}

impl Registrar {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let day = |column: &str| {
            let day: Option<NaiveDate> = row.try_get(column)?;
            Ok::<_, sqlx::Error>(day.map(from_chrono_date))
        };
        Ok(Self {
            account: row.try_get("account")?,
            name: row.try_get("name")?,
            active: row.try_get("active")?,
            qualified_until: from_chrono_date(row.try_get("qualified_until")?),
            trained_on: day("trained_on")?,
            examined_on: day("examined_on")?,
            kinds: row.try_get("kinds")?,
        })
    }

    /// Whether they may register on `day`.
    pub(super) fn may_register(&self, day: Date) -> bool {
        self.active && self.qualified_until >= day
    }
}

/// The registrars of a hall, former ones last.
pub(super) async fn registrars(
    conn: &mut PgConnection,
    hall: &str,
) -> sqlx::Result<Vec<Registrar>> {
    let rows = sqlx::query(
        "select * from marriage.registrar where hall = $1 order by active desc, name, account",
    )
    .bind(hall)
    .fetch_all(conn)
    .await?;
    rows.iter().map(Registrar::from_row).collect()
}

/// Adds a registrar or changes one.
pub(super) async fn save_registrar(
    conn: &mut PgConnection,
    hall: &str,
    one: &Registrar,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into marriage.registrar
             (account, hall, name, active, qualified_until, trained_on, examined_on, kinds,
              changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (account, hall) do update set
             name = excluded.name, active = excluded.active,
             qualified_until = excluded.qualified_until, trained_on = excluded.trained_on,
             examined_on = excluded.examined_on, kinds = excluded.kinds,
             changed_at = excluded.changed_at",
    )
    .bind(one.account)
    .bind(hall)
    .bind(&one.name)
    .bind(one.active)
    .bind(to_chrono_date(one.qualified_until))
    .bind(one.trained_on.map(to_chrono_date))
    .bind(one.examined_on.map(to_chrono_date))
    .bind(&one.kinds)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// How many are still to come to a hall on each day from `from` until before `to`.
pub(super) async fn expected(
    conn: &mut PgConnection,
    hall: &str,
    (from, to): (Timestamp, Timestamp),
) -> sqlx::Result<Vec<(Date, i64)>> {
    let rows: Vec<(NaiveDate, i64)> = sqlx::query_as(
        "select (starts_at at time zone 'Asia/Shanghai')::date, count(*)
           from marriage.appointment
          where hall = $1 and state = 'booked' and starts_at >= $2 and starts_at < $3
          group by 1",
    )
    .bind(hall)
    .bind(to_chrono(from))
    .bind(to_chrono(to))
    .fetch_all(conn)
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(day, count)| (from_chrono_date(day), count))
        .collect())
}
