//! The trial 融合: a child is chosen, comes, stays or goes back.

use yiwang_casework::{Case, Context, Decision, decision::StartClock};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::calendar::Due;

use super::{BASIS, Decided, TRIAL, day, leaves, not_before, unbarred};
use crate::domain::{
    adoption::{
        foster_care::{
            FosterCare,
            action::{EndTrial, StartTrial},
            state::State,
            world::{Effect, World},
        },
        law::notice,
        people::Adoptee,
    },
    desk::{at_field, filled, valid},
};

/// A child is chosen and comes to try.
pub(super) fn start(
    case: &Case<FosterCare>,
    data: StartTrial,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    unbarred(world)?;
    if world.other {
        let message = "这名儿童已经在别的家庭融合或者寄养，请先结束那边。";
        return Err(at_field("CHILD_ELSEWHERE", "/child/id_number", message));
    }
    let on = day(&data.on, "/on", cx.today())?;
    let empty = [
        filled(&data.child.name, "/child/name", "请填写儿童姓名。"),
        filled(&data.home, "/home", "请填写监护的儿童福利机构。"),
        filled(&data.words, "/words", "请记录儿童的意见。"),
    ];
    let mut found: Vec<_> = empty.into_iter().flatten().collect();
    found.extend(data.child.violations(cx.today()));
    let adult = cx.rule("child.adoption.adult_age")?.count()?;
    match data.child.facts().age(cx.today()) {
        Some(age) if age < adult => {}
        _ => {
            let message = "请填写儿童的身份证号或者出生日期；已满18周岁的不能寄养。";
            found.push(FieldViolation::new(
                "/child/born_on",
                "NOT_A_MINOR",
                message,
            ));
        }
    }
    valid(found)?;
    let due = Due {
        last_day: notice::last_day(on, cx.rule("child.foster.trial_days")?.count()?),
        provisional: false,
    };
    let mut facts = case.facts.clone();
    facts.trial = Some((on, data.words));
    let mut form = case.form.clone();
    (form.child, form.home) = (data.child, data.home);
    let mut decision = Decision::to(State::Trial, facts, "选定儿童，开始融合").start(
        StartClock::warn(TRIAL, "融合期满，评估融合情况", BASIS, due),
    );
    decision.form = Some(form);
    Ok(decision.effect(Effect::Place))
}

/// How it went; a child that was not well goes back.
pub(super) fn end(case: &Case<FosterCare>, data: EndTrial, cx: &Context<'_>) -> Decided {
    let to = day(&data.on, "/on", cx.today())?;
    let empty = [
        filled(&data.words, "/words", "请记录儿童的意见。"),
        filled(&data.findings, "/findings", "请写明融合情况。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let days = cx.rule("child.foster.trial_days")?.count()?;
    let from = case.facts.trial.as_ref().map_or(to, |(from, _)| *from);
    not_before(to, from)?;
    if data.good && notice::last_day(from, days) > to {
        let message = format!("融合不少于{days}日，请期满后再评估；提前结束的选“融合不好”。");
        return Err(at_field("TRIAL_SHORT", "/on", message));
    }
    let good = data.good;
    let mut facts = case.facts.clone();
    facts.trials.push((data, to));
    if good {
        return Ok(Decision::to(State::Agreement, facts, "融合良好").stop(TRIAL));
    }
    facts.trial = None;
    let mut decision = Decision::to(State::Assessed, facts, "融合不好，儿童回机构").stop(TRIAL);
    let mut form = case.form.clone();
    form.child = Adoptee::default();
    decision.form = Some(form);
    Ok(decision.effect(leaves(case)))
}
