//! What each act does: pure. Casework has checked state and role against the table before.

use jiff::{Span, civil::Date};
use yiwang_casework::{Case, CertificateState, Context, Decision, Refusal};

use super::{
    RegistrationRevocation,
    action::{Action, Approve, Propose},
    documents,
    facts::{Facts, Step},
    form::{Form, Side},
    state::State,
};
use crate::domain::desk::{self, at_field};
use crate::domain::{
    record::{Certificates, Record, RecordState},
    world::{Effect, World},
};

/// Result of an act.
type Decided = Result<Decision<RegistrationRevocation>, Refusal>;

const IN_PERSON: &str = "撤销婚姻登记由婚姻登记机关凭公安机关、人民检察院、人民法院的文书办理，\
                         不能凭一方的申请办理。有线索的，请先向公安机关报案或者向人民法院起诉。";

/// Takes in a paper about a registration of the two.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    desk::taken(cx, world, IN_PERSON)?;
    desk::valid(form.violations(cx.today()))?;
    let record = desk::record_of_both(world, &form.record_number).ok_or_else(no_record)?;
    revocable(record)?;
    let facts = Facts {
        record: Some(record.id),
        received: Some(step(cx, "")?),
        ..Facts::default()
    };
    let note = format!("收到{}", form.basis.label());
    let decision =
        Decision::to(State::Received, facts, note).tell("已收到有关机关的文书，正在审核。");
    Ok(desk::arrived(decision, &form.appointment))
}

fn no_record() -> Refusal {
    let message = "没有查到双方之间这个字号的结婚登记，请核对身份证号和字号。";
    at_field("RECORD_NOT_FOUND", "/record_number", message)
}

/// Only what stands can be revoked.
fn revocable(record: &Record) -> Result<(), Refusal> {
    if record.state == RecordState::Valid {
        return Ok(());
    }
    let message = format!(
        "这段婚姻登记的状态已经是“{}”，不需要也不能再撤销。",
        record.state.label()
    );
    Err(Refusal::new("RECORD_NOT_VALID", message))
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<RegistrationRevocation>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match action {
        Action::Propose(data) => propose(case, &data, cx),
        Action::Approve(data) => approve(case, &data, cx, world),
    }
}

/// An officer's opinion; nothing changes in the register.
fn propose(case: &Case<RegistrationRevocation>, data: &Propose, cx: &Context<'_>) -> Decided {
    let missing = desk::filled(&data.opinion, "/opinion", "请写明审核意见。");
    desk::valid(missing.into_iter().collect())?;
    let mut facts = case.facts.clone();
    facts.proposed = Some(step(cx, &data.opinion)?);
    Ok(Decision::to(State::Proposed, facts, "提出审核意见").tell("已提出审核意见，等待审批。"))
}

/// Another, senior officer decides.
fn approve(
    case: &Case<RegistrationRevocation>,
    data: &Approve,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let decided = step(cx, desk::reasons(&data.reasons)?)?;
    let before = [&case.facts.received, &case.facts.proposed];
    if before
        .into_iter()
        .flatten()
        .any(|step| step.account == decided.account)
    {
        let message = "接收文书或者提出意见的人不能审批，请由另一名负责人办理。";
        return Err(Refusal::new("SAME_OFFICER", message));
    }
    let mut facts = case.facts.clone();
    facts.decided = Some(decided);
    if !data.agree {
        return Ok(Decision::to(State::Rejected, facts, "不予撤销")
            .tell("婚姻登记不予撤销，理由和救济途径见告知书。")
            .issue(documents::rejected(case, data.reasons.trim(), cx.today())));
    }
    let known = world.people.first().ok_or_else(no_record)?;
    let mut records = known.records.iter();
    let record = records
        .find(|record| Some(record.id) == case.facts.record)
        .ok_or_else(no_record)?;
    revocable(record)?;
    let end = Effect::End {
        record: record.id,
        state: RecordState::Revoked,
        on: cx.today(),
        by: case.form.paper.number.trim().to_owned(),
    };
    let archive = Effect::Archive {
        class: "revocation",
        record: record.id,
    };
    let document = documents::revoked(case, record, data.reasons.trim(), cx.today());
    let decision = Decision::to(State::Revoked, facts, "撤销婚姻登记")
        .tell("婚姻登记已被撤销，决定书写明了事实、依据和救济途径。")
        .issue(document)
        .effect(end)
        .effect(archive);
    let (numbers, revoked) = (record.numbers(Certificates::All), CertificateState::Revoked);
    let mut decision = desk::end_certificates(decision, &numbers, revoked, "婚姻登记被撤销");
    let rule = cx.rule("marriage.dishonesty.years")?;
    decision.rules.push(rule.version());
    let until = years_later(cx.today(), rule.count()?);
    let sides = [(0, Side::A), (1, Side::B)].into_iter();
    for (person, _) in sides.filter(|(_, side)| case.form.dishonest.contains(side)) {
        decision.effects.push(Effect::NoteDishonesty {
            person,
            ground: format!("弄虚作假骗取婚姻登记，{}", case.form.basis.label()),
            until,
        });
    }
    Ok(decision)
}

fn years_later(day: Date, years: u32) -> Date {
    Span::new()
        .try_years(years)
        .and_then(|span| day.checked_add(span))
        .unwrap_or(Date::MAX)
}

/// A step of the acting officer.
fn step(cx: &Context<'_>, text: &str) -> Result<Step, Refusal> {
    let Some((account, name)) = cx.actor.officer() else {
        return Err(Refusal::new("IN_PERSON", IN_PERSON));
    };
    Ok(Step {
        account,
        by: name.trim().to_owned(),
        on: cx.today(),
        text: text.trim().to_owned(),
    })
}
