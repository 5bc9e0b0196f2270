//! An area gets another name or price, and is closed: it takes nobody new, and who is there or
//! has chosen already is not touched. Opening takes a closure back.

use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Fault, FieldViolation},
    identity::Caller,
};
use yiwang_proto::burial::v1 as pb;

use super::{
    area::{self, PLANNERS, area_unknown, shown},
    facility::Facility,
    kept, store, trail,
};
use crate::domain::ledger::{SpotKind, size::Size};

/// The size asked for; none when all its numbers are left out.
fn wanted(request: &pb::EditAreaRequest) -> Option<Size> {
    let numbers = [request.width_cm, request.depth_cm, request.capacity];
    let natural = |n: i32| u32::try_from(n).unwrap_or_default();
    (numbers != [0; 3]).then(|| Size {
        width_cm: natural(request.width_cm),
        depth_cm: natural(request.depth_cm),
        capacity: u16::try_from(request.capacity).unwrap_or_default(),
    })
}

pub(super) async fn edit(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::EditAreaRequest,
) -> Result<pb::PlaceArea, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let facility = kept(&mut tx, caller, &request.facility, &PLANNERS).await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "edit_area", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(area) => return Ok(area),
    };
    let old = request.area.trim().to_owned();
    let known = locked(rt, &mut tx, &facility, &old).await?;
    let name = match request.name.trim() {
        "" => old.as_str(),
        name => name,
    };
    if let Some(wrong) = area::name("/name", name) {
        return Err(Fault::invalid(vec![wrong]));
    }
    if name != old
        && !store::areas(&mut tx, &facility.code, Some(name), rt.now())
            .await?
            .is_empty()
    {
        return Err(area::exists());
    }
    let wanted = wanted(&request);
    if let Some(size) = wanted {
        // Plots that are on offer, or sold, are as large as they are.
        if known.planned < known.places {
            let message = "这个区域已经开放过，位置的大小和安放数不能再改。";
            let wrong = FieldViolation::new("/width_cm", "AREA_IN_USE", message);
            return Err(Fault::invalid(vec![wrong]));
        }
        let kind = SpotKind::from_code(&known.kind).ok_or_else(area_unknown)?;
        area::size(rt, &facility, kind, size)?;
    }
    let cm = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    sqlx::query(
        "update burial.spot
            set area = $3, price = case $4 when '' then price else $4 end,
                width_cm = coalesce($5, width_cm), depth_cm = coalesce($6, depth_cm),
                capacity = coalesce($7, capacity), version = version + 1
          where facility = $1 and area = $2",
    )
    .bind(&facility.code)
    .bind(&old)
    .bind(name)
    .bind(request.price.trim())
    .bind(wanted.map(|size| cm(size.width_cm)))
    .bind(wanted.map(|size| cm(size.depth_cm)))
    .bind(wanted.map(|size| i32::from(size.capacity)))
    .execute(&mut *tx)
    .await?;
    let detail = json!({
        "before": old, "name": name, "price": request.price.trim(),
        "width_cm": request.width_cm, "depth_cm": request.depth_cm, "capacity": request.capacity,
    });
    trail::area(rt, &mut tx, caller, "edited", (name, &facility), detail).await?;
    let response = shown(rt, &mut tx, &facility, name).await?;
    claim.finish(rt, tx, response).await
}

pub(super) async fn close(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::CloseAreaRequest,
) -> Result<pb::PlaceArea, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let reason = request.reason.trim().to_owned();
    let mut tx = rt.pool.begin().await?;
    let facility = kept(&mut tx, caller, &request.facility, &PLANNERS).await?;
    if reason.is_empty() {
        let message = "请写明关闭的原因，例如已满、改建。";
        return Err(Fault::invalid_field("/reason", "REQUIRED", message));
    }
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "close_area", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(area) => return Ok(area),
    };
    let area = request.area.trim();
    locked(rt, &mut tx, &facility, area).await?;
    let closed = sqlx::query(
        "update burial.spot set closed = true, version = version + 1
          where facility = $1 and area = $2 and not closed",
    )
    .bind(&facility.code)
    .bind(area)
    .execute(&mut *tx)
    .await?;
    let detail = json!({ "reason": reason, "closed": closed.rows_affected() });
    trail::area(rt, &mut tx, caller, "closed", (area, &facility), detail).await?;
    let response = shown(rt, &mut tx, &facility, area).await?;
    claim.finish(rt, tx, response).await
}

/// The area with all its places locked, in the order of every other lock.
async fn locked(
    rt: &Runtime,
    conn: &mut PgConnection,
    facility: &Facility,
    area: &str,
) -> Result<store::Area, Fault> {
    sqlx::query("select from burial.spot where facility = $1 and area = $2 order by id for update")
        .bind(&facility.code)
        .bind(area)
        .execute(&mut *conn)
        .await?;
    let found = store::areas(conn, &facility.code, Some(area), rt.now()).await?;
    found.into_iter().next().ok_or_else(area_unknown)
}
