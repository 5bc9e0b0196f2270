//! Where children in care are and were.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{db::from_chrono, fault::Fault};

use super::custody::Sealed;

/// A placement as it is read.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) case_number: String,
    pub(super) kind: String,
    pub(super) from: Timestamp,
    /// None: now.
    pub(super) to: Option<Timestamp>,
    pub(super) sealed: Sealed,
}

/// All placements under these cases, the latest first.
pub(super) async fn history(
    rt: &Runtime,
    conn: &mut PgConnection,
    cases: &[String],
) -> Result<Vec<Placed>, Fault> {
    type Row = (
        Uuid,
        i32,
        String,
        String,
        DateTime<Utc>,
        Option<DateTime<Utc>>,
        Vec<u8>,
    );
    let rows: Vec<Row> = sqlx::query_as(
        "select p.custody, p.nth, p.case_number, p.kind, p.from_at,
                case when isfinite(p.to_at) then p.to_at end, p.sealed
           from child.placement p
          where p.custody in (select custody from child.placement where case_number = any($1))
          order by p.from_at desc",
    )
    .bind(cases)
    .fetch_all(conn)
    .await?;
    let rows = rows.into_iter();
    rows.map(|(custody, nth, case_number, kind, from, to, sealed)| {
        Ok(Placed {
            case_number,
            kind,
            from: from_chrono(from),
            to: to.map(from_chrono),
            sealed: rt.open("placement", &format!("{custody}:{nth}"), &sealed)?,
        })
    })
    .collect()
}
