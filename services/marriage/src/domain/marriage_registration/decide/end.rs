//! 不予登记, and applications given up.

use yiwang_casework::{Decision, Refusal};
use yiwang_chassis::fault::FieldViolation;

use super::{Decided, Scene, scene::reasons};
use crate::domain::{
    legal_age::of_age,
    marriage_registration::{
        action::{Cancel, Ground, Refuse},
        couple::Couple,
        documents,
        facts::Refused,
        state::State,
    },
};

/// The registrar refuses, with reasons on paper.
pub(super) fn refuse(scene: &Scene<'_>, data: &Refuse) -> Decided {
    let reasons = reasons(&data.reasons)?.to_owned();
    let mut facts = scene.facts();
    let couple = scene.couple(&facts)?;
    if !couple.qualified {
        let message = "不予登记须由本登记处的婚姻登记员决定，请交给登记员办理。";
        return Err(Refusal::new("REGISTRAR_NOT_QUALIFIED", message));
    }
    if data.ground == Ground::UnderAge && both_of_age(&couple) {
        let message = "按身份证出生日期，双方都已达到法定结婚年龄，不能以这个理由不予登记。";
        let error = FieldViolation::new("/ground", "GROUND_NOT_MET", message);
        return Err(Refusal::fields(vec![error]));
    }
    let refused = Refused {
        ground: data.ground,
        reasons,
        on: scene.cx.today(),
        by: scene.officer(),
    };
    let paper = documents::refusal(scene.case, &facts.hall, &refused, &couple.ages);
    facts.refusal = Some(refused);
    let note = format!("不予登记：{}", data.ground.label());
    Ok(Decision::to(State::Refused, facts, note)
        .tell("本次结婚登记不予办理，理由和救济途径见《不予办理结婚登记告知书》。")
        .issue(paper))
}

/// An age is on the card: nobody is refused for one that is reached.
fn both_of_age(couple: &Couple<'_>) -> bool {
    let mut both = couple.both.iter();
    both.all(|one| of_age(one.sex, one.born, couple.on, &couple.ages))
}

/// The two come another day, or one of them died meanwhile.
pub(super) fn cancel(scene: &Scene<'_>, data: &Cancel) -> Decided {
    let mut facts = scene.facts();
    facts.cancelled = Some(reasons(&data.reasons)?.to_owned());
    let message = match scene.cx.actor.officer() {
        Some(_) => "这次结婚登记已取消。需要时可以重新预约，也可以直接到登记处办理。",
        None => "这次结婚登记申请已终止。如有疑问，请联系婚姻登记处。",
    };
    Ok(Decision::to(State::Cancelled, facts, "取消申请，没有登记").tell(message))
}
