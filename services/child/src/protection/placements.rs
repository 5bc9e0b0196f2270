//! Where children in care are and were.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{ApplyError, Runtime};
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::Fault,
};

use super::failed;
use crate::domain::protection::placing::Placing;

/// What is sealed of a placement.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Sealed {
    pub(super) carer: String,
    pub(super) phone: String,
}

/// Where a child lives, as a row keeps it.
#[derive(Debug, Clone)]
pub(super) struct Stay {
    pub(super) kind: String,
    /// None: an institution.
    pub(super) carer_key: Option<String>,
    sealed: Sealed,
}

impl Stay {
    pub(super) fn of(rt: &Runtime, placing: &Placing) -> Self {
        let carer = placing.id().filter(|_| placing.by_person());
        Self {
            kind: placing.place.code().to_owned(),
            carer_key: carer.map(|id| rt.keyer.key(&id).as_str().to_owned()),
            sealed: Sealed {
                carer: placing.carer.trim().to_owned(),
                phone: placing.phone.trim().to_owned(),
            },
        }
    }
}

/// From this instant on the child is there.
pub(super) async fn add(
    rt: &Runtime,
    conn: &mut PgConnection,
    (custody, nth): (Uuid, i32),
    case_number: &str,
    stay: &Stay,
    at: Timestamp,
) -> Result<(), ApplyError> {
    let sealed = rt.seal("placement", &format!("{custody}:{nth}"), &stay.sealed);
    sqlx::query(
        "insert into child.placement (custody, nth, case_number, kind, carer_key, from_at, sealed)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(custody)
    .bind(nth)
    .bind(case_number)
    .bind(&stay.kind)
    .bind(&stay.carer_key)
    .bind(to_chrono(at))
    .bind(sealed.map_err(failed)?)
    .execute(conn)
    .await?;
    Ok(())
}

/// Until this instant the child was there.
pub(super) async fn close(
    conn: &mut PgConnection,
    (custody, nth): (Uuid, i32),
    at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("update child.placement set to_at = $3 where custody = $1 and nth = $2")
        .bind(custody)
        .bind(nth)
        .bind(to_chrono(at))
        .execute(conn)
        .await?;
    Ok(())
}

/// The last place of the chain that is not with this carer.
pub(super) async fn without(
    rt: &Runtime,
    conn: &mut PgConnection,
    custody: Uuid,
    carer: &str,
) -> Result<Option<Stay>, ApplyError> {
    let row: Option<(i32, String, Option<String>, Vec<u8>)> = sqlx::query_as(
        "select nth, kind, carer_key, sealed from child.placement
          where custody = $1 and carer_key is distinct from $2 order by nth desc limit 1",
    )
    .bind(custody)
    .bind(carer)
    .fetch_optional(conn)
    .await?;
    let stay = row.map(|(nth, kind, carer_key, sealed)| {
        let sealed = rt.open("placement", &format!("{custody}:{nth}"), &sealed)?;
        Ok(Stay {
            kind,
            carer_key,
            sealed,
        })
    });
    stay.transpose().map_err(failed)
}

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
