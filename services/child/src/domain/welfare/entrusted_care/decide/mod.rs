//! What each act does: pure (rules B2.6).

mod course;
mod told;

use yiwang_casework::{
    Case, Context, Decision, Refusal,
    decision::{DomainEvent, StartClock},
};
use yiwang_chassis::fault::FieldViolation;

use super::{
    EntrustedCare,
    action::{Action, Check, Notify, Sign, Told},
    facts::Facts,
    form::Form,
    law::{all_told, may_care},
    state::State,
    world::{Effect, World},
};
use crate::domain::desk::{self, at_field, filled, handed, valid};

/// Clock of the next talk.
const CONTACT: &str = "contact";
/// Wakes when a week passed without one.
pub(super) const CONTACT_OVER: &str = "contact_overdue";
const CHECK: &str = "check";
const NOTICE: &str = "notice";
const REVIEW: &str = "review";
const UNTIL: &str = "until";
const ALERT: &str = "alert";

const BASIS: &str = "未成年人保护法22、23、43";

/// Result of an act.
type Decided = Result<Decision<EntrustedCare>, Refusal>;

/// A parent, or the village for them, asks for it.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    let heard = cx.rule("child.entrust.heard_years")?.count()?;
    let adult = cx.rule("child.file.hardship_years")?.count()?;
    valid(form.violations(cx, heard, adult))?;
    may_care(&world.barred)?;
    if world.open.is_some() {
        let message = "这名儿童的委托照护正在办理，或者还没有结束，请打开原来的办件。";
        return Err(at_field("ENTRUST_OPEN", "/child", message));
    }
    let due = cx.working_days("child.entrust.check_days")?;
    let decision = Decision::to(State::Checking, Facts::default(), "申请委托照护")
        .start(StartClock::warn(CHECK, "核查被委托人", BASIS, due));
    Ok(decision.effect(Effect::Follow))
}

/// Decides an act; the row follows.
pub(super) fn decide(
    case: &Case<EntrustedCare>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let mut decision = match action {
        Action::Check(data) => check(case, data, cx, world),
        Action::Sign(data) => sign(case, data, cx, world),
        Action::Notify(data) => notify(case, data, cx, world),
        Action::Contact(data) => course::contact(case, data, cx, "委托人"),
        Action::LogContact(data) => {
            let by = desk::officer(cx);
            course::contact(case, data, cx, &by)
        }
        Action::Review(data) => course::review(case, data, cx),
        Action::Alert(data) => course::alert(case, &data, cx),
        Action::Resume(data) => course::resume(case, &data, cx, world),
        Action::Replace(data) => course::replace(case, &data, cx),
        Action::End(data) => course::end(case, &data, cx),
        Action::Withdraw => Ok(Decision::to(
            State::Withdrawn,
            case.facts.clone(),
            "撤回委托照护",
        )),
        Action::ContactOverdue => Ok(told::contact_overdue(case)),
        Action::CarerBarred(_) => told::carer_barred(case, cx),
        Action::Adopted(data) => Ok(told::adopted(case, &data)),
        Action::ChildDied(data) => Ok(told::child_died(case, &data)),
        Action::PersonChanged(data) => told::person_changed(case, &data, cx),
        Action::CustodyChanged(data) => told::custody_changed(case, &data, cx),
    }?;
    decision.effects.insert(0, Effect::Follow);
    Ok(decision)
}

fn check(case: &Case<EntrustedCare>, data: Check, cx: &Context<'_>, world: &World) -> Decided {
    let empty = [
        filled(&data.source, "/source", "请填写查询回执编号。"),
        filled(&data.findings, "/findings", "请写明照护条件。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if !data.barred.is_empty() && data.suitable {
        let message = "有依法不能委托的情形，不能认定为适合。";
        return Err(at_field("BARRED_IS_UNSUITABLE", "/suitable", message));
    }
    let bar = data.barred.clone();
    let suitable = data.suitable;
    if suitable {
        may_care(&world.barred)?;
    }
    let mut facts = case.facts.clone();
    facts.checked = Some((data, cx.today(), desk::officer(cx)));
    let decision = match suitable {
        true => Decision::to(State::Suitable, facts, "核查：适合照护"),
        false => Decision::to(State::Refused, facts, "核查：不适合照护"),
    };
    let decision = decision.stop(CHECK);
    Ok(match bar.is_empty() {
        true => decision,
        false => decision.effect(Effect::Bar(bar)),
    })
}

fn sign(case: &Case<EntrustedCare>, data: Sign, cx: &Context<'_>, world: &World) -> Decided {
    may_care(&world.barred)?;
    let mut wrong: Vec<FieldViolation> = [
        filled(&data.witness, "/witness", "请填写村（居）委会见证人。"),
        handed(&data.paper, "/paper", "请上传签好的委托照护协议。"),
    ]
    .into_iter()
    .flatten()
    .collect();
    for (signed, at, who) in [
        (data.parent_signed, "/parent_signed", "委托人"),
        (data.carer_signed, "/carer_signed", "被委托人"),
    ] {
        if !signed {
            let message = format!("{who}还没有签字，请当面签好再登记。");
            wrong.push(FieldViolation::new(at, "NOT_SIGNED", message));
        }
    }
    if data.signed_on > cx.today() {
        let message = "签订日期不能晚于今天。";
        wrong.push(FieldViolation::new("/signed_on", "IN_FUTURE", message));
    }
    valid(wrong)?;
    let mut facts = case.facts.clone();
    facts.signed = Some((data, cx.today(), desk::officer(cx)));
    let due = cx.working_days("child.entrust.notice_days")?;
    let label = "书面告知学校和实际居住地村（居）委会";
    let mut decision = Decision::to(State::Signed, facts, "签订委托照护协议")
        .start(StartClock::warn(NOTICE, label, BASIS, due));
    decision.events.push(event(case, "signed"));
    Ok(decision)
}

fn notify(case: &Case<EntrustedCare>, data: Notify, cx: &Context<'_>, world: &World) -> Decided {
    may_care(&world.barred)?;
    let empty = filled(&data.receiver, "/receiver", "请填写接收人。");
    valid(empty.into_iter().collect())?;
    if data.on > cx.today() {
        return Err(at_field("IN_FUTURE", "/on", "告知日期不能晚于今天。"));
    }
    let note = format!("书面告知{}", data.to.label());
    let mut facts = case.facts.clone();
    match data.to {
        Told::School => facts.school = Some(data),
        Told::Committee => facts.committee = Some(data),
    }
    let (school, committee) = (facts.school.is_some(), facts.committee.is_some());
    if !all_told(case.form.has_school(), school, committee) {
        return Ok(Decision::to(State::Signed, facts, note));
    }
    let decision = Decision::to(State::Active, facts, format!("{note}，开始照护")).stop(NOTICE);
    let decision = course::contacted(decision, cx.today(), cx)?;
    let until = cx.calendar.add_calendar_days(case.form.until, 0);
    let decision = decision.start(StartClock::warn(UNTIL, "委托到期", BASIS, until));
    course::reviewed(decision, cx)
}

/// IDs only (rules B6).
fn event(case: &Case<EntrustedCare>, name: &'static str) -> DomainEvent {
    use prost::Message as _;
    let division = case.division.get(..9).unwrap_or(&case.division);
    let payload = yiwang_proto::child::v1::EntrustChanged {
        case_number: case.number.clone(),
        division: division.to_owned(),
    };
    DomainEvent {
        aggregate: "entrust",
        aggregate_id: case.number.clone(),
        event: name,
        payload: payload.encode_to_vec(),
    }
}
