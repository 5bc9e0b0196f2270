//! A certificate that should not be: one asks, another agrees.

use yiwang_casework::{Case, Context, Decision};

use super::{
    super::{DeathCertificate, action::Reasons, documents, state::State, world::Effect},
    Decided, another, number, step,
};
use crate::domain::desk::reasons;

/// Asks; the certificate stays valid until it is decided.
pub(super) fn ask(case: &Case<DeathCertificate>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let text = reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    facts.void_asked = Some(step(cx, text)?);
    Ok(Decision::to(State::VoidAsked, facts, "申请作废死亡证明")
        .tell("有人提出这份死亡证明签发有误，正在审批。"))
}

const OTHER: &str = "提出作废的人不能自己决定，请由另一名审批人员决定。";

/// Agrees: the death is taken back for everybody.
pub(super) fn void(case: &Case<DeathCertificate>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let text = reasons(&data.reasons)?;
    let agreed = step(cx, text)?;
    another(case.facts.void_asked.as_ref(), &agreed, OTHER)?;
    let asked = case.facts.void_asked.as_ref();
    let asked_by = asked.map_or_else(String::new, |step| step.by.clone());
    let mut facts = case.facts.clone();
    facts.voided = Some(agreed);
    Ok(Decision::to(State::Voided, facts, "死亡证明作废")
        .tell("这份死亡证明已经作废，死亡登记已经撤销。")
        .issue(documents::voided(&case.form, text, cx.today()))
        .effect(Effect::Void {
            number: number(case),
            asked_by,
            reason: text.to_owned(),
        }))
}

/// Does not agree.
pub(super) fn keep(case: &Case<DeathCertificate>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let text = reasons(&data.reasons)?;
    let kept = step(cx, text)?;
    another(case.facts.void_asked.as_ref(), &kept, OTHER)?;
    let mut facts = case.facts.clone();
    facts.void_asked = None;
    facts.kept.push(kept);
    Ok(
        Decision::to(State::Recorded, facts, "不同意作废，证明继续有效")
            .tell("经审批，这份死亡证明继续有效。"),
    )
}

/// The signer took the certificate back, and an approver agreed: the register has done it.
pub(super) fn revoked(case: &Case<DeathCertificate>) -> Decision<DeathCertificate> {
    Decision::to(State::Voided, case.facts.clone(), "死亡登记已撤销")
        .tell("签发单位作废了这份死亡证明，死亡登记已经撤销。")
}
