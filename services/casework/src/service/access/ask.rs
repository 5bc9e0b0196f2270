//! An officer asks to look at a closed case. The answer never tells whether there is one.

use jiff::SignedDuration;
use yiwang_chassis::{audit::Outcome, fault::Fault, identity::Caller};
use yiwang_proto::casework::v1 as pb;

use super::{
    aim::{Kept, aimed, keep},
    audited, number_in, reader, reason_in, shown, valid,
};
use crate::{
    runtime::Runtime,
    service::once::{self, Claimed},
    store,
};

/// How long a request waits for an answer.
const WAITS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Requests of one officer that may wait at once.
const MOST: i64 = 20;

pub(in crate::service) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::RequestAccessRequest,
) -> Result<pb::AccessRequest, Fault> {
    if !caller.is_staff() {
        return Err(Fault::forbidden());
    }
    let mut violations = Vec::new();
    let number = number_in(&request.number, &mut violations);
    reason_in(&request.reason, &mut violations);
    valid(violations)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = caller.account;
    let claim =
        match once::claim(rt, &mut tx, "request_access", Some(account), &key, &request).await? {
            Claimed::Fresh(claim) => claim,
            Claimed::Replay(answer) => return Ok(answer),
        };
    let asked = aimed(rt, &mut tx, caller, &number).await?;
    let (waiting, same) =
        store::access::request::waiting(&mut tx, account, &number, rt.now()).await?;
    let reader = reader(rt, caller);
    if let Some(same) = same {
        let answer = shown(rt, &mut tx, &reader, same).await?;
        return claim.finish(rt, tx, answer).await;
    }
    if waiting >= MOST {
        let message = "您有20条查看申请还在等待审核，请等审核后再申请。";
        return Err(Fault::precondition("TOO_MANY_REQUESTS", message));
    }
    let reason = request.reason.trim();
    let kept = Kept {
        break_glass: false,
        number: &number,
        reason,
        file: asked.as_ref(),
        waits: WAITS,
    };
    let id = keep(rt, &mut tx, caller, kept).await?;
    let about = (number.as_str(), reason);
    audited(rt, &mut tx, caller, "access.request", about, Outcome::Done).await?;
    let answer = shown(rt, &mut tx, &reader, id).await?;
    claim.finish(rt, tx, answer).await
}
