//! What others leave: flowers at once, words when the keeper has read them.

use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::to_chrono,
    fault::{Code, Fault},
    identity::Caller,
    ids,
};
use yiwang_proto::burial::v1 as pb;

use super::{
    Kind, LONGEST_MESSAGE, page, store,
    store::Left,
    trail, unknown, verified,
    view::{self, Words},
    words, wrong,
};

/// Leaves something.
pub(super) async fn leave(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::LeaveOfferingRequest,
) -> Result<pb::Memorial, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    verified(caller)?;
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "leave_offering", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(page) => return Ok(page),
    };
    let page = store::page(&mut tx, &request.code).await?;
    let page = page
        .filter(|page| page.state == "open")
        .ok_or_else(unknown)?;
    let kind = Kind::from_code(&request.kind)
        .ok_or_else(|| wrong("/kind", "NOT_OFFERED", "请选择献花、点烛、鞠躬或者供果。"))?;
    let said = Words {
        from: caller.name.clone(),
        words: words(&request.words, LONGEST_MESSAGE)?,
    };
    let waits = !said.words.is_empty() && page.keeper != caller.account;
    let (id, now) = (ids::new(rt.now()), rt.now());
    let left = Left {
        id,
        kind: kind.code().to_owned(),
        state: if waits { "waiting" } else { "shown" }.to_owned(),
        body: said.seal(rt, id)?,
        at: to_chrono(now),
    };
    if !store::leave(&mut tx, page.id, caller.account, &left, now).await? {
        let message = format!("您今天已经{}过了，明天可以再来。", kind.label());
        return Err(Fault::precondition("ALREADY_LEFT", message));
    }
    let told = match waits {
        true => "您开设的网络纪念页有新的留言，请看过以后决定是否显示。",
        false => "",
    };
    trail(rt, &mut tx, caller, "offered", &page, told).await?;
    let response = view::page(rt, &mut tx, &page, Some(caller)).await?;
    claim.finish(rt, tx, response).await
}

/// The keeper has read words that wait.
pub(super) async fn settle(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SettleOfferingRequest,
) -> Result<pb::Memorial, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "settle_offering", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(page) => return Ok(page),
    };
    let page = page::own(store::lock(&mut tx, &request.code).await?, caller)?;
    let state = if request.show { "shown" } else { "refused" };
    let id: Option<Uuid> = request.offering.parse().ok();
    let done = match id {
        Some(id) => store::settle(&mut tx, page.id, id, state).await?,
        None => false,
    };
    if !done {
        let message = "这条留言已经处理过了，请刷新页面。";
        return Err(Fault::new(Code::NotFound, "OFFERING_NOT_FOUND", message));
    }
    trail(rt, &mut tx, caller, "settled", &page, "").await?;
    let response = view::page(rt, &mut tx, &page, Some(caller)).await?;
    claim.finish(rt, tx, response).await
}
