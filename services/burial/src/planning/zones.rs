//! Zones in their table: what a place lies in on a day, and what was known of them when.

use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use yiwang_chassis::db::{from_chrono_date, to_chrono, to_chrono_date};

use crate::domain::zone::{Announced, Zone};

/// The zone of the smallest division around `place` that has one on `day`; none for an empty
/// place.
///
/// # Errors
/// The database does not answer.
pub async fn on(conn: &mut PgConnection, place: &str, day: Date) -> sqlx::Result<Option<Zone>> {
    let kind: Option<String> = sqlx::query_scalar(
        "select kind from burial.zone
          where state = 'announced' and $1 <> '' and starts_with($1, division)
            and valid_from <= $2 and (valid_to is null or $2 < valid_to)
          order by length(division) desc limit 1",
    )
    .bind(place.trim())
    .bind(to_chrono_date(day))
    .fetch_optional(conn)
    .await?;
    Ok(kind.and_then(|kind| Zone::from_code(&kind)))
}

/// Zones that touch a scope, as they were known before an instant.
///
/// # Errors
/// The database does not answer.
pub async fn known(
    conn: &mut PgConnection,
    scope: &str,
    cut: Timestamp,
) -> sqlx::Result<Vec<Announced>> {
    let rows = sqlx::query(
        "select division, kind, valid_from,
                case when ended_at < $2 then valid_to end as valid_to
           from burial.zone
          where state = 'announced' and announced_at < $2
            and (starts_with(division, $1) or starts_with($1, division))
          order by division, valid_from",
    )
    .bind(scope)
    .bind(to_chrono(cut))
    .fetch_all(conn)
    .await?;
    rows.iter().map(announced).collect()
}

/// A zone of a row.
pub(super) fn announced(row: &PgRow) -> sqlx::Result<Announced> {
    let kind: String = row.try_get("kind")?;
    let from: chrono::NaiveDate = row.try_get("valid_from")?;
    let to: Option<chrono::NaiveDate> = row.try_get("valid_to")?;
    let unknown = || sqlx::Error::Decode("unknown kind of zone".into());
    Ok(Announced {
        division: row.try_get("division")?,
        kind: Zone::from_code(&kind).ok_or_else(unknown)?,
        valid_from: from_chrono_date(from),
        valid_to: to.map(from_chrono_date),
    })
}
