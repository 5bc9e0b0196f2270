//! An officer looks at a closed case at once, in an emergency.

use jiff::SignedDuration;
use yiwang_chassis::{audit::Outcome, fault::Fault, identity::Caller};
use yiwang_proto::casework::v1 as pb;

use super::{already_stands, audited, number_in, office, reader, reason_in, shown, valid};
use crate::{
    access::{Viewer, case_not_found},
    runtime::Runtime,
    service::once::{self, Claimed},
    store::{self, access_request::NewRequest, case::CaseFile},
};

/// How long one looks, and within which time another officer reviews it.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Tries of one officer in a day: nobody goes through the numbers.
const MOST: i64 = 5;

pub(in crate::service) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::BreakGlassRequest,
) -> Result<pb::AccessRequest, Fault> {
    let mut closed = rt.items().iter().filter(|item| item.is_closed());
    if !closed.any(|item| {
        caller
            .grants
            .iter()
            .any(|g| item.sight().roles.contains(&g.role))
    }) {
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
    if store::access_request::broke_glass(&mut tx, account, now - DAY).await? >= MOST {
        let message =
            "一天最多紧急查看5次。请直接联系孩子所在地的县级儿童福利和未成年人保护工作人员。";
        return Err(Fault::precondition("BREAK_GLASS_LIMIT", message));
    }
    let file = store::case::read(&mut tx, &number).await?;
    let id = file.as_ref().map_or(uuid::Uuid::nil(), |file| file.id);
    let around = store::access::around(&mut tx, id, account, now).await?;
    let mut taken = None;
    if let Some(file) = file {
        let item = rt.item(&file.item)?;
        let sight = item.sight();
        if item.is_closed() && Viewer::of(caller, &file, &around, &sight).is_ok() {
            return Err(already_stands());
        }
        let works = caller.grants.iter().any(|g| sight.roles.contains(&g.role));
        taken = (item.is_closed() && works && !around.names(caller)).then_some(file);
    }
    let about = (number.as_str(), request.reason.trim());
    let Some(file) = taken else {
        // Kept although it is refused.
        tx.rollback().await?;
        let mut tx = rt.pool.begin().await?;
        keep(rt, &mut tx, caller, about, None).await?;
        audited(
            rt,
            &mut tx,
            caller,
            "access.break_glass",
            about,
            Outcome::Refused,
        )
        .await?;
        tx.commit().await?;
        return Err(case_not_found());
    };
    let id = keep(rt, &mut tx, caller, about, Some(&file)).await?;
    store::access_request::grant(&mut tx, id, (file.id, account), now + DAY).await?;
    audited(
        rt,
        &mut tx,
        caller,
        "access.break_glass",
        about,
        Outcome::Done,
    )
    .await?;
    let answer = shown(rt, &mut tx, &reader(rt, caller), id).await?;
    claim.finish(rt, tx, answer).await
}

async fn keep(
    rt: &Runtime,
    conn: &mut sqlx::PgConnection,
    caller: &Caller,
    (number, reason): (&str, &str),
    file: Option<&CaseFile>,
) -> Result<uuid::Uuid, Fault> {
    let id = rt.new_id();
    let now = rt.now();
    let new = NewRequest {
        id,
        break_glass: true,
        number,
        file,
        requester: caller.account,
        requester_name: &caller.name,
        requester_office: &office(caller),
        reason: &rt.seal("access_reason", &id.to_string(), &reason)?,
        asked_at: now,
        due_at: now + DAY,
    };
    store::access_request::insert(conn, &new).await?;
    Ok(id)
}
