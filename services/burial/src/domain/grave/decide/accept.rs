//! The office looks at an application; the place is kept for it meanwhile.

use yiwang_casework::{Decision, Refusal};

use super::{Decided, Scene, checks, keep, taken};
use crate::domain::{
    desk::{self, at_field},
    grave::{
        action::{Accept, Approve, Reasons},
        documents,
        state::State,
        world::Effect,
    },
    ledger::SpotError,
};

/// 审核通过.
pub(super) fn accept(scene: Scene<'_>, data: &Accept) -> Decided {
    let form = &scene.case.form;
    let to_see = checks::all(form, scene.cx, scene.world)?;
    if to_see.originals && !data.originals_seen {
        let message = "网上查不到证明，请核对死亡证明和火化证明原件以后再通过。";
        return Err(at_field("ORIGINALS_NOT_SEEN", "/originals_seen", message));
    }
    if to_see.list && !data.on_list {
        let message = "请先与村（社区）的户籍、常住名单核对；不在名单上的不予办理。";
        return Err(at_field("NOT_ON_LIST", "/on_list", message));
    }
    if to_see.kinship && !data.kinship_seen {
        let message = "合葬要核对亲属关系证明，例如结婚证、户口簿。";
        return Err(at_field("KINSHIP_NOT_PROVEN", "/kinship_seen", message));
    }
    let mut facts = scene.facts();
    let step = scene.step("");
    // At the cemetery's desk as at every counter.
    if step.account == scene.case.account {
        let message = "这件申请由您代为提交，请由其他同事审核。";
        return Err(Refusal::new("SAME_OFFICER", message));
    }
    facts.accepted = Some(step);
    if form.living() {
        let note = format!("审核通过，报批：{}", form.exception.label());
        let decision = Decision::to(State::Approval, facts, note)
            .tell("审核通过。为健在的人申请还要由民政局批准，位置继续为您保留。");
        return kept(scene, decision, "burial.spot.review_working_days");
    }
    to_be_signed(scene, Decision::to(State::Approved, facts, "审核通过"))
}

/// 批准: another officer than the one who accepted it.
pub(super) fn approve(scene: Scene<'_>, data: &Approve) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let step = scene.step(reasons);
    let mut facts = scene.facts();
    let accepted = facts.accepted.as_ref();
    if accepted.is_some_and(|accepted| accepted.account == step.account) {
        let message = "审核的人不能自己批准，请由另一位审批人员办理。";
        return Err(Refusal::new("SAME_OFFICER", message));
    }
    if !data.agree {
        facts.ended = Some(step);
        let document = documents::refused(scene.case, reasons, scene.cx.today());
        return Ok(
            Decision::to(State::Refused, facts, "不同意为健在的人预留位置")
                .tell("民政局不同意为健在的人预留位置，理由已书面告知。")
                .issue(document)
                .effect(Effect::LetGo),
        );
    }
    facts.approved = Some(step);
    to_be_signed(scene, Decision::to(State::Approved, facts, "批准特殊情形"))
}

fn to_be_signed(scene: Scene<'_>, decision: Decision<super::Grave>) -> Decided {
    let decision = kept(scene, decision, "burial.spot.contract_working_days")?;
    let facts = &decision.facts;
    let message = format!(
        "{}{}审核通过，请在保留期内到公墓签合同、结清费用。",
        facts.facility, facts.label
    );
    Ok(decision.tell(message))
}

/// The hold goes on, with a new clock.
fn kept(scene: Scene<'_>, decision: Decision<super::Grave>, days: &str) -> Decided {
    let (clock, hold) = keep(scene.cx, days, Some(scene.case.number.clone()))?;
    let decision = decision.start(clock);
    if scene.case.form.joins().is_some() {
        return Ok(decision);
    }
    let spot = &scene.place()?.spot;
    if spot.is_held_by(&scene.case.number, scene.cx.now) {
        return Ok(decision.effect(hold));
    }
    // Nobody has taken it since the hold lapsed: it is taken anew.
    if spot.is_free(scene.cx.now) {
        let (_, fresh) = keep(scene.cx, days, None)?;
        return Ok(decision.effect(fresh));
    }
    Err(taken(SpotError::NotHeld, scene.world))
}

/// 不予办理.
pub(super) fn refuse(scene: Scene<'_>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    facts.ended = Some(scene.step(reasons));
    Ok(Decision::to(State::Refused, facts, "不予办理")
        .tell("不符合条件，理由已书面告知，位置不再保留。")
        .issue(documents::refused(scene.case, reasons, scene.cx.today()))
        .effect(Effect::LetGo))
}

/// 撤回.
pub(super) fn withdraw(scene: Scene<'_>) -> Decided {
    let mut facts = scene.facts();
    facts.ended = Some(scene.step(""));
    Ok(Decision::to(State::Withdrawn, facts, "撤回申请")
        .tell("申请已撤回，位置不再保留。")
        .effect(Effect::LetGo))
}

/// The family was to come and did not; where the office is late, the family does not lose.
pub(super) fn hold_ended(scene: Scene<'_>) -> Decided {
    let facts = scene.facts();
    if scene.case.state != State::Approved {
        let late = Decision::to(scene.case.state, facts, "审核超过期限，位置继续保留")
            .tell("审核还没有完成，位置继续为您保留。");
        match kept(scene, late, "burial.spot.review_working_days") {
            Err(refusal) if refusal.code == SpotError::NotHeld.code() => {}
            decided => return decided,
        }
    }
    let mut facts = scene.facts();
    facts.ended = Some(scene.step(""));
    Ok(Decision::to(State::Lapsed, facts, "保留期满，没有签合同")
        .tell("保留期内没有签合同，位置不再保留。需要的话请重新选位申请。")
        .effect(Effect::LetGo))
}
