//! Assessment, conference, plan.

use yiwang_casework::{
    Decision, Refusal,
    two::{Pending, pending, second, signer, waits},
};
use yiwang_chassis::fault::FieldViolation;

use super::{ASSESS, CONFER, Decided, Scene};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    protection::{
        clocks::Limit,
        law,
        protection_case::{
            action::{Assess, Confer, PlanDone, Reasons, Way},
            facts::{Assessment, Facts, PlanItem},
            state::State,
        },
    },
};

const PLAN: &str = "plan";

/// Most indicators of the three levels (湖北省地方标准2023: 3, 11, 20).
const MOST: [(&str, u8); 3] = [("/absent", 3), ("/improper", 11), ("/insufficient", 20)];

pub(super) fn assess(scene: &Scene<'_>, data: Assess) -> Decided {
    let counts = [data.absent, data.improper, data.insufficient];
    let too_many = MOST
        .iter()
        .zip(counts)
        .filter(|((_, most), count)| count > most);
    let mut found: Vec<FieldViolation> = too_many
        .map(|((at, most), _)| {
            FieldViolation::new(*at, "TOO_MANY", format!("这一级只有{most}项指标，请核对。"))
        })
        .collect();
    found.extend(filled(&data.safety, "/safety", "请写明安全情况。"));
    found.extend(filled(&data.health, "/health", "请写明身心情况。"));
    if !data.seen {
        let message = "评估要见到儿童本人，请见到以后再登记。";
        found.push(FieldViolation::new("/seen", "CHILD_NOT_SEEN", message));
    }
    let home = data.home.trim();
    let here = scene.world.place_known && home.starts_with(scene.cx.county);
    if !home.is_empty() && !here {
        let message = "请选择本县（市、区）的乡镇（街道）；住在别处的请移送。";
        found.push(FieldViolation::new("/home", "OTHER_PLACE", message));
    }
    valid(found)?;
    let names: Vec<&str> = data.assessors.iter().map(|one| one.name.as_str()).collect();
    law::assessors(
        &names,
        scene.cx.rule("child.protection.assessors")?.count()?,
    )?;
    let level = law::level(data.absent, data.improper, data.insufficient);
    let note = format!("评估：{}", level.label());
    let mut facts = scene.facts();
    if let Some(township) = home.get(..9) {
        township.clone_into(&mut facts.home);
    }
    facts.assessments.push(Assessment {
        done: scene.done(data),
        level,
        signer: signer(scene.cx)?,
    });
    if scene.case.state != State::Assessing {
        return Ok(scene.stays(facts, note));
    }
    let limit = CONFER.days(scene.cx, "child.protection.conference_days")?;
    let decision = Decision::to(State::CaseConference, facts, note);
    Ok(decision.stop(ASSESS.0).start(limit))
}

/// What is wrong with a plan.
fn plan_violations(plan: &[PlanItem], today: jiff::civil::Date) -> Vec<FieldViolation> {
    let mut found = Vec::new();
    for (nth, item) in plan.iter().enumerate() {
        let at = |field: &str| format!("/plan/{nth}/{field}");
        found.extend(filled(&item.what, &at("what"), "请写明做什么。"));
        found.extend(filled(&item.owner, &at("owner"), "请写明谁负责。"));
        if item.due_on < today {
            let message = "完成日期不能早于今天。";
            found.push(FieldViolation::new(at("due_on"), "IN_PAST", message));
        }
    }
    found
}

pub(super) fn confer(scene: &Scene<'_>, data: Confer) -> Decided {
    if let Some(waiting) = &scene.case.facts.conferring {
        return Err(waits("会商", &waiting.by.name));
    }
    let mut found = plan_violations(&data.plan, scene.today());
    found.extend(filled(&data.people, "/people", "请填写参加会商的单位。"));
    found.extend(filled(&data.words, "/words", "请写明会商意见。"));
    if data.plan.is_empty() {
        let message = "请至少写一项计划：谁做，哪天以前做完。";
        found.push(FieldViolation::new("/plan", "REQUIRED", message));
    }
    valid(found)?;
    let mut facts = scene.facts();
    facts.conferring = Some(Pending {
        step: data,
        by: signer(scene.cx)?,
        at: scene.cx.now,
    });
    Ok(scene.stays(facts, "登记会商，等待复核"))
}

/// The second signature under a conference: by neither who wrote it nor who assessed.
pub(super) fn conferred(scene: &Scene<'_>) -> Decided {
    let mut facts = scene.facts();
    let waiting = pending(facts.conferring.take())?;
    scene.county()?;
    let by = second(waiting.by.account, scene.cx)?;
    let assessed = facts.assessments.last();
    if assessed.is_some_and(|assessed| assessed.signer.account == by.account) {
        let message = "评估和审批不能是同一个人，请由另一名工作人员复核。";
        return Err(Refusal::new("ASSESSOR_DECIDES", message));
    }
    let mut step = waiting.step;
    facts.plan.append(&mut step.plan.clone());
    let (state, note) = match step.way {
        Way::Help => (State::Helping, "会商决定：帮扶"),
        Way::Intervene => (State::Intervening, "会商决定：监护干预"),
    };
    step.plan.clear();
    facts.conferences.push(scene.done(step));
    Ok(planned(Decision::to(state, facts, note).stop(CONFER.0)))
}

/// The clock shows the next step of the plan.
fn planned(decision: Decision<super::ProtectionCase>) -> Decision<super::ProtectionCase> {
    match next(&decision.facts) {
        Some(due_on) => {
            let limit = Limit(PLAN, "计划事项", "个案计划");
            decision.start(limit.on(due_on))
        }
        None => decision.stop(PLAN),
    }
}

fn next(facts: &Facts) -> Option<jiff::civil::Date> {
    let open = facts.plan.iter().filter(|item| item.done_on.is_none());
    open.map(|item| item.due_on).min()
}

pub(super) fn plan_add(scene: &Scene<'_>, data: PlanItem) -> Decided {
    valid(plan_violations(std::slice::from_ref(&data), scene.today()))?;
    let mut facts = scene.facts();
    facts.plan.push(PlanItem {
        done_on: None,
        ..data
    });
    Ok(planned(scene.stays(facts, "追加计划事项")))
}

pub(super) fn plan_done(scene: &Scene<'_>, data: &PlanDone) -> Decided {
    let empty = filled(&data.words, "/words", "请写明结果。");
    valid(empty.into_iter().collect())?;
    let mut facts = scene.facts();
    let nth = usize::try_from(data.item).unwrap_or_default();
    let item = nth.checked_sub(1).and_then(|nth| facts.plan.get_mut(nth));
    let item = item.filter(|item| item.done_on.is_none()).ok_or_else(|| {
        let message = "没有这一项，或者已经完成，请核对是第几项。";
        at_field("NO_SUCH_ITEM", "/item", message)
    })?;
    item.done_on = Some(scene.today());
    item.what = format!("{}（{}）", item.what.trim(), data.words.trim());
    Ok(planned(
        scene.stays(facts, format!("完成计划第{}项", data.item)),
    ))
}

/// What waits for the second signature goes back to who wrote it.
pub(super) fn send_back(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    let conferring = facts.conferring.take().is_some();
    let closing = facts.closing.take().is_some();
    if !conferring && !closing {
        pending::<()>(None)?;
    }
    Ok(scene.stays(facts, format!("退回重写：{reasons}")))
}
