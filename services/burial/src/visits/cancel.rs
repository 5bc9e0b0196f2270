//! Cancels a visit; its places are free for others at once.

use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_proto::burial::v1 as pb;

use super::{
    store, trail, view,
    view::Shown,
    visit::{self, Visit},
    visit_unknown,
};

const CANCELLED: &str = "cancelled";

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::CancelVisitRequest,
) -> Result<pb::Visit, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "cancel_visit", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(visit) => return Ok(visit),
    };
    let found = visit::lock(&mut tx, request.number.trim()).await?;
    // Whoever did not book it learns no more than of one that does not exist.
    let found = found.filter(|one| one.account == caller.account);
    let mut found = found.ok_or_else(visit_unknown)?;
    refuse(&found, rt)?;
    store::give_back(&mut tx, &found.facility, found.starts_at, found.places).await?;
    CANCELLED.clone_into(&mut found.state);
    visit::close(&mut tx, &found, rt.now()).await?;
    trail::visit(rt, &mut tx, Some(caller), CANCELLED, &found, String::new()).await?;
    let response = view::visit(rt, found, Shown::Full)?;
    claim.finish(rt, tx, response).await
}

fn refuse(visit: &Visit, rt: &Runtime) -> Result<(), Fault> {
    let message = match visit.state.as_str() {
        "booked" if visit.starts_at > rt.now() => return Ok(()),
        "booked" => "预约的时间已经到了，不用取消。",
        "entered" => "这个预约已经进场，不用取消。",
        CANCELLED => "这个预约已经取消了。",
        _ => "这个预约因为没有按时到场已经作废，不用取消；可以重新预约。",
    };
    Err(Fault::precondition("NOT_BOOKED", message))
}
