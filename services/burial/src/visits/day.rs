//! Who comes: the own visits, and the list of a day for the staff, masked; their reads are
//! audited.

use serde_json::json;
use yiwang_casework::Runtime;
use yiwang_chassis::{audit, fault::Fault, identity::Caller};
use yiwang_civic::time;
use yiwang_proto::burial::v1 as pb;

use super::{
    at_gate, day_of, facility_unknown, store, trail, view,
    view::Shown,
    visit::{self, Visit},
};

/// The caller's own.
pub(super) async fn own(rt: &Runtime, caller: &Caller) -> Result<pb::VisitList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let found = visit::own(&mut conn, caller.account).await?;
    masked(rt, found)
}

pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListVisitsOfDayRequest,
) -> Result<pb::VisitList, Fault> {
    let mut tx = rt.pool.begin().await?;
    let facility = store::facility(&mut tx, &request.facility).await?;
    let facility = facility.ok_or_else(facility_unknown)?;
    at_gate(caller, &facility.division)?;
    let day = match request.day.trim() {
        "" => time::beijing_date(rt.now()),
        day => day_of(day)?,
    };
    let (from, to) = (time::start_of_day(day), time::end_of_day(day));
    let found = visit::of_facility(&mut tx, &facility.code, from, to).await?;
    let object = format!("facility/{}", facility.code);
    let detail = json!({ "day": day, "count": found.len() });
    let entry = trail::entry(rt, Some(caller), "visit.list".to_owned(), object, detail);
    audit::record(&mut tx, &entry).await?;
    tx.commit().await?;
    masked(rt, found)
}

fn masked(rt: &Runtime, found: Vec<Visit>) -> Result<pb::VisitList, Fault> {
    let masked = |one| view::visit(rt, one, Shown::Masked);
    let visits = found.into_iter().map(masked).collect::<Result<_, _>>()?;
    Ok(pb::VisitList { visits })
}
