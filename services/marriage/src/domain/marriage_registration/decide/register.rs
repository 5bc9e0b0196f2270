//! 准予登记: the whole check list, then the marriage with its certificate in one decision.

use yiwang_casework::{Decision, Refusal};

use super::{Decided, Scene};
use crate::domain::{
    marriage_registration::{
        action::Register, certificate, checks, documents, facts::Registration, form::Kind, late,
        state::State,
    },
    world::Effect,
};

/// Parameters the decision rests on.
const RULES: [&str; 4] = [
    "marriage.age.man",
    "marriage.age.woman",
    "marriage.age.birthday_counts",
    "marriage.age.leap_day_on_first_of_march",
];

/// Registers the two.
///
/// # Errors
/// The first check that does not hold, in the order of the law.
pub(super) fn register(scene: &Scene<'_>, data: Register) -> Decided {
    let mut facts = scene.facts();
    // Not among the checks: what they find is shown to the two.
    if !facts.violence.is_empty() {
        let message = "这次申请已经登记家庭暴力、拐卖线索，不能准予登记。请保护好当事人，等公安机关处理；用“取消申请”结束，原因只写改日再办。";
        return Err(Refusal::new("STOPPED", message));
    }
    let hall = scene.hall()?;
    let mut couple = scene.couple(&facts)?;
    let signed = facts.declaration.is_some();
    let willing = [data.a_willing, data.b_willing];
    for (one, willing) in couple.both.iter_mut().zip(willing) {
        (one.signed, one.willing) = (signed, willing);
    }
    checks::hold(checks::ALL, &couple)?;
    let number = scene.world.next_number.clone().ok_or_else(|| {
        let message = "暂时取不到结婚证字号，没有登记。请稍后重试；仍然不行的，请联系系统管理员。";
        Refusal::new("NUMBER_UNAVAILABLE", message)
    })?;
    let on = scene.cx.today();
    let form = &scene.case.form;
    let effective_from = match (form.kind, form.lived_together_since) {
        (Kind::Late, Some(since)) => late::effective_from(&couple, since),
        _ => on,
    };
    let registration = Registration {
        number: number.clone(),
        on,
        effective_from,
        kind: couple.recorded_kind(),
        by: scene.officer(),
    };
    facts.findings.clear();
    facts.registration = Some(registration.clone());
    let sheet = documents::review_sheet(scene.case, &facts, &registration);
    let paper = certificate::issue(form, hall, &registration);
    let note = format!("准予登记，结婚证字号{number}");
    let mut decision = Decision::to(State::Registered, facts, note)
        .tell(format!(
            "恭喜两位！结婚登记已经完成，结婚证字号{number}，请当面领取结婚证。"
        ))
        .effect(Effect::Marry {
            kind: registration.kind.code(),
            number,
            effective_from,
        })
        .certify(paper)
        .issue(sheet);
    for id in RULES {
        decision.rules.push(scene.cx.rule(id)?.version());
    }
    Ok(decision)
}
