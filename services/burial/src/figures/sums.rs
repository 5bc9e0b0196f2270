//! What stands in a row of the figures, by county and month and in all.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sqlx::PgConnection;

use super::{Asked, known, known::Group, placed};
use crate::{domain::rate::Count, planning::zones};

/// County and month, the month as ISO 8601.
pub(super) type Key = (String, String);

/// Sums of a row.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums {
    /// Deaths and cremations.
    pub count: Count,
    /// Persons with a waiver.
    pub waivers: i64,
    /// What that came to.
    pub waived_fen: i64,
    /// Urns laid to rest.
    pub placed: i64,
    /// Of these, ecologically.
    pub ecological: i64,
}

impl Sums {
    /// All rows together.
    pub(super) fn of<'a>(rows: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut total = Self::default();
        for row in rows {
            total.count.plus(&row.count);
            total.waivers += row.waivers;
            total.waived_fen += row.waived_fen;
            total.placed += row.placed;
            total.ecological += row.ecological;
        }
        total
    }
}

/// The rows of a question; `groups` are its deaths.
pub(super) async fn monthly(
    conn: &mut PgConnection,
    asked: &Asked<'_>,
    groups: &[Group],
) -> sqlx::Result<BTreeMap<Key, Sums>> {
    let mut rows: BTreeMap<Key, Sums> = BTreeMap::new();
    let zones = zones::known(conn, asked.scope, asked.cut()).await?;
    for group in groups {
        let county = group.place.get(..6).unwrap_or(&group.place).to_owned();
        let row = rows.entry((county, month(group.died_on))).or_default();
        row.count.add(group, &zones);
    }
    for placed in placed::placed(conn, asked).await? {
        let row = rows.entry((placed.county, placed.month)).or_default();
        row.placed += placed.placed;
        row.ecological += placed.ecological;
    }
    for waived in placed::waived(conn, asked).await? {
        let row = rows.entry((waived.county, waived.month)).or_default();
        row.waivers += waived.waivers;
        row.waived_fen += waived.fen;
    }
    Ok(rows)
}

/// All sums of a question.
///
/// # Errors
/// The database does not answer.
pub async fn sums(conn: &mut PgConnection, asked: &Asked<'_>) -> sqlx::Result<Sums> {
    let period = (asked.from, asked.to);
    let groups = known::deaths(conn, asked.scope, period, asked.as_of).await?;
    Ok(Sums::of(monthly(conn, asked, &groups).await?.values()))
}

/// As ISO 8601.
pub(super) fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}
