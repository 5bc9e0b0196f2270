//! What each act does: pure.

mod change;
mod compare;
mod county;
mod end;
mod payee;
mod recheck;
mod standing;
mod submit;
mod township;

use jiff::civil::Date;
use serde_json::json;
use yiwang_casework::{Case, Context, Decision, Errand, Refusal, decision::StartClock};
use yiwang_civic::{
    calendar::Due,
    money::Fen,
    time::{Month, month_of},
};

pub(in crate::domain::entitlements) use self::submit::submit;
use super::{
    Entitlement,
    action::Action,
    facts::Facts,
    form::Form,
    shared::ERRAND,
    standards,
    state::State,
    world::{Effect, World},
};
use crate::domain::{
    desk,
    entitlements::law::ground::{Ground, ground},
};

/// Legal clocks by name.
pub(super) const FORWARD: &str = "forward";
const VERIFY: &str = "verify";
const CONFIRM: &str = "confirm";
const TELL: &str = "tell";
const REVIEW: &str = "review";
const DANGER: &str = "danger";
const RECHECK: &str = "recheck";
const SCHOOL: &str = "school";
const AGREEMENT: &str = "agreement";
/// Fires on the day of the month's comparison.
pub(super) const COMPARE: &str = "compare";
/// Fires on the 18th birthday, then when a look at school is old.
pub(super) const ADULT: &str = "adult";

const BASIS: &str = "民发〔2019〕62号 二";
const CROSS: &str = "孤儿、事实无人抚养儿童认定“跨省通办”";
const SCHOOLING: &str = "国办发〔2010〕54号 二(三)";

/// Result of an act.
type Decided<I> = Result<Decision<I>, Refusal>;

/// Decides an act on a case.
pub(in crate::domain::entitlements) fn decide<I: Entitlement>(
    case: &Case<I>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    let mut decision = match action {
        Action::Supplement(data) => township::supplement(case, data, cx),
        Action::Withdraw => end::withdraw(case),
        Action::AskPapers(data) => township::ask_papers(case, data, cx),
        Action::Forward => township::forward(case, cx),
        Action::Tell(data) => township::tell(case, data, cx),
        Action::Compare => compare::again(case, cx, world),
        Action::Correct(data) => township::correct(case, data, cx),
        Action::Aid(data) => township::aid(case, data, cx),
        Action::Verify(data) => township::verify(case, data, cx),
        Action::Propose(data) => county::propose(case, data, cx, world),
        Action::ProposePayee(data) => payee::propose(case, data, cx, world),
        Action::Decide(data) => county::decide(case, data, cx, world),
        Action::SendBack(data) => county::send_back(case, &data, cx),
        Action::Agreement(data) => standing::agreement(case, data),
        Action::National(data) => standing::national(case, &data),
        Action::School(data) => standing::school(case, data, cx),
        Action::Report(data) => recheck::report(case, data, cx),
        Action::ChangeAccount(data) => standing::change_account(case, &data, cx, world),
        Action::StartRecheck(data) => recheck::start(case, &data, cx),
        Action::Recheck(data) => recheck::opinion(case, data, cx),
        Action::Suspend(data) => standing::suspend(case, &data),
        Action::Resume(data) => standing::resume(case, &data),
        Action::Recover(data) => standing::recover(case, &data, cx),
        Action::Compared(answer) => compare::answered(case, answer, cx, world),
        Action::CompareDue => compare::due(case, cx, world),
        Action::AdultDue => change::adult(case, cx, world),
        Action::PersonChanged(data) => change::person(case, &data, cx, world),
        Action::AidChanged(data) => change::benefit(case, &data, cx, world),
        Action::CustodyChanged(data) => change::custody(case, &data, cx, world),
        Action::Adopted(data) => end::adopted(case, &data, cx, world),
        Action::ChildDied(data) => end::died(case, &data, cx, world),
        Action::PaymentSettled(data) => standing::settled(case, data),
    }?;
    decision.effects.insert(0, Effect::Follow);
    Ok(decision)
}

/// The case goes on where it stands.
fn stay<I: Entitlement>(case: &Case<I>, facts: Facts, note: impl Into<String>) -> Decision<I> {
    Decision::to(case.state, facts, note)
}

/// What both parents' states as verified come to.
fn verified_ground<I: Entitlement>(case: &Case<I>, cx: &Context<'_>) -> Result<Ground, Refusal> {
    let months = cx.rule("entitlements.ground_months")?.count()?;
    let verified = case.facts.verified.as_ref();
    let message = "还没有登记查验意见。";
    let (data, ..) = verified.ok_or_else(|| Refusal::new("NOT_VERIFIED_YET", message))?;
    Ok(ground(
        data.father.fact(),
        data.mother.fact(),
        cx.today(),
        months,
    ))
}

/// The departments are asked about everybody who has a number.
fn ask<I: Entitlement>(form: &Form, cx: &Context<'_>, world: &World) -> Option<Errand> {
    let people = [
        ("child", &form.child.name, &form.child.id_number),
        ("father", &form.father.name, &form.father.id_number),
        ("mother", &form.mother.name, &form.mother.id_number),
    ];
    let known = people
        .into_iter()
        .filter(|(_, _, number)| !number.trim().is_empty());
    let people: Vec<_> = known
        .map(|(id, name, number)| {
            json!({ "id": id, "name": name.trim(), "id_number": number.trim() })
        })
        .collect();
    if people.is_empty() {
        return None;
    }
    let child = world.child.get(..16).unwrap_or("none");
    Some(Errand {
        kind: ERRAND,
        key: format!("{}-{child}-{}", I::PREFIX, cx.now.as_microsecond()),
        payload: json!({ "purpose": I::CODE, "division": cx.division, "people": people }),
    })
}

/// Adds the question, and that it was asked.
fn asking<I: Entitlement>(
    mut decision: Decision<I>,
    form: &Form,
    cx: &Context<'_>,
    world: &World,
) -> Decision<I> {
    match ask::<I>(form, cx, world) {
        Some(errand) => {
            decision.facts.asked = Some(cx.today());
            decision.errand(errand)
        }
        None => decision,
    }
}

/// A clock that fires as this day begins.
fn on_day(name: &'static str, label: &str, basis: &str, day: Date) -> StartClock {
    let last_day = day.yesterday().unwrap_or(day);
    let due = Due {
        last_day,
        provisional: false,
    };
    StartClock::fire(name, label, basis, due)
}

fn to_verify(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    let due = cx.working_days("entitlements.verify_working_days")?;
    Ok(StartClock::warn(VERIFY, "乡镇（街道）查验", BASIS, due))
}

fn to_confirm(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    let due = cx.working_days("entitlements.confirm_working_days")?;
    Ok(StartClock::warn(CONFIRM, "县级民政部门确认", BASIS, due))
}

fn to_tell(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    let due = cx.working_days("entitlements.tell_working_days")?;
    Ok(StartClock::warn(TELL, "告知申请人结果", CROSS, due))
}

/// The next month's comparison.
fn to_compare(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    let day = cx.rule("entitlements.compare_day")?.count()?;
    let first = month_of(cx.today()).next().first_day();
    let day = i8::try_from(day)
        .unwrap_or(1)
        .clamp(1, first.days_in_month());
    let day = first.with().day(day).build().unwrap_or(first);
    Ok(on_day(COMPARE, "每月数据比对", BASIS, day))
}

/// What a month comes to with these facts.
fn monthly<I: Entitlement>(
    case: &Case<I>,
    facts: &Facts,
    cx: &Context<'_>,
    month: Month,
) -> Result<Fen, Refusal> {
    let terms = (I::KIND, case.form.upbringing);
    let draws = facts.draws_in(month);
    Ok(standards::monthly(cx.rules, cx.division, month, terms, &draws)?.fen())
}

/// Something is looked at: paid ones go to the township, all others are there already.
fn looked_at<I: Entitlement>(
    mut decision: Decision<I>,
    case: &Case<I>,
    cx: &Context<'_>,
) -> Decided<I> {
    if case.state == State::Paid {
        decision.state = State::Recheck;
        let due = cx.working_days("entitlements.recheck_working_days")?;
        return Ok(decision.start(StartClock::warn(RECHECK, "复核", BASIS, due)));
    }
    Ok(decision)
}

fn day_or_none(text: &str) -> Option<Date> {
    text.trim().parse().ok()
}

/// Refuses a day that is still to come.
fn not_future(day: Date, at: &'static str, cx: &Context<'_>) -> Result<(), Refusal> {
    if day > cx.today() {
        return Err(desk::at_field("FUTURE", at, "日期晚于今天，请核对。"));
    }
    Ok(())
}
