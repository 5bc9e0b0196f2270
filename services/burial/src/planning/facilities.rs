//! Facilities are put on record and changed, each version kept.

use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::to_chrono,
    fault::{Code, Fault},
    identity::Caller,
};
use yiwang_civic::time;
use yiwang_proto::burial::v1 as pb;

use super::{
    facility_row::{self, Row},
    in_force, planner, plans_for, trail,
};
use crate::domain::facility::{Draft, Kind, Limits, violations};

pub(super) async fn list(
    rt: &Runtime,
    request: pb::ListFacilitiesRequest,
) -> Result<pb::FacilityList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let rows = facility_row::list(&mut conn, super::scope(&request.division)?).await?;
    Ok(pb::FacilityList {
        facilities: rows.iter().map(Row::shown).collect(),
    })
}

pub(super) async fn save(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SaveFacilityRequest,
) -> Result<pb::PlannedFacility, Fault> {
    planner(caller)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let now = rt.now();
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "facility.save", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(facility) => return Ok(facility),
    };
    let given = request.facility.unwrap_or_default();
    let is = facility_row::read(&given)?;
    plans_for(caller, &is.division)?;
    let reason = request.reason.trim();
    let old = match given.code.trim() {
        "" => None,
        code => Some(locked(&mut tx, caller, code, &given, &is, reason).await?),
    };
    let mut limits = in_force(rt, &is.division, |cx| Limits::load(cx, is.approved_on))?;
    // One that has always been commercial may go on and be corrected.
    limits.new_commercial |= old
        .as_ref()
        .is_some_and(|old| old.is.kind == Kind::Commercial);
    let wrong = violations(&is, limits, time::beijing_date(now));
    if !wrong.is_empty() {
        return Err(Fault::invalid(wrong));
    }
    let row = match old {
        None => Row {
            code: next_code(&mut tx, &is).await?,
            version: 1,
            is,
        },
        Some(old) => Row {
            code: old.code,
            version: old.version + 1,
            is,
        },
    };
    row.store(&mut tx, now).await?;
    keep(&mut tx, &row, caller, reason, now).await?;
    tell(rt, &mut tx, caller, &row, reason).await?;
    claim.finish(rt, tx, row.shown()).await
}

/// The one that is to be changed.
async fn locked(
    conn: &mut PgConnection,
    caller: &Caller,
    code: &str,
    given: &pb::PlannedFacility,
    is: &Draft,
    reason: &str,
) -> Result<Row, Fault> {
    let found = facility_row::lock(conn, code).await?;
    let old = found.ok_or_else(|| {
        let message = "没有找到这个设施，请从列表重新打开。";
        Fault::new(Code::NotFound, "FACILITY_UNKNOWN", message)
    })?;
    plans_for(caller, &old.is.division)?;
    if old.is.division != is.division || old.is.kind.letters() != is.kind.letters() {
        let message = "设施所在乡镇和种类写在编号里，不能更改；确实变更的，请停用后另行登记。";
        return Err(Fault::invalid_field(
            "/facility/division",
            "DIVISION_FIXED",
            message,
        ));
    }
    if old.version != given.version {
        let message = "这个设施刚由其他人改过，请刷新后再改。";
        return Err(Fault::precondition("CHANGED_MEANWHILE", message));
    }
    if reason.chars().count() < 2 {
        let message = "请写明更改的原因和依据。";
        return Err(Fault::invalid_field("/reason", "REASON_REQUIRED", message));
    }
    if old.is.active && !is.active {
        free_of_duties(conn, code).await?;
    }
    Ok(old)
}

/// Whoever answers for ashes or a body does not close (rules B5.3).
async fn free_of_duties(conn: &mut PgConnection, code: &str) -> Result<(), Fault> {
    let answers: bool = sqlx::query_scalar(
        "select exists (select 1 from burial.urn where facility = $1)
             or exists (select 1 from burial.body where facility = $1
                         and state in ('picked_up', 'received', 'stored', 'cremating'))
             or exists (select 1 from burial.spot where facility = $1 and used > 0)",
    )
    .bind(code)
    .fetch_one(conn)
    .await?;
    if !answers {
        return Ok(());
    }
    let message = "这个设施还保管着骨灰或者遗体，不能停用；请先办理迁移、领取。";
    Err(Fault::precondition("FACILITY_IN_USE", message))
}

async fn next_code(conn: &mut PgConnection, is: &Draft) -> Result<String, Fault> {
    let start = format!("{}-{}", is.division, is.kind.letters());
    // Two officers do not take one number.
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 0))")
        .bind(&start)
        .execute(&mut *conn)
        .await?;
    let last: Option<i32> = sqlx::query_scalar(
        "select max(right(code, 2)::int) from burial.facility where starts_with(code, $1)",
    )
    .bind(&start)
    .fetch_one(conn)
    .await?;
    match last.unwrap_or(0) + 1 {
        next @ 1..=99 => Ok(format!("{start}{next:02}")),
        _ => {
            let message = "这个乡镇的同类设施编号已经用完，请联系系统管理员。";
            Err(Fault::precondition("CODES_USED_UP", message))
        }
    }
}

async fn keep(
    conn: &mut PgConnection,
    row: &Row,
    caller: &Caller,
    reason: &str,
    now: jiff::Timestamp,
) -> sqlx::Result<()> {
    let is = &row.is;
    let body = json!({
        "name": is.name, "kind": is.kind.code(), "address": is.address, "phone": is.phone,
        "approval": is.approval, "approved_on": is.approved_on, "land_m2": is.land_m2,
        "green_m2": is.green_m2, "serves": is.serves, "equipment": row.equipment(),
        "opened_on": is.opened_on, "active": is.active,
    });
    sqlx::query(
        "insert into burial.facility_version (code, version, recorded_at, changed_by, reason, body)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&row.code)
    .bind(row.version)
    .bind(to_chrono(now))
    .bind(&caller.name)
    .bind(reason)
    .bind(body)
    .execute(conn)
    .await?;
    Ok(())
}

async fn tell(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    row: &Row,
    reason: &str,
) -> sqlx::Result<()> {
    let payload = pb::FacilitySaved {
        facility: row.code.clone(),
        division: row.is.division.clone(),
        kind: row.is.kind.code().to_owned(),
        active: row.is.active,
    };
    let change = trail::Change {
        aggregate: "facility",
        id: row.code.clone(),
        event: "saved",
        reason: Some(reason).filter(|reason| !reason.is_empty()),
        detail: json!({ "version": row.version, "active": row.is.active,
                        "approval": row.is.approval }),
    };
    trail::write(rt, conn, caller, change, &payload).await
}
