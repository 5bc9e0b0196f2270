//! Staff take a place off the offer, put it back, and look at vacated ones.

use serde_json::json;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_proto::burial::v1 as pb;

use super::{KEEPERS, found, hold::fault, only, spot_fault, spot_id, store, trail, view};

pub(super) async fn block(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::BlockSpotRequest,
) -> Result<pb::PlacedSpot, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let reason = request.reason.trim().to_owned();
    if request.blocked && reason.is_empty() {
        let message = "请写明暂停使用的原因，例如维修、审计。";
        return Err(Fault::invalid_field("/reason", "REQUIRED", message));
    }
    let id = spot_id(&request.spot)?;
    let mut tx = rt.pool.begin().await?;
    let (mut place, facility) = found(&mut tx, id, true).await?;
    only(caller, &KEEPERS, &facility.division)?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "block_spot", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(spot) => return Ok(spot),
    };
    let before = place.spot.clone();
    let (what, done) = match request.blocked {
        true => ("blocked", place.spot.block(rt.now())),
        false => ("unblocked", place.spot.unblock()),
    };
    done.map_err(|error| spot_fault(error, &[]))?;
    store::save(&mut tx, &before, &place, None)
        .await
        .map_err(fault)?;
    let detail = json!({ "reason": reason });
    trail::spot(rt, &mut tx, caller, what, (&place, &facility), detail).await?;
    let response = view::changed(&place, rt.now());
    claim.finish(rt, tx, response).await
}

pub(super) async fn inspect(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::InspectSpotRequest,
) -> Result<pb::PlacedSpot, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let note = request.note.trim().to_owned();
    if note.is_empty() {
        let message = "请写明验收情况，例如已清理、完好。";
        return Err(Fault::invalid_field("/note", "REQUIRED", message));
    }
    let id = spot_id(&request.spot)?;
    let mut tx = rt.pool.begin().await?;
    let (mut place, facility) = found(&mut tx, id, true).await?;
    only(caller, &KEEPERS, &facility.division)?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "inspect_spot", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(spot) => return Ok(spot),
    };
    let before = place.spot.clone();
    place
        .spot
        .inspect()
        .map_err(|error| spot_fault(error, &[]))?;
    store::save(&mut tx, &before, &place, None)
        .await
        .map_err(fault)?;
    let detail = json!({ "note": note });
    trail::spot(
        rt,
        &mut tx,
        caller,
        "inspected",
        (&place, &facility),
        detail,
    )
    .await?;
    let response = view::changed(&place, rt.now());
    claim.finish(rt, tx, response).await
}
