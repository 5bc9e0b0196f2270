//! A second look: the fee goes on until the county has decided.

use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};

use super::{
    BASIS, CONFIRM, Decided, RECHECK, county, day_or_none, end, looked_at, not_future, stay,
};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    entitlements::{
        law::month::EndReason,
        procedure::{
            Entitlement,
            action::{Propose, Reasons, Recheck, Report},
            facts::Facts,
            state::State,
            words::Outcome,
            world::{Effect, World},
        },
    },
    two,
};

/// The limit of a second look.
pub(super) fn clock(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    let due = cx.working_days("entitlements.recheck_working_days")?;
    Ok(StartClock::warn(RECHECK, "复核", BASIS, due))
}

/// Guardian or village tell of a change.
pub(super) fn report<I: Entitlement>(case: &Case<I>, data: Report, cx: &Context<'_>) -> Decided<I> {
    valid(
        filled(&data.what, "/what", "请写明有什么变化。")
            .into_iter()
            .collect(),
    )?;
    not_future(data.on, "/on", cx)?;
    let mut facts = case.facts.clone();
    facts.find("reported", "家庭报告了变化", cx.today());
    facts.reports.push(data);
    let decision = stay(case, facts, "家庭报告了变化")
        .tell("已经收到，乡镇（街道）会核实；核实清楚以前照常发放。");
    looked_at(decision, case, cx)
}

/// An officer begins it.
pub(super) fn start<I: Entitlement>(
    case: &Case<I>,
    data: &Reasons,
    cx: &Context<'_>,
) -> Decided<I> {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    facts.find("officer", reasons, cx.today());
    looked_at(stay(case, facts, "开始复核"), case, cx)
}

/// What the township found.
pub(super) fn opinion<I: Entitlement>(
    case: &Case<I>,
    data: Recheck,
    cx: &Context<'_>,
) -> Decided<I> {
    valid(
        filled(&data.findings, "/findings", "请写明复核情况。")
            .into_iter()
            .collect(),
    )?;
    if data.outcome == Outcome::Ends {
        let on = day_or_none(&data.on);
        let on = on.ok_or_else(|| county::required("/on", "请填写从哪天起不再符合。"))?;
        not_future(on, "/on", cx)?;
        let reason = data.reason;
        let reason = reason.ok_or_else(|| county::required("/reason", "请选择终止原因。"))?;
        let at_school = case.facts.school.as_ref().is_none_or(|check| check.attends);
        if reason == EndReason::Adult && at_school {
            let message = "年满18周岁不能直接终止，请先核实就学；不再在校的才能终止。";
            return Err(at_field("SCHOOL_FIRST", "/reason", message));
        }
    }
    let by = two::signer(cx)?;
    let mut facts = case.facts.clone();
    let note = format!("复核：{}", data.outcome.label());
    facts.recheck = Some((data, by, cx.today()));
    Ok(Decision::to(State::Reconfirming, facts, note)
        .stop(RECHECK)
        .start(county::confirm_clock(cx)?))
}

/// The county's word on it, signed by two.
pub(super) fn decided<I: Entitlement>(
    case: &Case<I>,
    mut facts: Facts,
    opinion: &Propose,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    let Some((data, ..)) = facts.recheck.take() else {
        return Err(Refusal::new(
            "NOTHING_PENDING",
            "没有复核意见，请刷新页面。",
        ));
    };
    if !opinion.agrees {
        facts.returned.push((opinion.reasons.clone(), cx.today()));
        let note = "县级不同意复核意见，退回再查";
        return Ok(Decision::to(State::Recheck, facts, note)
            .stop(CONFIRM)
            .start(clock(cx)?));
    }
    let ends = data.reason.zip(day_or_none(&data.on));
    let outcome = data.outcome;
    facts.rechecks.push((data, cx.today()));
    match (outcome, ends) {
        (Outcome::Ends, Some((reason, on))) => end::ended(case, facts, (reason, on), cx, world),
        _ => {
            facts.found.clear();
            Ok(Decision::to(State::Paid, facts, "复核：继续发放")
                .tell("复核以后仍然符合条件，继续发放。")
                .stop(CONFIRM)
                .effect(Effect::Settled))
        }
    }
}
