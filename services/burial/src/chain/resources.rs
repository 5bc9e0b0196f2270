//! Vehicles, cells, halls and furnaces of a home.

use chrono::{NaiveTime, Timelike as _};
use jiff::civil::Time;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;

use super::slots::Hours;

yiwang_casework::code_list! {
    /// What has a calendar.
    Kind {
        Vehicle = "vehicle", "接运车辆";
        Cell = "cell", "冷藏柜";
        Hall = "hall", "告别厅";
        Furnace = "furnace", "火化炉";
    }
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Id.
    pub id: Uuid,
    /// Code of the home.
    pub facility: String,
    /// Kind.
    pub kind: Kind,
    /// What is written on its door.
    pub label: String,
    /// hall: small, middle, large; furnace: flat, collect, eco.
    pub class: String,
    /// When it can be taken.
    pub hours: Hours,
    /// In use.
    pub active: bool,
}

impl Resource {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let kind: String = row.try_get("kind")?;
        let minutes: i32 = row.try_get("slot_minutes")?;
        let unknown = || sqlx::Error::Decode(format!("resource of kind {kind}").into());
        Ok(Self {
            id: row.try_get("id")?,
            facility: row.try_get("facility")?,
            kind: Kind::from_code(&kind).ok_or_else(unknown)?,
            label: row.try_get("label")?,
            class: row.try_get("class")?,
            hours: Hours {
                opens: time(row.try_get("opens")?),
                closes: time(row.try_get("closes")?),
                minutes: u16::try_from(minutes).unwrap_or(u16::MAX),
            },
            active: row.try_get("active")?,
        })
    }
}

fn time(time: NaiveTime) -> Time {
    let (hour, minute) = (i8::try_from(time.hour()), i8::try_from(time.minute()));
    Time::new(hour.unwrap_or(0), minute.unwrap_or(0), 0, 0).unwrap_or(Time::MIN)
}

fn column(time: Time) -> Option<NaiveTime> {
    let (hour, minute) = (time.hour().unsigned_abs(), time.minute().unsigned_abs());
    NaiveTime::from_hms_opt(hour.into(), minute.into(), 0)
}

/// All of a home, those out of use last.
///
/// # Errors
/// The database does not answer.
pub async fn of_home(conn: &mut PgConnection, facility: &str) -> sqlx::Result<Vec<Resource>> {
    let rows = sqlx::query(
        "select * from burial.resource where facility = $1 order by active desc, kind, label",
    )
    .bind(facility)
    .fetch_all(conn)
    .await?;
    rows.iter().map(Resource::from_row).collect()
}

/// Those of one kind that are in use.
///
/// # Errors
/// The database does not answer.
pub async fn of_kind(
    conn: &mut PgConnection,
    facility: &str,
    kind: Kind,
) -> sqlx::Result<Vec<Resource>> {
    let rows = sqlx::query(
        "select * from burial.resource
          where facility = $1 and kind = $2 and active order by label",
    )
    .bind(facility)
    .bind(kind.code())
    .fetch_all(conn)
    .await?;
    rows.iter().map(Resource::from_row).collect()
}

/// One, locked: whoever wants its calendar waits, so that two bookings never meet in the
/// exclusion constraint, where they could wait for each other.
///
/// # Errors
/// The database does not answer.
pub async fn lock(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Resource>> {
    let row = sqlx::query("select * from burial.resource where id = $1 for no key update")
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Resource::from_row).transpose()
}

/// Adds one or changes it; false when the home has another of this kind and label.
///
/// # Errors
/// The database does not answer.
pub async fn save(conn: &mut PgConnection, one: &Resource) -> sqlx::Result<bool> {
    let saved = sqlx::query(
        "insert into burial.resource
             (id, facility, kind, label, class, slot_minutes, opens, closes, active)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9
          where not exists (select from burial.resource
                             where facility = $2 and kind = $3 and label = $4 and id <> $1)
         on conflict (id) do update set
             label = excluded.label, class = excluded.class,
             slot_minutes = excluded.slot_minutes, opens = excluded.opens,
             closes = excluded.closes, active = excluded.active",
    )
    .bind(one.id)
    .bind(&one.facility)
    .bind(one.kind.code())
    .bind(&one.label)
    .bind(&one.class)
    .bind(i32::from(one.hours.minutes))
    .bind(column(one.hours.opens))
    .bind(column(one.hours.closes))
    .bind(one.active)
    .execute(conn)
    .await?;
    Ok(saved.rows_affected() == 1)
}
