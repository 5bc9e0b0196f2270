//! Services, level, refresh, the end (rules B2.4).

use yiwang_casework::{Case, Context, Decision, Refusal};
use yiwang_civic::division::{self, Level as Rank};

use super::{
    Decided, RISK, changed, levelled,
    open::{may_lower, not_too_low},
    over, planned, refreshing,
};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    welfare::{
        child_file::{
            ChildFile,
            action::{CloseRisk, End, MoveOut, Serve, SetLevel, Situation},
            form::Form,
            state::State,
            world::World,
        },
        law::{self, Ages},
        words::Kind,
    },
};

/// The form with how it stands now.
pub(super) fn situation(
    case: &Case<ChildFile>,
    data: &Situation,
    cx: &Context<'_>,
    world: &World,
) -> Result<Form, Refusal> {
    desk::reasons(&data.reasons)?;
    may_lower(case.form.level, data.level, cx)?;
    let mut form = case.form.clone();
    form.guardianship = data.guardianship;
    form.living = data.living;
    form.needs.clone_from(&data.needs);
    form.overlays.clone_from(&data.overlays);
    form.level = data.level;
    form.level_reasons = data.reasons.trim().to_owned();
    for (new, old) in [
        (&data.address, &mut form.address),
        (&data.school, &mut form.child.school),
    ] {
        if !new.trim().is_empty() {
            *old = new.trim().to_owned();
        }
    }
    if form.kind == Kind::Hardship && !law::is_in_hardship(&form.needs, &form.overlays) {
        let message = "没有困境类别了的，请办理“结束关爱服务”。";
        return Err(at_field("NOT_IN_HARDSHIP", "/needs", message));
    }
    not_too_low(&form, form.level)?;
    let protected = world.protected || !case.facts.protection.is_empty();
    let lives = Ages::here(cx)?.may_live(form.age(cx.today()), form.living, protected);
    lives.map_err(|refusal| at_field(refusal.code, "/living", refusal.message))?;
    Ok(form)
}

pub(super) fn refresh(
    case: &Case<ChildFile>,
    data: &Situation,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let form = situation(case, data, cx, world)?;
    let mut facts = case.facts.clone();
    facts.refreshed = Some(cx.today());
    let new_level = form.level != case.form.level;
    if new_level {
        levelled(&mut facts, &form, &data.reasons, cx);
    }
    let decision = changed(case.state, facts, form.clone(), "更新档案");
    let decision = refreshing(decision, cx)?;
    match new_level {
        true => planned(decision, &form, cx.today(), cx),
        false => Ok(decision),
    }
}

pub(super) fn serve(case: &Case<ChildFile>, data: Serve, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.what, "/what", "请写明做了什么。"),
        filled(&data.by, "/by", "请写明谁提供的。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    let note = format!("提供服务：{}", data.kind.label());
    facts.services.push((data, cx.today(), desk::officer(cx)));
    Ok(Decision::to(case.state, facts, note))
}

pub(super) fn set_level(case: &Case<ChildFile>, data: &SetLevel, cx: &Context<'_>) -> Decided {
    desk::reasons(&data.reasons)?;
    may_lower(case.form.level, data.level, cx)?;
    not_too_low(&case.form, data.level)?;
    let mut form = case.form.clone();
    form.level = data.level;
    form.level_reasons = data.reasons.trim().to_owned();
    let mut facts = case.facts.clone();
    levelled(&mut facts, &form, &data.reasons, cx);
    let note = format!("风险等级调整为{}", form.level.label());
    let decision = changed(case.state, facts, form.clone(), note);
    planned(decision, &form, cx.today(), cx)
}

pub(super) fn close_risk(case: &Case<ChildFile>, data: &CloseRisk, cx: &Context<'_>) -> Decided {
    desk::reasons(&data.reasons)?;
    let last = case.facts.last_visit();
    if last.is_some_and(|visit| visit.outcome.code() == "not_found") {
        let message = "最近一次走访没有找到儿童，请找到儿童、登记走访以后再办理。";
        return Err(Refusal::new("CHILD_NOT_SEEN", message));
    }
    not_too_low(&case.form, data.level)?;
    let mut form = case.form.clone();
    form.level = data.level;
    form.level_reasons = data.reasons.trim().to_owned();
    let mut facts = case.facts.clone();
    levelled(&mut facts, &form, &data.reasons, cx);
    let decision = changed(State::InService, facts, form.clone(), "风险处理完毕").stop(RISK);
    planned(decision, &form, cx.today(), cx)
}

pub(super) fn move_out(case: &Case<ChildFile>, data: &MoveOut, cx: &Context<'_>) -> Decided {
    desk::reasons(&data.reasons)?;
    let to = data.to.trim();
    let township = division::find(to)
        .is_some_and(|found| matches!(found.level, Rank::Township | Rank::Village));
    if !township || case.division.starts_with(to) {
        let message = "请选择迁入的乡镇（街道）。";
        return Err(at_field("DIVISION_UNKNOWN", "/to", message));
    }
    let empty = filled(&data.receiver, "/receiver", "请先联系迁入地，写明接收人。");
    valid(empty.into_iter().collect())?;
    let mut facts = case.facts.clone();
    to.clone_into(&mut facts.moved_to);
    let name = division::full_name(to).unwrap_or_default();
    Ok(over(
        State::MovedOut,
        facts,
        format!("迁到{name}"),
        cx.today(),
    ))
}

pub(super) fn end(case: &Case<ChildFile>, data: &End, cx: &Context<'_>) -> Decided {
    desk::reasons(&data.reasons)?;
    let why = data.reason.label().to_owned();
    Ok(over(State::Ended, case.facts.clone(), why, cx.today()))
}
