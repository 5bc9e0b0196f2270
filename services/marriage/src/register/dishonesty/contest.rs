//! Somebody on the list contests the entry, in person at the counter.

use yiwang_casework::{Runtime, service::once};
use yiwang_chassis::{db::to_chrono, fault::Fault, identity::Caller};
use yiwang_civic::citizen_id::CitizenId;
use yiwang_proto::marriage::v1 as pb;

use super::{Entry, Objection, TABLE, leave, lock, said, scopes};

/// An officer takes the objection down, with the person before them.
///
/// # Errors
/// `DISHONESTY_NOT_FOUND`, `CONTESTED`, `LIFTED`, or a field error.
pub async fn contest(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::ContestDishonestyRequest,
) -> Result<pb::Dishonesty, Fault> {
    scopes(caller)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = once::claim(rt, &mut tx, "dishonesty.contest", account, &key, &request);
    let claim = match claim.await? {
        once::Claimed::Fresh(claim) => claim,
        once::Claimed::Replay(entry) => return Ok(entry),
    };
    let entry = lock(&mut tx, caller, &request.id).await?;
    match entry.state() {
        "lifted" => {
            let message = "这条失信记录已经移除，不用再提异议。";
            return Err(Fault::precondition("LIFTED", message));
        }
        "contested" => {
            let message = "这条失信记录已有异议，正在等待审批人员处理。";
            return Err(Fault::precondition("CONTESTED", message));
        }
        _ => {}
    }
    let id = request
        .id_number
        .parse::<CitizenId>()
        .map_err(|error| Fault::invalid_field("/id_number", error.reason(), error.message()))?;
    if rt.keyer.key(&id).as_str() != entry.person {
        let message = "这条记录不是此人的，请核对身份证；异议须由本人提出。";
        let fault = Fault::invalid_field("/id_number", "OTHER_PERSON", message);
        return Err(fault);
    }
    let message = "请写明本人的理由（4到500个字）。";
    let text = said(&request.objection, "/objection", message)?.to_owned();
    let sealed = rt.seal(TABLE, &entry.objection_id(), &Objection { text })?;
    sqlx::query(
        "update marriage.dishonesty
            set objection = $2, contested_at = $3, contested_by = $4 where id = $1",
    )
    .bind(entry.id)
    .bind(&sealed)
    .bind(to_chrono(rt.now()))
    .bind(caller.account)
    .execute(&mut *tx)
    .await?;
    // The words are the person's own: they stay sealed and out of the log.
    leave(rt, &mut tx, caller, &entry, "contested", None).await?;
    let contested = Entry {
        objection: Some(sealed),
        contested_by: Some(caller.account),
        ..entry
    };
    let answer = contested.shown(rt, caller)?;
    claim.finish(rt, tx, answer).await
}
