//! An officer asks to look at a closed case. The answer never tells whether there is one.

use jiff::SignedDuration;
use yiwang_chassis::{audit::Outcome, fault::Fault, identity::Caller};
use yiwang_proto::casework::v1 as pb;

use super::{already_stands, audited, number_in, office, reader, reason_in, shown, valid};
use crate::{
    access::Viewer,
    runtime::Runtime,
    service::once::{self, Claimed},
    store::{self, access_request::NewRequest},
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
    let now = rt.now();
    let file = store::case::read(&mut tx, &number).await?;
    let id = file.as_ref().map_or(uuid::Uuid::nil(), |file| file.id);
    let around = store::access::around(&mut tx, id, account, now).await?;
    let (waiting, same) = store::access_request::waiting(&mut tx, account, &number, now).await?;
    let mut asked = None;
    if let Some(file) = file {
        let item = rt.item(&file.item)?;
        if Viewer::of(caller, &file, &around, &item.sight()).is_ok() {
            return Err(already_stands());
        }
        // Whoever is on the form never looks as an officer.
        asked = (item.is_closed() && !around.names(caller)).then_some(file);
    }
    let reader = reader(rt, caller);
    if let Some(same) = same {
        let answer = shown(rt, &mut tx, &reader, same).await?;
        return claim.finish(rt, tx, answer).await;
    }
    if waiting >= MOST {
        let message = "您有20条查看申请还在等待审核，请等审核后再申请。";
        return Err(Fault::precondition("TOO_MANY_REQUESTS", message));
    }
    let id = rt.new_id();
    let reason = request.reason.trim();
    let new = NewRequest {
        id,
        break_glass: false,
        number: &number,
        file: asked.as_ref(),
        requester: account,
        requester_name: &caller.name,
        requester_office: &office(caller),
        reason: &rt.seal("access_reason", &id.to_string(), &reason)?,
        asked_at: now,
        due_at: now + WAITS,
    };
    store::access_request::insert(&mut tx, &new).await?;
    let about = (number.as_str(), reason);
    audited(rt, &mut tx, caller, "access.request", about, Outcome::Done).await?;
    let answer = shown(rt, &mut tx, &reader, id).await?;
    claim.finish(rt, tx, answer).await
}
