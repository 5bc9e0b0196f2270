//! What was set for single days, in its table.

use chrono::{NaiveDate, NaiveTime};
use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use yiwang_chassis::db::{from_chrono_date, to_chrono, to_chrono_date};

use super::{
    plan::Hours,
    schedule::{Setting, Settings},
    store::{Hall, column, time},
};

/// What was set for the days of a hall from `from` on.
pub(super) async fn all(
    conn: &mut PgConnection,
    hall: &Hall,
    from: Date,
) -> sqlx::Result<Settings> {
    let rows = sqlx::query("select * from marriage.hall_day where hall = $1 and day >= $2")
        .bind(&hall.code)
        .bind(to_chrono_date(from))
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| from_row(row, hall)).collect()
}

fn from_row(row: &PgRow, hall: &Hall) -> sqlx::Result<(Date, Setting)> {
    let day: NaiveDate = row.try_get("day")?;
    let setting = if row.try_get("closed")? {
        Setting::Closed {
            reason: row.try_get("reason")?,
        }
    } else {
        Setting::Open {
            hours: hours(row, hall.hours.slot_minutes)?,
            capacity: row.try_get("slot_capacity")?,
        }
    };
    Ok((from_chrono_date(day), setting))
}

/// All four are there or none is: the table checks it.
fn hours(row: &PgRow, slot_minutes: u16) -> sqlx::Result<Option<Hours>> {
    let at = |column: &str| row.try_get::<Option<NaiveTime>, _>(column);
    let four = (
        at("opens")?,
        at("closes_noon")?,
        at("opens_noon")?,
        at("closes")?,
    );
    let (Some(opens), Some(closes_noon), Some(opens_noon), Some(closes)) = four else {
        return Ok(None);
    };
    Ok(Some(Hours {
        opens: time(opens),
        closes_noon: time(closes_noon),
        opens_noon: time(opens_noon),
        closes: time(closes),
        slot_minutes,
    }))
}

/// Sets a day; none: as usual again.
pub(super) async fn set(
    conn: &mut PgConnection,
    hall: &str,
    day: Date,
    setting: Option<&Setting>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let Some(setting) = setting else {
        sqlx::query("delete from marriage.hall_day where hall = $1 and day = $2")
            .bind(hall)
            .bind(to_chrono_date(day))
            .execute(conn)
            .await?;
        return Ok(());
    };
    let (closed, reason, hours, capacity) = match setting {
        Setting::Closed { reason } => (true, reason.as_str(), None, None),
        Setting::Open { hours, capacity } => (false, "", hours.as_ref(), *capacity),
    };
    let at = |read: fn(&Hours) -> jiff::civil::Time| hours.map(read).and_then(column);
    sqlx::query(
        "insert into marriage.hall_day
             (hall, day, closed, reason, opens, closes_noon, opens_noon, closes,
              slot_capacity, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (hall, day) do update set
             closed = excluded.closed, reason = excluded.reason, opens = excluded.opens,
             closes_noon = excluded.closes_noon, opens_noon = excluded.opens_noon,
             closes = excluded.closes, slot_capacity = excluded.slot_capacity,
             changed_at = excluded.changed_at",
    )
    .bind(hall)
    .bind(to_chrono_date(day))
    .bind(closed)
    .bind(reason)
    .bind(at(|hours| hours.opens))
    .bind(at(|hours| hours.closes_noon))
    .bind(at(|hours| hours.opens_noon))
    .bind(at(|hours| hours.closes))
    .bind(capacity)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}
