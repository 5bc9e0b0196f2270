//! Hands a case to another officer of the same office.

use uuid::Uuid;
use yiwang_chassis::{
    fault::{Fault, FieldViolation},
    identity::Caller,
    journal,
};
use yiwang_proto::casework::v1 as pb;

use super::{
    once::{self, Claimed},
    read::{self, Seen},
};
use crate::{engine, form::is_readable, item::By, runtime::Runtime, store, trail, view};

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::HandOverRequest,
) -> Result<pb::Case, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "hand_over", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(case) => return read::again(rt, &mut tx, caller, case).await,
    };
    let seen = read::lock(rt, &mut tx, caller, &request.number).await?;
    // The answer shows the case.
    if seen.viewer.ground.is_some() {
        seen.note(rt, &mut tx, caller, "case.read", None).await?;
    }
    let Seen {
        mut file,
        item,
        viewer,
        ..
    } = seen;
    let acting = item.actions_from(&file.state).into_iter();
    let by = acting
        .map(|(by, _)| by)
        .find(|by| matches!(by, By::Roles(_)) && viewer.may(*by).is_ok());
    let by = by.ok_or_else(|| {
        let mut fault = Fault::forbidden();
        fault.reason = "WRONG_ROLE".into();
        fault
    })?;
    let to = check(&request)?;
    let from_version = file.version;
    let now = rt.now();
    file.version += 1;
    file.updated_at = now;
    file.assignee = Some(to);
    file.assignee_name = Some(request.to_name.clone());
    store::case::update(&mut tx, &file, from_version).await?;
    let actor = viewer.actor(by);
    let change = engine::Change {
        actor: &actor,
        action: "hand_over",
        now,
    };
    let entry = store::history::NewEntry {
        version: file.version,
        at: now,
        action: "hand_over",
        state: &file.state,
        actor: &actor,
        note: &format!("移交给{}", request.to_name),
        rules: &[],
        confidential: true,
    };
    store::history::add(&mut tx, file.id, &entry).await?;
    let mut audited = trail::audit_entry(&file, &change);
    audited.purpose = Some(request.reason.trim().to_owned());
    let event = trail::case_event(rt, &file, item, &change, "");
    journal::write(&mut tx, &audited, &event).await?;
    let response = view::full(rt, &mut tx, file, &viewer).await?;
    claim.finish(rt, tx, response).await
}

fn check(request: &pb::HandOverRequest) -> Result<Uuid, Fault> {
    let mut violations = Vec::new();
    let to = request.to_account.parse();
    let name = request.to_name.trim().chars().count();
    if to.is_err() || !(1..=30).contains(&name) || !is_readable(&request.to_name) {
        let message = "请选择接手的同事。";
        violations.push(FieldViolation::new("/to_account", "REQUIRED", message));
    }
    let reason = request.reason.trim().chars().count();
    if !(2..=200).contains(&reason) {
        let message = "请写明移交原因（2到200个字）。";
        violations.push(FieldViolation::new("/reason", "REQUIRED", message));
    }
    match to {
        Ok(to) if violations.is_empty() => Ok(to),
        _ => Err(Fault::invalid(violations)),
    }
}
