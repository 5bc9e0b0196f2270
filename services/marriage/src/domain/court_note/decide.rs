//! What each act does: pure. Casework has checked state and role against the table before.

use yiwang_casework::{Case, Context, Decision, Refusal};

use super::{
    CourtNote,
    action::{Action, Note, Reasons},
    documents,
    facts::{Facts, Received, Step},
    form::{Form, Paper},
    state::State,
};
use crate::domain::desk::{self, at_field, paper::day};
use crate::domain::{
    record::{Certificates, Record, RecordState},
    world::{Effect, World},
};

/// Result of an act.
type Decided = Result<Decision<CourtNote>, Refusal>;

const IN_PERSON: &str =
    "法院裁判由婚姻登记机关凭生效的法律文书备注，请把文书送交任何一个婚姻登记处。";

/// Takes in a paper that fits a registration of the two.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    desk::taken(cx, world, IN_PERSON)?;
    desk::valid(form.violations(cx.today()))?;
    let record = desk::record_of_both(world, &form.record_number).ok_or_else(no_record)?;
    fits(&form.paper, record)?;
    let Some((account, _)) = cx.actor.officer() else {
        return Err(Refusal::new("IN_PERSON", IN_PERSON));
    };
    let received = Received {
        account,
        by: desk::officer(cx),
        on: cx.today(),
        record: record.id,
    };
    let facts = Facts {
        received: Some(received),
        ..Facts::default()
    };
    let decision = Decision::to(State::Received, facts, "收到法院裁判文书")
        .tell("已收到人民法院的裁判文书，正在与原登记核对。");
    Ok(desk::arrived(decision, &form.appointment))
}

fn no_record() -> Refusal {
    let message = "没有查到双方之间这个字号的结婚登记，请核对身份证号和字号。";
    at_field("RECORD_NOT_FOUND", "/record_number", message)
}

/// The marriage can still be struck, and was there when the court spoke.
fn fits(paper: &Paper, record: &Record) -> Result<(), Refusal> {
    if !paper.kind.strikes(record.state) {
        let message = format!(
            "这段婚姻登记的状态已经是“{}”，不能再按{}备注。",
            record.state.label(),
            paper.kind.label()
        );
        return Err(Refusal::new("RECORD_NOT_VALID", message));
    }
    if paper.effective_on < record.registered_on {
        let message = format!(
            "生效日期早于结婚登记日期{}，请核对。",
            day(record.registered_on)
        );
        return Err(at_field("BEFORE_MARRIAGE", "/paper/effective_on", message));
    }
    Ok(())
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<CourtNote>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match action {
        Action::Note(data) => note(case, &data, cx, world),
        Action::ReturnPaper(data) => send_back(case, &data, cx),
    }
}

/// The register follows the court, from the day the paper took effect (民法典 1080).
fn note(case: &Case<CourtNote>, data: &Note, cx: &Context<'_>, world: &World) -> Decided {
    let received = case.facts.received.as_ref().ok_or_else(no_record)?;
    if cx
        .actor
        .officer()
        .is_none_or(|(account, _)| account == received.account)
    {
        let message = "接收裁判文书的人不能自己核对备注，请由另一名工作人员办理。";
        return Err(Refusal::new("SAME_OFFICER", message));
    }
    if !data.checked {
        let message = "请先核对裁判文书与原登记的当事人、字号是否一致；不一致的退回。";
        return Err(at_field("NOT_CHECKED", "/checked", message));
    }
    let form = &case.form;
    let known = world.people.first().ok_or_else(no_record)?;
    let mut records = known.records.iter();
    let record = records
        .find(|record| record.id == received.record)
        .ok_or_else(no_record)?;
    fits(&form.paper, record)?;
    let kind = form.paper.kind;
    let end = Effect::End {
        record: record.id,
        state: kind.state(),
        on: form.paper.effective_on,
        by: form.paper.number.trim().to_owned(),
    };
    let mut facts = case.facts.clone();
    facts.noted = Some(step(cx));
    // What never was a marriage cannot have been divorced: the divorce certificate goes too.
    let (reason, of) = match kind.state() {
        RecordState::DivorcedCourt => ("人民法院裁判离婚，证件失效", Certificates::Marriage),
        RecordState::Void => ("人民法院确认婚姻无效", Certificates::All),
        _ => ("人民法院撤销婚姻", Certificates::All),
    };
    let decision = Decision::to(State::Noted, facts, format!("备注：{}", kind.label()))
        .tell("人民法院的裁判结果已在婚姻登记信息中备注。")
        .issue(documents::noted(form, record, cx.today()))
        .effect(end);
    let numbers = record.numbers(of);
    Ok(desk::end_certificates(
        decision,
        &numbers,
        kind.certificate(),
        reason,
    ))
}

/// What does not fit goes back.
fn send_back(case: &Case<CourtNote>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let text = desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    facts.returned = Some(step(cx));
    Ok(Decision::to(State::Returned, facts, "退回裁判文书")
        .tell("裁判文书与原登记不一致，已说明理由退回。")
        .issue(documents::returned(&case.form, text, cx.today())))
}

fn step(cx: &Context<'_>) -> Step {
    Step {
        by: desk::officer(cx),
        on: cx.today(),
    }
}
