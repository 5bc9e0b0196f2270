//! What each act does: pure (rules R09). The station stays responsible.

use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};

use super::{
    FosterPlacement,
    action::{Action, Assess, Check, Evaluate, Place, TakeOut, Visit},
    facts::Facts,
    form::Form,
    law::Institution,
    state::State,
    world::{Effect, World},
};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    leaving,
    stay::action::Reasons,
};

const VISIT: &str = "visit";
const CHECK: &str = "check";
const EVALUATE: &str = "evaluate";
const BASIS: &str = "民发〔2015〕158号：托养的监督";

/// Result of an act.
type Decided = Result<Decision<FosterPlacement>, Refusal>;

/// The institution, fit today.
fn fit<'a>(cx: &Context<'_>, world: &'a World) -> Result<&'a Institution, Refusal> {
    let message = "没有登记这家托养机构，请核对编号。";
    let found = world.institution.as_ref();
    let found = found.ok_or_else(|| at_field("INSTITUTION_UNKNOWN", "/institution", message))?;
    let months = cx.rule("rescue.foster.institution_months")?.count()?;
    found.may_take(cx.today(), months)?;
    Ok(found)
}

/// The station proposes it.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    valid(form.violations())?;
    leaving::guest(world.stay.as_ref())?.of_station(cx.division)?;
    if let Some(open) = &world.open {
        let message = format!("这名受助人员的托养正在办理（{open}），请打开原来的办件。");
        return Err(at_field("PLACEMENT_OPEN", "/stay", message));
    }
    let facts = Facts {
        institution: fit(cx, world)?.name.clone(),
        ..Facts::default()
    };
    let note = format!("提出托养：{}", facts.institution);
    Ok(Decision::to(State::Opened, facts, note).effect(Effect::Follow))
}

/// Decides an act on a case; the row follows.
pub(super) fn decide(
    case: &Case<FosterPlacement>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let mut decision = match action {
        Action::Assess(data) => assess(case, data, cx),
        Action::Place(data) => place(case, data, cx, world),
        Action::Visit(data) => visit(case, data, cx),
        Action::Check(data) => check(case, data, cx),
        Action::Evaluate(data) => evaluate(case, data, cx),
        Action::TakeOut(data) => take_out(case, data, cx),
        Action::InstitutionFailed(_) => {
            let note = "托养机构资质核查不合格，请马上评估是否转出";
            let decision = Decision::to(case.state, case.facts.clone(), note);
            Ok(to_evaluate(decision, cx))
        }
        Action::StayEnded(data) => ended(case, &data),
        Action::Cancel(data) => cancel(case, &data, world),
    }?;
    decision.effects.insert(0, Effect::Follow);
    Ok(decision)
}

fn assess(case: &Case<FosterPlacement>, data: Assess, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.hospital, "/hospital", "请填写评估医院。"),
        filled(&data.findings, "/findings", "请写明健康情况。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let (state, note) = match data.fit {
        true => (State::Assessed, "健康评估：适合托养"),
        false => (State::Opened, "健康评估：不适合在这家机构托养"),
    };
    let mut facts = case.facts.clone();
    facts.assessed = Some((data, cx.today(), desk::officer(cx)));
    Ok(Decision::to(state, facts, note))
}

fn place(case: &Case<FosterPlacement>, data: Place, cx: &Context<'_>, world: &World) -> Decided {
    fit(cx, world)?;
    let empty = [
        filled(&data.record, "/record", "请填写交接单编号。"),
        filled(&data.receiver, "/receiver", "请填写机构接收人。"),
        filled(
            &data.medicine,
            "/medicine",
            "请填写随身药品；没有的写“无”。",
        ),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    let wanted = data.place.trim().to_owned();
    let note = format!("转入{}", facts.institution);
    facts.placed = Some((data, cx.now));
    let decision = Decision::to(State::Placed, facts, note).effect(Effect::In(wanted));
    checked(visited(decision, cx)?, cx)
}

/// The next visit counts from today; a late one stays red until it is done.
fn visited(decision: Decision<FosterPlacement>, cx: &Context<'_>) -> Decided {
    let due = cx.calendar_days("rescue.foster.visit_days")?;
    Ok(decision.start(StartClock::warn(VISIT, "托养巡查", BASIS, due)))
}

fn checked(decision: Decision<FosterPlacement>, cx: &Context<'_>) -> Decided {
    let months = cx.rule("rescue.foster.check_months")?.count()?;
    let due = cx.calendar.add_months(cx.today(), months);
    Ok(decision.start(StartClock::warn(CHECK, "托养检查", BASIS, due)))
}

fn visit(case: &Case<FosterPlacement>, data: Visit, cx: &Context<'_>) -> Decided {
    if !data.seen {
        let message = "巡查要见到本人；没有见到的，请马上查找，再去一次。";
        return Err(at_field("NOT_SEEN", "/seen", message));
    }
    let empty = filled(&data.findings, "/findings", "请写明巡查情况。");
    valid(empty.into_iter().collect())?;
    let mut facts = case.facts.clone();
    let note = match data.problems.trim() {
        "" => "巡查，没有发现问题",
        _ => "巡查，要求机构改正",
    };
    facts.visits.push((data, cx.today(), desk::officer(cx)));
    visited(Decision::to(State::Placed, facts, note), cx)
}

fn check(case: &Case<FosterPlacement>, data: Check, cx: &Context<'_>) -> Decided {
    let empty = filled(&data.findings, "/findings", "请写明检查情况。");
    valid(empty.into_iter().collect())?;
    let good = data.fire && data.food && data.care;
    let mut facts = case.facts.clone();
    facts.checks.push((data, cx.today(), desk::officer(cx)));
    let note = match good {
        true => "月度检查合格",
        false => "月度检查不合格，请马上评估是否转出",
    };
    let decision = checked(Decision::to(State::Placed, facts, note), cx)?;
    Ok(match good {
        true => decision,
        false => to_evaluate(decision, cx),
    })
}

/// Whether somebody stays there is decided the next working day.
fn to_evaluate(decision: Decision<FosterPlacement>, cx: &Context<'_>) -> Decision<FosterPlacement> {
    let due = cx.calendar.add_working_days(cx.today(), 1);
    decision.start(StartClock::warn(
        EVALUATE,
        "检查不合格，评估是否转出",
        BASIS,
        due,
    ))
}

fn evaluate(case: &Case<FosterPlacement>, data: Evaluate, cx: &Context<'_>) -> Decided {
    let empty = filled(&data.findings, "/findings", "请写明评估意见。");
    valid(empty.into_iter().collect())?;
    let note = match data.fit {
        true => "评估：适合继续托养",
        false => "评估：不适合继续托养，请办理转出",
    };
    let mut facts = case.facts.clone();
    facts
        .evaluations
        .push((data, cx.today(), desk::officer(cx)));
    Ok(Decision::to(State::Placed, facts, note).stop(EVALUATE))
}

fn closed(state: State, facts: Facts, note: &str) -> Decision<FosterPlacement> {
    Decision::to(state, facts, note)
        .stop(VISIT)
        .stop(CHECK)
        .stop(EVALUATE)
}

fn take_out(case: &Case<FosterPlacement>, data: TakeOut, cx: &Context<'_>) -> Decided {
    desk::reasons(&data.reasons)?;
    let empty = filled(&data.record, "/record", "请填写交接单编号。");
    valid(empty.into_iter().collect())?;
    let mut facts = case.facts.clone();
    let room = data.place.trim().to_owned();
    facts.out = Some((data, cx.today()));
    Ok(closed(State::Ended, facts, "转出，接回救助管理站").effect(Effect::Out(room)))
}

fn ended(case: &Case<FosterPlacement>, data: &Reasons) -> Decided {
    let mut facts = case.facts.clone();
    facts.ended.clone_from(&data.reasons);
    let state = match case.state {
        State::Placed => State::Ended,
        _ => State::Cancelled,
    };
    Ok(closed(state, facts, "受助结束，托养随之结束"))
}

/// Whoever lives there is taken out, not struck off.
fn cancel(case: &Case<FosterPlacement>, data: &Reasons, world: &World) -> Decided {
    desk::reasons(&data.reasons)?;
    let there = world
        .stay
        .as_ref()
        .is_some_and(|stay| stay.case_state == "fostered");
    if case.state == State::Placed && there {
        let message = "受助人员还在托养机构，请办理转出。";
        return Err(Refusal::new("STILL_THERE", message));
    }
    ended(case, data)
}
