//! Records as people read them.

use chrono::NaiveDate;
use sqlx::{PgConnection, Row, postgres::PgRow};
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{db::from_chrono_date, fault::Fault};
use yiwang_civic::{division, mask};
use yiwang_proto::marriage::v1 as pb;

use super::record::Body;
use crate::domain::record::RecordState;

/// How names are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// To the two themselves.
    Full,
    /// In lists of officers.
    Masked,
}

/// These records, oldest first.
pub(super) async fn records(
    rt: &Runtime,
    conn: &mut PgConnection,
    ids: &[Uuid],
    names: Names,
) -> Result<Vec<pb::Record>, Fault> {
    let rows = sqlx::query(
        "select record.id, record.number, record.kind, record.state, record.registered_on,
                record.ended_on, record.division, hall.name as hall, record.body
           from marriage.record left join marriage.hall on hall.code = record.hall
          where record.id = any($1)
          order by record.registered_on, record.id",
    )
    .bind(ids)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| record(rt, row, names)).collect()
}

fn record(rt: &Runtime, row: &PgRow, names: Names) -> Result<pb::Record, Fault> {
    let id: Uuid = row.try_get("id")?;
    let state: String = row.try_get("state")?;
    let label = RecordState::from_code(&state).map_or("", RecordState::label);
    let division: String = row.try_get("division")?;
    let hall: Option<String> = row.try_get("hall")?;
    let registered: NaiveDate = row.try_get("registered_on")?;
    let ended: Option<NaiveDate> = row.try_get("ended_on")?;
    let body = Body::open(rt, id, row.try_get("body")?)?;
    let name = |name: String| match names {
        Names::Full => name,
        Names::Masked => mask::name(&name),
    };
    Ok(pb::Record {
        id: id.to_string(),
        number: row.try_get("number")?,
        kind: row.try_get("kind")?,
        state_label: label.to_owned(),
        state,
        registered_on: from_chrono_date(registered).to_string(),
        hall_name: hall
            .or_else(|| division::full_name(&division))
            .unwrap_or_default(),
        names: [body.a.name, body.b.name].map(name).into(),
        ended_on: ended
            .map(|day| from_chrono_date(day).to_string())
            .unwrap_or_default(),
    })
}
