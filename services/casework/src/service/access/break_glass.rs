//! An officer looks at a closed case at once, in an emergency.

use jiff::SignedDuration;
use yiwang_chassis::{audit::Outcome, fault::Fault, identity::Caller};
use yiwang_proto::casework::v1 as pb;

use super::{
    aim::{Kept, aimed, keep},
    audited, number_in, reader, reason_in, shown, valid,
};
use crate::{
    access::case_not_found,
    runtime::Runtime,
    service::once::{self, Claimed},
    store,
};

const ACTION: &str = "access.break_glass";

/// How long one looks, and within which time another officer reviews it.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Tries of one officer in a day: nobody goes through the numbers.
const MOST: i64 = 5;

pub(in crate::service) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::BreakGlassRequest,
) -> Result<pb::AccessRequest, Fault> {
    if !rt.items().iter().any(|item| works(rt, caller, item.code())) {
        return Err(Fault::forbidden());
    }
    let mut violations = Vec::new();
    let number = number_in(&request.number, &mut violations);
    reason_in(&request.reason, &mut violations);
    valid(violations)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = caller.account;
    let claim = match once::claim(rt, &mut tx, "break_glass", Some(account), &key, &request).await?
    {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let now = rt.now();
    if store::access::request::broke_glass(&mut tx, account, now - DAY).await? >= MOST {
        let message =
            "一天最多紧急查看5次。请直接联系孩子所在地的县级儿童福利和未成年人保护工作人员。";
        return Err(Fault::precondition("BREAK_GLASS_LIMIT", message));
    }
    let reason = request.reason.trim();
    let aimed = aimed(rt, &mut tx, caller, &number).await?;
    // What was sealed for good knows no emergency: there one asks.
    let taken = aimed.filter(|file| !file.sealed && works(rt, caller, &file.item));
    let kept = Kept {
        break_glass: true,
        number: &number,
        reason,
        file: taken.as_ref(),
        waits: DAY,
    };
    let about = (number.as_str(), reason);
    let Some(file) = &taken else {
        // Kept although it is refused.
        tx.rollback().await?;
        let mut tx = rt.pool.begin().await?;
        keep(rt, &mut tx, caller, kept).await?;
        audited(rt, &mut tx, caller, ACTION, about, Outcome::Refused).await?;
        tx.commit().await?;
        return Err(case_not_found());
    };
    let case = (file.id, account);
    let id = keep(rt, &mut tx, caller, kept).await?;
    store::access::keep::grant(&mut tx, id, case, now + DAY).await?;
    audited(rt, &mut tx, caller, ACTION, about, Outcome::Done).await?;
    let answer = shown(rt, &mut tx, &reader(rt, caller), id).await?;
    claim.finish(rt, tx, answer).await
}

/// Whether the caller has a role of this closed item.
fn works(rt: &Runtime, caller: &Caller, item: &str) -> bool {
    rt.item(item).is_ok_and(|item| {
        let roles = item.sight().roles;
        item.is_closed()
            && caller
                .grants
                .iter()
                .any(|grant| roles.contains(&grant.role))
    })
}
