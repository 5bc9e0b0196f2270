//! Weather alerts as they are told and as they were taken.

use chrono::{DateTime, NaiveDate, Utc};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use serde_json::Value;
use sqlx::FromRow;
use yiwang_casework::Runtime;
use yiwang_chassis::{db::from_chrono, fault::Fault};
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use crate::domain::street::words::{Level, Weather};

/// An alert as the weather service tells it.
#[derive(Deserialize)]
pub(super) struct Alert {
    pub(super) reference: String,
    pub(super) kind: String,
    pub(super) level: String,
    pub(super) division: String,
    pub(super) title: String,
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) issued_at: Timestamp,
}

impl Alert {
    pub(super) fn read(message: &Value) -> Option<(Self, Weather, Level)> {
        let alert = Self::deserialize(message).ok()?;
        let kind = Weather::from_code(&alert.kind)?;
        let level = Level::from_code(&alert.level)?;
        let place = alert.division.len() == 6 && division::find(&alert.division).is_some();
        let sound = place
            && alert.to >= alert.from
            && !alert.reference.trim().is_empty()
            && alert.title.chars().count() <= 100;
        sound.then_some((alert, kind, level))
    }
}

#[derive(FromRow)]
struct Row {
    reference: String,
    kind: String,
    level: String,
    division: String,
    title: String,
    from_day: NaiveDate,
    to_day: NaiveDate,
    issued_at: DateTime<Utc>,
}

/// Alerts that were taken, the latest first.
pub(super) async fn list(
    rt: &Runtime,
    request: pb::ListAlertsRequest,
) -> Result<pb::AlertList, Fault> {
    let scope = match request.division.trim() {
        "" => "",
        code => division::scope_prefix(code),
    };
    let rows: Vec<Row> = sqlx::query_as(
        "select * from rescue.alert
          where starts_with(division, $1)
             or starts_with($1, regexp_replace(division, '(00)+$', ''))
          order by issued_at desc, reference limit 100",
    )
    .bind(scope)
    .fetch_all(&rt.pool)
    .await?;
    let alert = |row: Row| pb::Alert {
        reference: row.reference,
        kind: row.kind,
        level: row.level,
        division: row.division,
        title: row.title,
        from: row.from_day.to_string(),
        to: row.to_day.to_string(),
        issued_at: from_chrono(row.issued_at).to_string(),
    };
    Ok(pb::AlertList {
        alerts: rows.into_iter().map(alert).collect(),
    })
}
