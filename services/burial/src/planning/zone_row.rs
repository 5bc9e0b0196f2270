//! A zone with its papers, as its row has it and as everybody is told.

use jiff::civil::Date;
use serde_json::json;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{db::from_chrono_date, identity::Caller};
use yiwang_civic::division;
use yiwang_proto::burial::v1 as pb;

use super::{name_of, trail, zones::announced};
use crate::domain::zone::Announced;

/// A zone with its papers.
pub(super) struct Stored {
    pub(super) id: Uuid,
    pub(super) zone: Announced,
    pub(super) draft: bool,
    pub(super) document: String,
    pub(super) approval: String,
    pub(super) announced_on: Option<Date>,
}

impl Stored {
    pub(super) fn read(row: &PgRow) -> sqlx::Result<Self> {
        let on: Option<chrono::NaiveDate> = row.try_get("announced_on")?;
        Ok(Self {
            id: row.try_get("id")?,
            zone: announced(row)?,
            draft: row.try_get::<String, _>("state")? == "draft",
            document: row.try_get("document")?,
            approval: row.try_get("approval")?,
            announced_on: on.map(from_chrono_date),
        })
    }

    pub(super) fn shown(&self) -> pb::Zone {
        let text = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let zone = &self.zone;
        let name = division::full_name(&zone.division);
        pb::Zone {
            id: self.id.to_string(),
            division: zone.division.clone(),
            name: name.unwrap_or_else(|| name_of(&zone.division)),
            kind: zone.kind.code().to_owned(),
            kind_label: zone.kind.label().to_owned(),
            state: if self.draft { "draft" } else { "announced" }.to_owned(),
            document: self.document.clone(),
            approval: self.approval.clone(),
            announced_on: text(self.announced_on),
            valid_from: zone.valid_from.to_string(),
            valid_to: text(zone.valid_to),
        }
    }

    pub(super) async fn tell(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        caller: &Caller,
        event: &'static str,
        document: &str,
    ) -> sqlx::Result<()> {
        let shown = self.shown();
        let payload = pb::ZoneChanged {
            id: shown.id.clone(),
            division: shown.division,
            kind: shown.kind,
            document: document.to_owned(),
            valid_from: shown.valid_from,
            valid_to: shown.valid_to,
        };
        let change = trail::Change {
            aggregate: "zone",
            id: shown.id,
            event,
            reason: None,
            detail: json!({ "division": payload.division, "kind": payload.kind,
                            "document": document, "valid_from": payload.valid_from,
                            "valid_to": payload.valid_to }),
        };
        trail::write(rt, conn, caller, change, &payload).await
    }
}
