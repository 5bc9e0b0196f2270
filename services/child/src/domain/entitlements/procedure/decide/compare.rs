//! Data sharing: asked at the beginning, then every month; what differs is looked at.

use yiwang_casework::{Case, Context, Refusal};
use yiwang_civic::time::month_of;

use super::{Decided, asking, looked_at, stay, to_compare};
use crate::domain::entitlements::{
    law::amount::may_combine,
    procedure::{
        Entitlement,
        facts::Facts,
        shared::{Answer, Known},
        world::{Effect, World},
    },
};

/// The township asks once more.
pub(super) fn again<I: Entitlement>(case: &Case<I>, cx: &Context<'_>, world: &World) -> Decided<I> {
    if case.facts.asked.is_some() {
        let message = "已经在核对，平台回复以后会显示在这里。";
        return Err(Refusal::new("ASKED_ALREADY", message));
    }
    Ok(asking(
        stay(case, case.facts.clone(), "再次核对部门数据"),
        &case.form,
        cx,
        world,
    ))
}

/// The month's comparison.
pub(super) fn due<I: Entitlement>(case: &Case<I>, cx: &Context<'_>, world: &World) -> Decided<I> {
    let decision = stay(case, case.facts.clone(), "每月数据比对").start(to_compare(cx)?);
    let compared = Effect::Compared {
        month: month_of(cx.today()),
        answered: false,
        found: Vec::new(),
    };
    let decision = asking(decision, &case.form, cx, world).confidential();
    Ok(decision.effect(compared))
}

/// The departments have answered.
pub(super) fn answered<I: Entitlement>(
    case: &Case<I>,
    answer: Answer,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    let before = case.facts.shared.as_ref().map(|(answer, _)| answer);
    let mut facts = case.facts.clone();
    let mut found = Vec::new();
    if case.state.is_granted() {
        found = differences(case, before, &answer, cx);
    }
    let drawn = news(&facts, &answer);
    for one in &drawn {
        facts.draws.push(one.clone());
        if case.state.is_granted()
            && one.monthly_fen.0 > 0
            && !may_combine(I::KIND, true, one.benefit)
        {
            found.push(("benefit", format!("同时享受{}", one.benefit.label())));
        }
    }
    for (code, text) in &found {
        facts.find(code, text.clone(), cx.today());
    }
    facts.asked = None;
    facts.shared = Some((answer, cx.today()));
    let note = match (case.state.is_granted(), found.is_empty()) {
        (false, _) => "部门数据已回复",
        (true, true) => "部门数据比对，没有变化",
        (true, false) => "部门数据比对，有变化，转复核",
    };
    let codes = found.iter().map(|(code, _)| (*code).to_owned()).collect();
    let mut decision = stay(case, facts, note);
    decision.confidential = drawn.is_empty();
    for one in drawn {
        decision = super::change::draws(decision, case, &one, cx, world)?;
    }
    if case.state.is_granted() {
        decision = decision.effect(Effect::Compared {
            month: month_of(cx.today()),
            answered: true,
            found: codes,
        });
    }
    if found.is_empty() {
        Ok(decision)
    } else {
        looked_at(decision, case, cx)
    }
}

/// Benefits of the child that the case does not know yet, or knows otherwise.
fn news(facts: &Facts, answer: &Answer) -> Vec<super::super::shared::Drawn> {
    let child = answer.of("child").map(|known| known.benefits.clone());
    let benefits = child.unwrap_or_default().into_iter();
    benefits
        .filter(|one| {
            let last = facts
                .draws
                .iter()
                .rev()
                .find(|it| it.benefit == one.benefit);
            match last {
                Some(known) => {
                    known.monthly_fen != one.monthly_fen && known.from_month <= one.from_month
                }
                None => one.monthly_fen.0 > 0,
            }
        })
        .collect()
}

/// What the departments say now and did not say before.
fn differences<I: Entitlement>(
    case: &Case<I>,
    before: Option<&Answer>,
    now: &Answer,
    cx: &Context<'_>,
) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let child = now.of("child");
    if child.is_some_and(|known| known.died_on.is_some()) {
        found.push(("died", "部门数据显示孩子死亡".to_owned()));
    }
    let of_age =
        case.facts.school.is_some() || case.facts.found.iter().any(|it| it.code == "adult");
    let left = |known: &Known| known.school.as_ref().is_some_and(|school| !school.attends);
    if of_age && child.is_some_and(left) {
        found.push(("left_school", "部门数据显示不再在校就读".to_owned()));
    }
    for (id, who) in [("father", "父亲"), ("mother", "母亲")] {
        let then = before.and_then(|answer| answer.of(id));
        let Some(now) = now.of(id) else { continue };
        let was = then.and_then(|known| known.fact(cx.today()));
        let counted = then.and_then(|known| {
            known.fact(case.facts.shared.as_ref().map_or(cx.today(), |(_, on)| *on))
        });
        let is = now.fact(cx.today());
        match (counted.or(was), is) {
            (Some(old), None) => {
                found.push((
                    "parent_back",
                    format!("{who}“{}”的情况可能已经结束", old.state.label()),
                ));
            }
            (old, Some(new)) if old.map(|it| it.state) != Some(new.state) => {
                let verified = case.facts.verified.as_ref().map(|(data, ..)| match id {
                    "father" => data.father.state,
                    _ => data.mother.state,
                });
                if verified != Some(new.state) {
                    found.push((
                        "parent_changed",
                        format!("{who}的情况变为“{}”", new.state.label()),
                    ));
                }
            }
            _ => {}
        }
    }
    found
}
