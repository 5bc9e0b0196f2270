//! An approver decides on an objection: the entry goes, or stays; with a reason.

use yiwang_casework::{Runtime, service::once};
use yiwang_chassis::{
    db::to_chrono,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::marriage::v1 as pb;

use super::{Entry, leave, lock, said};

/// Lifts an entry or keeps it: another person than who took the objection.
///
/// # Errors
/// `FORBIDDEN`, `DISHONESTY_NOT_FOUND`, `NOT_CONTESTED`, `SAME_OFFICER`, `OWN_CASE`, or a
/// field error.
pub async fn lift(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::LiftDishonestyRequest,
) -> Result<pb::Dishonesty, Fault> {
    if !caller.has_role(Role::Approver) {
        return Err(Fault::forbidden());
    }
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = once::claim(rt, &mut tx, "dishonesty.lift", account, &key, &request);
    let claim = match claim.await? {
        once::Claimed::Fresh(claim) => claim,
        once::Claimed::Replay(entry) => return Ok(entry),
    };
    let entry = lock(&mut tx, caller, &request.id).await?;
    refuse(caller, &entry)?;
    let message = "请写明核实的经过和依据（4到500个字）。";
    let reason = said(&request.reason, "/reason", message)?.to_owned();
    let decided = if request.lift {
        sqlx::query("update marriage.dishonesty set lifted_at = $2, lifted_by = $3 where id = $1")
            .bind(entry.id)
            .bind(to_chrono(rt.now()))
            .bind(caller.account)
            .execute(&mut *tx)
            .await?;
        leave(rt, &mut tx, caller, &entry, "lifted", Some(reason)).await?;
        Entry {
            lifted: true,
            ..entry
        }
    } else {
        // Answered: new grounds may be brought forward later.
        sqlx::query(
            "update marriage.dishonesty
                set objection = null, contested_at = null, contested_by = null where id = $1",
        )
        .bind(entry.id)
        .execute(&mut *tx)
        .await?;
        leave(rt, &mut tx, caller, &entry, "kept", Some(reason)).await?;
        Entry {
            objection: None,
            contested_by: None,
            ..entry
        }
    };
    let answer = decided.shown(rt, caller)?;
    claim.finish(rt, tx, answer).await
}

fn refuse(caller: &Caller, entry: &Entry) -> Result<(), Fault> {
    let refused = |reason: &'static str, message: &str| Err(Fault::precondition(reason, message));
    if entry.state() != "contested" {
        return refused(
            "NOT_CONTESTED",
            "这条失信记录没有待处理的异议，请刷新名单。",
        );
    }
    if !caller.has(Role::Approver, &entry.division) {
        return Err(Fault::forbidden());
    }
    if entry.contested_by == Some(caller.account) {
        return refused(
            "SAME_OFFICER",
            "收下异议的人不能同时审批，请交给另一位审批人员。",
        );
    }
    if caller.person.as_ref() == Some(&entry.person) {
        return refused("OWN_CASE", "本人的记录不能由您处理，请交给同事。");
    }
    Ok(())
}
