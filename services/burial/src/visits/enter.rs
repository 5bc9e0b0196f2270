//! The gate: a code lets in once, on its day. A sweep on behalf ends here too, with what the
//! staff tells the family.

use jiff::SignedDuration;
use yiwang_casework::{
    Runtime, files,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Fault, FieldViolation},
    identity::Caller,
};
use yiwang_civic::{
    number::{self, CaseNumber},
    time,
};
use yiwang_proto::burial::v1 as pb;

use super::{
    Kind, at_gate, facility_unknown, local,
    party::is_text,
    rules, store, trail, view,
    view::{Body, Shown},
    visit::{self, Visit},
    visit_unknown, words,
};

const ENTERED: &str = "entered";
/// Longest word to the family.
const LONGEST_NOTE: usize = 300;

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::EnterVisitRequest,
) -> Result<pb::Visit, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let facility = store::facility(&mut tx, &request.facility).await?;
    let facility = facility.ok_or_else(facility_unknown)?;
    at_gate(caller, &facility.division)?;
    // Mistyped digits are told from an unknown visit: they do not fit the check digits.
    let typed = number::parse(&request.number).map_err(|error| {
        let field = FieldViolation::new("/number", "NUMBER", error.message());
        Fault::invalid(vec![field])
    })?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "enter_visit", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(visit) => return Ok(visit),
    };
    let found = visit::lock(&mut tx, &plain(&typed)).await?;
    let mut found = found.ok_or_else(visit_unknown)?;
    if found.facility != facility.code {
        let message = "这个预约不是这里的，请家属看预约上的地址。";
        return Err(Fault::precondition("WRONG_PLACE", message));
    }
    let early = rules(rt, &facility)?.early_minutes;
    refuse(&found, rt, early)?;
    let message = told(rt, &mut found, request)?;
    ENTERED.clone_into(&mut found.state);
    visit::close(&mut tx, &found, rt.now()).await?;
    trail::visit(rt, &mut tx, Some(caller), ENTERED, &found, message).await?;
    let response = view::visit(rt, found, Shown::Masked)?;
    claim.finish(rt, tx, response).await
}

/// The number without what people type into it.
fn plain(typed: &CaseNumber) -> String {
    number::case_number(&typed.prefix, &typed.division, typed.day, typed.serial)
}

fn refuse(visit: &Visit, rt: &Runtime, early: u32) -> Result<(), Fault> {
    let starts = words(local(visit.starts_at));
    let (reason, message) = match visit.state.as_str() {
        ENTERED => (
            "ALREADY_ENTERED",
            "这个码已经用过，一个码只能进一次。请核对来人。".to_owned(),
        ),
        "cancelled" => ("CANCELLED", "这个预约已经取消，不能进场。".to_owned()),
        "no_show" => (
            "NO_SHOW",
            format!("预约的时间是{starts}，已经过了，请家属重新预约。"),
        ),
        _ => {
            let today = time::beijing_date(rt.now());
            let day = local(visit.starts_at).date();
            // A sweep on behalf that was not done on its day is still owed.
            let owed = visit.kind == Kind::OnBehalf.code() && day < today;
            if day != today && !owed {
                let message = format!("日期不对：预约的时间是{starts}。");
                return Err(Fault::precondition("WRONG_DAY", message));
            }
            let opens = visit.starts_at - SignedDuration::from_mins(early.into());
            if rt.now() >= opens {
                return Ok(());
            }
            (
                "TOO_EARLY",
                format!("还没有到时间：预约的时间是{starts}，提前{early}分钟可以进场。"),
            )
        }
    };
    Err(Fault::precondition(reason, message))
}

/// What the family hears of a sweep on their behalf; empty for those who come themselves.
fn told(rt: &Runtime, visit: &mut Visit, request: pb::EnterVisitRequest) -> Result<String, Fault> {
    if Kind::from_code(&visit.kind) != Some(Kind::OnBehalf) {
        return Ok(String::new());
    }
    let note = request.note.trim();
    let photos = files::photos(request.photos, "/photos", "代祭的照片");
    if !is_text(note, LONGEST_NOTE) {
        let message = "请写明做了什么，例如“已擦拭墓碑，献菊花一束”。家属会收到这段话。";
        let field = FieldViolation::new("/note", "REQUIRED", message);
        let fields = std::iter::once(field).chain(photos.err());
        return Err(Fault::invalid(fields.collect()));
    }
    let photos = photos.map_err(|field| Fault::invalid(vec![field]))?;
    let mut body = Body::open(rt, visit)?;
    note.clone_into(&mut body.note);
    body.photos = photos;
    visit.body = body.seal(rt, &visit.number)?;
    Ok(format!(
        "{}已经为您代祭：{note} 照片在“我的祭扫预约”里看。",
        visit.facility_name
    ))
}
