//! A place is chosen: exactly one has it, everybody else hears the next free ones.
//!
//! ```text
//! taken by a plain read? ─► SPOT_TAKEN with others
//!      └─ key, own holds and the place locked in one order, the model decides, audit, event:
//!         one transaction
//! ```
//! An account holds one place at a time: whoever chooses another lets the first go. At a desk
//! many families stand one after the other, there the holds stay until the end of the day.

use serde_json::json;
use yiwang_casework::{
    ApplyError, Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_civic::time;
use yiwang_proto::burial::v1 as pb;

use super::{
    DESKS, facility::Facility, found, has_one, in_force, spot_fault, spot_id, spot_unknown, store,
    trail, view,
};
use crate::domain::{grave::account_holder, ledger::SpotError};

pub(super) async fn take(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::HoldSpotRequest,
) -> Result<pb::SpotHold, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let id = spot_id(&request.spot)?;
    let by = account_holder(caller.account);
    let mut tx = rt.pool.begin().await?;
    let (wanted, facility) = found(&mut tx, id, false).await?;
    let desk = at_desk(caller, &facility)?;
    let now = rt.now();
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "hold_spot", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(held) => return Ok(held),
    };
    if store::is_taken(&mut tx, id, &by, now).await? {
        let free = store::next_free(&mut tx, &wanted, now).await?;
        return Err(spot_fault(SpotError::Taken, &free));
    }
    let mut ids = vec![id];
    if !desk {
        ids.extend(store::held_by(&mut tx, &by).await?);
    }
    let until = match desk {
        true => time::end_of_day(time::beijing_date(now)),
        false => {
            let minutes = in_force(rt, &facility.division, |cx| {
                cx.rule("burial.spot.hold_minutes")?.count()
            })?;
            let span = jiff::SignedDuration::from_mins(minutes.into());
            now.checked_add(span).map_err(Fault::internal)?
        }
    };
    let mut held = None;
    for mut place in store::lock_all(&mut tx, &ids).await? {
        let before = place.spot.clone();
        let what = if place.id == id {
            if let Err(error) = place.spot.hold(&by, until, now) {
                let free = store::next_free(&mut tx, &place, now).await?;
                return Err(spot_fault(error, &free));
            }
            held = Some(place.clone());
            "held"
        } else if place.spot.let_go(&by).is_ok() {
            "let_go"
        } else {
            continue;
        };
        store::save(&mut tx, &before, &place, None)
            .await
            .map_err(fault)?;
        let detail = json!({ "until": until.to_string(), "desk": desk });
        trail::spot(rt, &mut tx, caller, what, (&place, &facility), detail).await?;
    }
    let held = held.ok_or_else(spot_unknown)?;
    let response = view::hold(&held, Some(until));
    claim.finish(rt, tx, response).await
}

/// A desk of the facility, or a citizen whose card was seen.
fn at_desk(caller: &Caller, facility: &Facility) -> Result<bool, Fault> {
    if has_one(caller, &DESKS, &facility.division) {
        return Ok(true);
    }
    if caller.has_role(Role::Citizen) {
        return Ok(false);
    }
    let message = "选位要先完成实名认证，也可以到公墓窗口选位。";
    Err(Fault::new(Code::Forbidden, "NOT_VERIFIED", message))
}

pub(super) async fn release(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::ReleaseHoldRequest,
) -> Result<pb::SpotHold, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let id = spot_id(&request.spot)?;
    let by = account_holder(caller.account);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "release_hold", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(released) => return Ok(released),
    };
    let (mut place, facility) = found(&mut tx, id, true).await?;
    let before = place.spot.clone();
    // Somebody else's, or none any more: there is nothing to let go.
    place
        .spot
        .let_go(&by)
        .map_err(|error| spot_fault(error, &[]))?;
    store::save(&mut tx, &before, &place, None)
        .await
        .map_err(fault)?;
    let what = (&place, &facility);
    trail::spot(rt, &mut tx, caller, "let_go", what, json!({})).await?;
    let response = view::hold(&place, None);
    claim.finish(rt, tx, response).await
}

/// What the caller holds now.
pub(super) async fn own(rt: &Runtime, caller: &Caller) -> Result<pb::SpotHoldList, Fault> {
    let by = account_holder(caller.account);
    let mut conn = rt.pool.acquire().await?;
    let mut holds = Vec::new();
    for id in store::held_by(&mut conn, &by).await? {
        let place = store::find(&mut conn, id).await?;
        let Some(place) = place else { continue };
        let own = place.spot.held(rt.now()).find(|hold| hold.by == by);
        if let Some(until) = own.map(|hold| hold.until) {
            holds.push(view::hold(&place, Some(until)));
        }
    }
    Ok(pb::SpotHoldList { holds })
}

/// A refusal of the tables, as a client reads it.
pub(super) fn fault(error: ApplyError) -> Fault {
    match error {
        ApplyError::Refused(refusal) => Fault::precondition(refusal.code, refusal.message),
        ApplyError::Database(error) => error.into(),
    }
}
