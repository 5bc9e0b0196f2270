//! The investigation: departments, records signed by two, and what the party is told.

use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};

use super::{
    super::{
        BurialEnforcement,
        action::{Joining, Measure, Notice, Reasons, Record, RecordKind},
        documents,
        facts::{Pending, Signed},
        state::State,
    },
    Decided,
};
use crate::domain::{
    desk::{self, at_field, day, filled, valid},
    two::{self, signer},
};

/// A department takes part.
pub(super) fn join(case: &Case<BurialEnforcement>, data: Joining, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.name, "/name", "请填写联系人。"),
        filled(&data.task, "/task", "请填写分工。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if case
        .facts
        .joined
        .iter()
        .any(|one| one.department == data.department)
    {
        let message = "这个部门已经登记参加，不用重复登记。";
        return Err(at_field("JOINED", "/department", message));
    }
    let note = format!("{}参加联合执法", data.department.label());
    let mut facts = case.facts.clone();
    facts
        .hands
        .extend(cx.actor.officer().map(|(account, _)| account));
    facts.joined.push(data);
    Ok(Decision::to(case.state, facts, note).confidential())
}

/// One writes it down.
pub(super) fn record(case: &Case<BurialEnforcement>, data: Record, cx: &Context<'_>) -> Decided {
    none_waits(case)?;
    let empty = [
        filled(&data.place, "/place", "请填写地点。"),
        filled(&data.number, "/number", "请填写记录编号。"),
        filled(&data.content, "/content", "请写明内容。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if data.on > cx.today() || data.on < case.form.found_on {
        let message = "记录日期应当在发现日期以后、今天以前，请核对。";
        return Err(at_field("RECORD_DATE", "/on", message));
    }
    let twice = case
        .facts
        .records
        .iter()
        .any(|one| one.record.number.trim() == data.number.trim());
    if twice {
        let message = "这个记录编号已经登记，请核对。";
        return Err(at_field("RECORD_KNOWN", "/number", message));
    }
    let by = signer(cx)?;
    let note = format!("{}：{}登记，待另一人签字", data.kind.label(), by.name);
    let mut facts = case.facts.clone();
    facts.hands.insert(by.account);
    facts.pending = Some(Pending { record: data, by });
    Ok(Decision::to(case.state, facts, note).confidential())
}

fn none_waits(case: &Case<BurialEnforcement>) -> Result<(), Refusal> {
    let waiting = case.facts.pending.as_ref();
    waiting.map_or(Ok(()), |pending| {
        let kind = pending.record.kind.label();
        Err(two::waits(kind, &pending.by.name))
    })
}

/// The other signs (行政处罚法 42: two at least).
pub(super) fn countersign(case: &Case<BurialEnforcement>, cx: &Context<'_>) -> Decided {
    let mut facts = case.facts.clone();
    let pending = two::pending(facts.pending.take())?;
    let by = two::second(pending.by.account, cx)?;
    let note = format!(
        "{}：{}、{}签字",
        pending.record.kind.label(),
        pending.by.name,
        by.name
    );
    facts.hands.insert(by.account);
    facts.records.push(Signed {
        record: pending.record,
        signed: [pending.by.name, by.name],
        at: cx.now,
    });
    Ok(Decision::to(case.state, facts, note).confidential())
}

/// Written wrongly.
pub(super) fn discard(case: &Case<BurialEnforcement>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    let pending = two::pending(facts.pending.take())?;
    facts
        .hands
        .extend(cx.actor.officer().map(|(account, _)| account));
    let note = format!(
        "作废待签字的记录（{}）：{reasons}",
        pending.record.number.trim()
    );
    Ok(Decision::to(case.state, facts, note).confidential())
}

/// 事先告知: only on facts that are on record.
pub(super) fn inform(case: &Case<BurialEnforcement>, data: Notice, cx: &Context<'_>) -> Decided {
    let looked = |kind| case.facts.records.iter().any(|one| one.record.kind == kind);
    if !looked(RecordKind::Scene) && !looked(RecordKind::Inquiry) {
        let message = "还没有两人签字的现场检查或者询问记录，不能告知。";
        return Err(Refusal::new("NO_RECORD", message));
    }
    none_waits(case)?;
    let empty = [
        filled(&data.facts, "/facts", "请写明查明的事实和证据。"),
        filled(&data.grounds, "/grounds", "请写明法律依据和条款。"),
        filled(&data.content, "/content", "请写明拟作出决定的具体内容。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if (data.measure == Measure::Fine) != (data.fine_fen > 0) {
        let message = "罚款的填写金额；不罚款的填0。";
        return Err(at_field("FINE", "/fine_fen", message));
    }
    let due = cx.calendar_days("burial.enforcement.statement_days")?;
    let paper = documents::told(&case.form, &data, cx.today(), due.last_day);
    let clock = StartClock::warn("statement", "陈述申辩期", "行政处罚法第六十四条", due);
    let mut facts = case.facts.clone();
    facts.hands.insert(signer(cx)?.account);
    facts.informed = Some((data, due.last_day));
    facts.statement = None;
    let note = format!("已事先告知，{}前可以陈述、申辩", day(due.last_day));
    Ok(Decision::to(State::Informed, facts, note)
        .tell("已向您发出事先告知书，您可以陈述、申辩，请在办件中查看。")
        .issue(paper)
        .start(clock))
}
