//! Late visits, ages.

use prost::Message as _;
use yiwang_casework::{
    Case, Context, Decision,
    decision::{DomainEvent, StartClock},
};
use yiwang_proto::child::v1::VisitOverdue;

use super::{BASIS, COUNTY, Decided, aging, changed, desk_division, over, planned};
use crate::domain::welfare::{
    child_file::{ChildFile, facts::Alarm, state::State},
    law::{self, Ages},
    words::{Kind, Need, Overlay},
};

/// The supervisor is alarmed; the county after some days more.
pub(super) fn visit_overdue(case: &Case<ChildFile>, cx: &Context<'_>) -> Decided {
    let mut facts = case.facts.clone();
    facts.alarm = Some(Alarm::Supervisor);
    let due_on = facts.next_visit.map(|day| day.to_string());
    let payload = VisitOverdue {
        file: case.number.clone(),
        division: desk_division(&case.division),
        due_on: due_on.unwrap_or_default(),
    };
    let due = cx.calendar_days("child.visit.county_days")?;
    let mut decision = Decision::to(case.state, facts, "走访逾期，提醒儿童督导员");
    decision.events.push(DomainEvent {
        aggregate: "visit",
        aggregate_id: case.number.clone(),
        event: "overdue",
        payload: payload.encode_to_vec(),
    });
    Ok(decision.start(StartClock::fire(COUNTY, "走访逾期报县", BASIS, due)))
}

/// Still nobody went there.
pub(super) fn county_alarm(case: &Case<ChildFile>) -> Decision<ChildFile> {
    let mut facts = case.facts.clone();
    facts.alarm = Some(Alarm::County);
    Decision::to(case.state, facts, "走访逾期，提醒县级民政部门")
}

/// A left-behind or migrant child in hardship, or in danger, stays in sight until 18.
pub(super) fn aged(case: &Case<ChildFile>, cx: &Context<'_>) -> Decided {
    let ages = Ages::here(cx)?;
    let form = &case.form;
    let age = form.age(cx.today());
    let at_risk = case.state == State::AtRisk || !case.facts.protection.is_empty();
    let hardship = law::is_in_hardship(&form.needs, &form.overlays) || at_risk;
    let goes_on =
        form.kind != Kind::Hardship && hardship && age.is_none_or(|age| age < ages.hardship);
    if !goes_on {
        let why = format!("年满{}周岁", ages.end(form.kind));
        return Ok(over(State::AgedOut, case.facts.clone(), why, cx.today()));
    }
    let mut form = form.clone();
    let was = match form.kind {
        Kind::Migrant => Overlay::Migrant,
        _ => Overlay::LeftBehind,
    };
    form.kind = Kind::Hardship;
    form.overlays.retain(|it| *it != was);
    if !law::is_in_hardship(&form.needs, &form.overlays) {
        form.needs.push(Need::Unguarded);
    }
    let note = format!(
        "年满{}周岁，仍有困境，转为困境儿童档案",
        ages.end(case.form.kind)
    );
    let decision = changed(case.state, case.facts.clone(), form.clone(), note);
    let decision = aging(decision, &form, cx)?;
    match case.state {
        State::Discovered => Ok(decision),
        _ => planned(decision, &form, cx.today(), cx),
    }
}
