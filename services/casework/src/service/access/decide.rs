//! Another officer of the line decides on a request, or reviews an emergency.

use jiff::SignedDuration;
use prost::Message;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    audit::Outcome,
    fault::{Fault, FieldViolation},
    identity::Caller,
};
use yiwang_proto::casework::v1 as pb;

use super::{audited, not_found, reader, reason_in, shown, valid};
use crate::{
    runtime::Runtime,
    service::once::{self, Claimed},
    store::{
        self,
        access::{
            keep::Decided,
            request::{AccessRow, Reader},
        },
    },
};

pub(in crate::service) async fn decide(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::DecideAccessRequest,
) -> Result<pb::AccessRequest, Fault> {
    let mut violations = Vec::new();
    reason_in(&request.reason, &mut violations);
    if request.approve && !(1..=30).contains(&request.days) {
        let message = "请选择可以查看几天（1到30天）。";
        violations.push(FieldViolation::new("/days", "OUT_OF_RANGE", message));
    }
    let key = std::mem::take(&mut request.idempotency_key);
    let step = Step {
        verb: "decide_access",
        state: "submitted",
        agreed: request.approve,
        reason: request.reason.clone(),
        lasts: SignedDuration::from_hours(24 * i64::from(request.days.clamp(1, 30))),
    };
    take(rt, caller, (&request.id, &key, &request), violations, step).await
}

pub(in crate::service) async fn review(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::ReviewBreakGlassRequest,
) -> Result<pb::AccessRequest, Fault> {
    let mut violations = Vec::new();
    reason_in(&request.reason, &mut violations);
    let key = std::mem::take(&mut request.idempotency_key);
    let step = Step {
        verb: "review_break_glass",
        state: "review",
        agreed: request.justified,
        reason: request.reason.clone(),
        lasts: SignedDuration::ZERO,
    };
    take(rt, caller, (&request.id, &key, &request), violations, step).await
}

/// What is decided, from which state.
struct Step {
    verb: &'static str,
    state: &'static str,
    agreed: bool,
    reason: String,
    /// How long the access lasts that it gives.
    lasts: SignedDuration,
}

async fn take(
    rt: &Runtime,
    caller: &Caller,
    (id, key, request): (&str, &str, &impl Message),
    violations: Vec<FieldViolation>,
    step: Step,
) -> Result<pb::AccessRequest, Fault> {
    let id: Uuid = id.parse().map_err(|_| not_found())?;
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, step.verb, account, key, request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let reader = reader(rt, caller);
    store::access::request::lock(&mut tx, id).await?;
    let row = store::access::request::find(&mut tx, &reader, id).await?;
    let row = row.ok_or_else(not_found)?;
    if row.requester == caller.account {
        return Err(Fault {
            reason: "OWN_REQUEST".into(),
            message: "自己的申请不能由自己审核，请由办理单位的其他同事审核。".to_owned(),
            ..Fault::forbidden()
        });
    }
    valid(violations)?;
    if row.state != step.state {
        let message = "这条申请已经处理过，或者已经过期，请刷新页面。";
        return Err(Fault::precondition("WRONG_STATE", message));
    }
    settle(rt, &mut tx, caller, &row, &step, &reader).await?;
    let answer = shown(rt, &mut tx, &reader, id).await?;
    claim.finish(rt, tx, answer).await
}

async fn settle(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    row: &AccessRow,
    step: &Step,
    reader: &Reader,
) -> Result<(), Fault> {
    let reason = step.reason.trim();
    let decided = Decided {
        id: row.id,
        agreed: step.agreed,
        by: caller.account,
        name: &caller.name,
        reason: &rt.seal("access_decision", &row.id.to_string(), &reason)?,
        at: reader.now,
    };
    store::access::keep::decide(conn, &decided).await?;
    // An approval gives access; an emergency that was none ends it.
    let case = row.case.ok_or_else(not_found)?;
    if row.break_glass != step.agreed {
        let until = reader.now + step.lasts;
        store::access::keep::grant(conn, row.id, (case, row.requester), until).await?;
    }
    let action = match (row.break_glass, step.agreed) {
        (false, true) => "access.approve",
        (false, false) => "access.refuse",
        (true, true) => "access.justify",
        (true, false) => "access.reject",
    };
    let about = (row.number.as_str(), reason);
    audited(rt, conn, caller, action, about, Outcome::Done).await
}
