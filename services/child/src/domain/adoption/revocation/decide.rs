//! What each act does: pure (中国公民收养子女登记办法第13条). What was registered by fraud never
//! held (rules B5.7).

use prost::Message as _;
use yiwang_casework::{
    Case, CertificateState, Context, Decision, Refusal,
    decision::{DomainEvent, StartClock},
    two::{self, Pending, Signer},
};
use yiwang_proto::child::v1::AdoptionChanged;

use super::{
    AdoptionRevocation,
    action::{Action, Hear, Outcome, Propose},
    facts::Facts,
    form::Form,
    state::State,
};
use crate::domain::{
    adoption::{
        archive::Part,
        record::{Change, Ending, Known, Record},
    },
    desk::{self, at_field, filled, valid},
};

const DECIDE: &str = "decide";

/// Result of an act.
type Decided = Result<Decision<AdoptionRevocation>, Refusal>;

/// The registration of this county that is questioned.
fn registered<'a>(cx: &Context<'_>, world: &'a Known) -> Result<&'a Record, Refusal> {
    let unknown = "本县没有登记这份收养登记证，请核对字号；由别处登记的，移送原登记机关。";
    let record = world.record.as_ref().filter(|it| it.county == cx.county);
    let record = record.ok_or_else(|| at_field("RECORD_UNKNOWN", "/certificate", unknown))?;
    world.stands()?;
    Ok(record)
}

/// The registrar opens it, on a report or by itself.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &Known) -> Decided {
    valid(form.violations(cx.today()))?;
    registered(cx, world)?;
    let due = cx.calendar_days("child.adoption.revocation_days")?;
    let note = format!("收到线索：{}", form.fraud.label());
    Ok(
        Decision::to(State::Opened, Facts::default(), note).start(StartClock::warn(
            DECIDE,
            "作出撤销决定",
            "中国公民收养子女登记办法第13条",
            due,
        )),
    )
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<AdoptionRevocation>,
    action: Action,
    cx: &Context<'_>,
    world: &Known,
) -> Decided {
    match action {
        Action::Hear(data) => hear(case, data, cx),
        Action::Propose(data) => propose(case, data, cx, world),
        Action::Confirm => confirm(case, cx, world),
        Action::SendBack(data) => {
            two::pending(case.facts.pending.clone())?;
            desk::reasons(&data.reasons)?;
            let facts = Facts {
                pending: None,
                ..case.facts.clone()
            };
            Ok(Decision::to(case.state, facts, "退回重办"))
        }
    }
}

fn hear(case: &Case<AdoptionRevocation>, data: Hear, cx: &Context<'_>) -> Decided {
    valid(
        filled(&data.words, "/words", "请记录陈述和申辩，或者怎样通知的。")
            .into_iter()
            .collect(),
    )?;
    if !data.told {
        let message = "先告知拟撤销的事实、理由和陈述申辩的权利，再听取意见。";
        return Err(at_field("NOT_TOLD", "/told", message));
    }
    let note = format!("听取{}意见", data.side.label());
    let mut facts = case.facts.clone();
    facts.heard.push((data, cx.today(), desk::officer(cx)));
    let state = match facts.all_heard() {
        true => State::Heard,
        false => case.state,
    };
    Ok(Decision::to(state, facts, note))
}

fn propose(
    case: &Case<AdoptionRevocation>,
    data: Propose,
    cx: &Context<'_>,
    world: &Known,
) -> Decided {
    if let Some(pending) = &case.facts.pending {
        return Err(two::waits(pending.step.outcome.label(), &pending.by.name));
    }
    desk::reasons(&data.reasons)?;
    if data.outcome == Outcome::Revoke {
        registered(cx, world)?;
    }
    let by = two::signer(cx)?;
    let note = format!("拟{}，等另一名工作人员审批", data.outcome.label());
    let mut facts = case.facts.clone();
    facts.pending = Some(Pending {
        step: data,
        by,
        at: cx.now,
    });
    Ok(Decision::to(case.state, facts, note).confidential())
}

fn confirm(case: &Case<AdoptionRevocation>, cx: &Context<'_>, world: &Known) -> Decided {
    let pending = two::pending(case.facts.pending.clone())?;
    let by = two::second(pending.by.account, cx)?;
    let reasons = pending.step.reasons;
    let mut facts = case.facts.clone();
    facts.pending = None;
    facts.decided = Some((cx.today(), pending.by.clone(), by.clone(), reasons.clone()));
    match pending.step.outcome {
        Outcome::Revoke => revoke(
            case,
            cx,
            registered(cx, world)?,
            world,
            facts,
            (pending.by, by),
        ),
        Outcome::Keep => {
            let text = format!("经调查，没有查实弄虚作假，不予撤销收养登记。{reasons}");
            let on = desk::day(cx.today());
            let paper = desk::document("kept", "不予撤销收养登记通知书", &[&text, &on]);
            Ok(Decision::to(State::Kept, facts, "不予撤销")
                .stop(DECIDE)
                .issue(paper))
        }
    }
}

fn revoke(
    case: &Case<AdoptionRevocation>,
    cx: &Context<'_>,
    record: &Record,
    world: &Known,
    facts: Facts,
    (first, second): (Signer, Signer),
) -> Decided {
    let on = cx.today();
    let text = format!(
        "经查，收养登记（{}）存在“{}”的情形，依照中国公民收养子女登记办法第13条，决定撤销登记，收缴收养登记证，收养关系自始无效。",
        record.certificate,
        case.form.fraud.label()
    );
    let paper = desk::document(
        "revocation",
        "撤销收养登记决定书",
        &[&text, desk::APPEAL, &desk::day(on)],
    );
    let ending = Ending {
        adoption: record.case_number.clone(),
        state: "revoked",
        on,
        first: first.account,
        second: second.account,
    };
    let mut part = Part::new("撤销收养登记")
        .row("办件编号", case.number.clone())
        .row("收养登记证字号", record.certificate.clone())
        .row("情形", case.form.fraud.label())
        .row("线索和证据", case.form.evidence.clone())
        .row("拟办人、审批人", format!("{}、{}", first.name, second.name));
    for (heard, day, by) in &facts.heard {
        let text = format!("{}，{}，{by}", heard.words, desk::day(*day));
        part = part.row(heard.side.label(), text);
    }
    let mut decision = Decision::to(State::Revoked, facts, "撤销收养登记，收养关系自始无效")
        .tell("收养登记已经撤销，理由和救济途径见决定书。")
        .stop(DECIDE)
        .issue(paper)
        .end_certificate(
            record.certificate.clone(),
            CertificateState::Revoked,
            "收养登记已经撤销",
        )
        .effect(Change::End(ending))
        .effect(Change::Seal(vec![part]));
    decision.events.push(event(case, record, world, on));
    Ok(decision)
}

/// `adoption.revoked`.
fn event(
    case: &Case<AdoptionRevocation>,
    record: &Record,
    world: &Known,
    on: jiff::civil::Date,
) -> DomainEvent {
    let payload = AdoptionChanged {
        case_number: case.number.clone(),
        child: record.child.clone(),
        adopters: world.adopters().into_iter().map(str::to_owned).collect(),
        on: on.to_string(),
    };
    let aggregate_id = match record.child.is_empty() {
        true => record.case_number.clone(),
        false => record.child.clone(),
    };
    DomainEvent {
        aggregate: "adoption",
        aggregate_id,
        event: "revoked",
        payload: payload.encode_to_vec(),
    }
}
