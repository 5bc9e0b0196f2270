//! The care log: append-only, sealed.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{ApplyError, Runtime};
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    ids,
};
use yiwang_proto::rescue::v1 as pb;

use super::{failed, wire};
use crate::domain::stay::words::CareKind;

/// A line of it.
pub(super) async fn add(
    rt: &Runtime,
    conn: &mut PgConnection,
    case_number: &str,
    (kind, text): (CareKind, &str),
    by: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let id = ids::new(now);
    let sealed = rt.seal("care", &id.to_string(), &text).map_err(failed)?;
    sqlx::query(
        "insert into rescue.care (id, case_number, at, kind, sealed, by)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(case_number)
    .bind(to_chrono(now))
    .bind(kind.code())
    .bind(sealed)
    .bind(by)
    .execute(conn)
    .await?;
    Ok(())
}

type Line = (Uuid, DateTime<Utc>, String, Vec<u8>, String);

/// The last lines of a stay.
pub(super) async fn list(
    rt: &Runtime,
    conn: &mut PgConnection,
    case_number: &str,
) -> sqlx::Result<Vec<pb::CareEntry>> {
    let rows: Vec<Line> = sqlx::query_as(
        "select id, at, kind, sealed, by from rescue.care
          where case_number = $1 order by at desc, id desc limit 500",
    )
    .bind(case_number)
    .fetch_all(conn)
    .await?;
    let entries = rows.into_iter().map(|(id, at, kind, sealed, by)| {
        let id = id.to_string();
        let text: String = rt
            .open("care", &id, &sealed)
            .map_err(|fault| sqlx::Error::Decode(fault.into()))?;
        Ok(pb::CareEntry {
            id,
            at: wire(from_chrono(at)),
            kind_label: CareKind::from_code(&kind)
                .map_or("", CareKind::label)
                .to_owned(),
            kind,
            text,
            by,
        })
    });
    entries.collect()
}
