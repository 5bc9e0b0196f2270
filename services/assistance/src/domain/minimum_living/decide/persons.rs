//! What happens to one person: a refused job, another service.

use yiwang_casework::{Decision, Refusal};
use yiwang_chassis::fault::FieldViolation;

use super::{Decided, Scene, recheck};
use crate::domain::minimum_living::{
    MinimumLiving, action::RecordJobOffer, codes::RecheckCause, facts::Offer, form::Someone, jobs,
    state::State,
};

/// The person of this name.
pub(super) fn named<'a>(scene: &'a Scene<'_>, name: &str) -> Result<Someone<'a>, Refusal> {
    let form = &scene.case.form;
    let wrong = |reason: &'static str, message: &str| {
        Refusal::fields(vec![FieldViolation::new("/name", reason, message)])
    };
    let missing = || {
        let message = "这个姓名不在申请人和家庭成员中，请核对。";
        wrong("NOT_ON_FORM", message)
    };
    match form.named(name)[..] {
        [index] => form.everybody().nth(index).ok_or_else(missing),
        [] => Err(missing()),
        _ => Err(wrong("SAME_NAME", "有家庭成员同名，请改填身份证号码。")),
    }
}

/// Nobody on the form.
pub(super) fn not_on_form() -> Refusal {
    Refusal::new("NOT_ON_FORM", "这个人不在申请人和家庭成员中。")
}

/// Index of the person with this key.
pub(super) fn keyed(scene: &Scene<'_>, person: &str) -> Result<usize, Refusal> {
    let mut keys = scene.world.keys.iter();
    keys.position(|key| key == person).ok_or_else(not_on_form)
}

/// Officers learn that somebody else is at work in the family; the family does not learn of it, and
/// nobody learns who or why (rules B5.1).
pub(super) fn elsewhere(scene: &Scene<'_>) -> Decision<MinimumLiving> {
    let note = match scene.world.elsewhere {
        true => "另有其他民政业务正在办理",
        false => "没有其他民政业务正在办理",
    };
    scene.stay(scene.facts(), note).confidential()
}

/// A job was offered; the third refusal in a row opens a recheck of that share.
pub(super) fn job_offer(scene: &Scene<'_>, data: &RecordJobOffer) -> Decided {
    let one = named(scene, &data.name)?;
    let id = one.id().ok_or_else(not_on_form)?;
    let index = one.index;
    let mut facts = scene.facts();
    let lost_before = jobs::losers(&scene.case.form, &facts.offers).contains(&index);
    facts.offers.push(Offer {
        id_number: id.as_str().to_owned(),
        on: data.on,
        suitable: data.suitable,
        accepted: data.accepted,
    });
    let loses = jobs::losers(&scene.case.form, &facts.offers).contains(&index);
    if loses && !lost_before && scene.case.state == State::InPayment {
        return recheck::open(scene, facts, RecheckCause::JobRefusal);
    }
    let word = if data.accepted { "接受" } else { "未接受" };
    Ok(scene.stay(facts, format!("登记介绍就业，本人{word}")))
}
