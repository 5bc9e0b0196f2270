//! What each act does: pure (rules B2.4, B2.5).
//!
//! | where | what |
//! |---|---|
//! | `open` | registered, verified, begun |
//! | `visits` | visits, of a desk or of a phone, and what follows |
//! | `course` | services, level, refresh, the end |
//! | `time` | late visits, ages |
//! | `told` | what other cases and services tell |

mod course;
mod open;
mod time;
mod told;
mod visits;

use jiff::civil::Date;
use yiwang_casework::{
    Case, Context, Decision, Refusal,
    decision::{DomainEvent, StartClock},
};

use super::{
    ChildFile,
    action::Action,
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};
use crate::domain::{
    desk,
    welfare::{law, visit::plan::Intervals},
};

pub(super) use open::submit;

/// Clock of the next visit.
const VISIT: &str = "visit";
/// Wakes when it is late.
pub(super) const VISIT_OVER: &str = "visit_overdue";
/// Wakes when it is still late after the supervisor's alarm.
pub(super) const COUNTY: &str = "visit_county";
/// Wakes on the birthday.
pub(super) const AGE: &str = "age";
const REGISTER: &str = "register";
const VERIFY: &str = "verify";
const START: &str = "start";
const REFRESH: &str = "refresh";
const RISK: &str = "risk";

const BASIS: &str = "国发〔2016〕13号、36号；民发〔2019〕34号";

/// Result of an act.
type Decided = Result<Decision<ChildFile>, Refusal>;

/// Decides an act; the row follows.
pub(super) fn decide(
    case: &Case<ChildFile>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let mut decision = match action {
        Action::Register(data) => open::register(case, &data, cx, world),
        Action::Verify(data) => open::verify(case, &data, cx),
        Action::Letter(data) => open::letter(case, data, cx),
        Action::Start(data) => open::start(case, &data, cx),
        Action::Visit(data) => visits::visit(case, *data, cx, world),
        Action::SyncVisit(data) => visits::sync(case, data, cx, world),
        Action::SettleVisit(data) => visits::settle(case, &data, cx, world),
        Action::Serve(data) => course::serve(case, data, cx),
        Action::SetLevel(data) => course::set_level(case, &data, cx),
        Action::Refresh(data) => course::refresh(case, &data, cx, world),
        Action::CloseRisk(data) => course::close_risk(case, &data, cx),
        Action::MoveOut(data) => course::move_out(case, &data, cx),
        Action::End(data) => course::end(case, &data, cx),
        Action::VisitOverdue => time::visit_overdue(case, cx),
        Action::CountyAlarm => Ok(time::county_alarm(case)),
        Action::Aged => time::aged(case, cx),
        Action::RiskRaised(data) => told::risk_raised(case, data, cx),
        Action::Adopted(data) => Ok(told::adopted(case, &data)),
        Action::ChildDied(data) => Ok(told::child_died(case, &data)),
        Action::PersonChanged(data) => told::person_changed(case, &data, cx),
        Action::CustodyChanged(data) => told::custody_changed(case, &data, cx),
    }?;
    decision.effects.insert(0, Effect::Follow);
    Ok(decision)
}

/// The next visit counts from `from`; a late one stays red until it is made.
fn planned(
    mut decision: Decision<ChildFile>,
    form: &Form,
    from: Date,
    cx: &Context<'_>,
) -> Decided {
    let every = Intervals::here(cx)?.every(form.level, form.kind, &form.overlays);
    let due = every.due(cx, from);
    decision.facts.next_visit = Some(due.last_day);
    decision.facts.alarm = None;
    let label = every.words();
    let decision = decision
        .stop(COUNTY)
        .start(StartClock::warn(VISIT, &label, BASIS, due))
        .start(StartClock::fire(VISIT_OVER, &label, BASIS, due));
    Ok(decision)
}

/// The file ends on the birthday on which its kind does.
fn aging(decision: Decision<ChildFile>, form: &Form, cx: &Context<'_>) -> Decided {
    let Some(born) = form.child.birth() else {
        return Ok(decision);
    };
    let end = law::Ages::here(cx)?.end(form.kind);
    let eve = law::reaches(born, end).yesterday().unwrap_or(born);
    let due = yiwang_civic::calendar::Due {
        last_day: eve,
        provisional: false,
    };
    let label = format!("年满{end}周岁");
    Ok(decision.start(StartClock::fire(AGE, &label, BASIS, due)))
}

fn refreshing(decision: Decision<ChildFile>, cx: &Context<'_>) -> Decided {
    let months = cx.rule("child.file.refresh_months")?.count()?;
    let due = cx.calendar.add_months(cx.today(), months);
    Ok(decision.start(StartClock::warn(REFRESH, "更新档案", BASIS, due)))
}

/// Something changed: the file is looked at within days.
fn to_look_at(decision: Decision<ChildFile>, cx: &Context<'_>) -> Decided {
    let due = cx.working_days("child.file.register_days")?;
    Ok(decision.start(StartClock::warn(REFRESH, "情况有变，核对档案", BASIS, due)))
}

/// A new form together with the facts that follow.
fn changed(state: State, facts: Facts, form: Form, note: impl Into<String>) -> Decision<ChildFile> {
    let mut decision = Decision::to(state, facts, note);
    decision.form = Some(form);
    decision
}

/// The file is over; nobody goes there any more.
fn over(state: State, mut facts: Facts, why: String, on: Date) -> Decision<ChildFile> {
    let note = format!("关爱服务结束：{why}");
    facts.ended = Some((why, on));
    facts.next_visit = None;
    facts.alarm = None;
    Decision::to(state, facts, note).effect(Effect::Done(None))
}

/// Somebody is to look at the child, nothing is told (rules B6).
fn risk_event(case: &Case<ChildFile>) -> DomainEvent {
    use prost::Message as _;
    let payload = yiwang_proto::child::v1::RiskRaised {
        case_number: case.number.clone(),
        division: desk_division(&case.division),
    };
    DomainEvent {
        aggregate: "risk",
        aggregate_id: case.number.clone(),
        event: "raised",
        payload: payload.encode_to_vec(),
    }
}

/// 9 digits.
fn desk_division(division: &str) -> String {
    division.get(..9).unwrap_or(division).to_owned()
}

/// Adds to the levels that were given.
fn levelled(facts: &mut Facts, form: &Form, reasons: &str, cx: &Context<'_>) {
    let by = desk::officer(cx);
    let entry = (form.level, reasons.trim().to_owned(), cx.today(), by);
    facts.levels.push(entry);
}
