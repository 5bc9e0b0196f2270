//! The branch 无人认领: the handler is lost, a family takes over, a name is found (rules F11).

use yiwang_casework::{Decision, Refusal};

use super::{Decided, Scene, cremation, notice};
use crate::domain::{
    desk::{at_field, filled, valid},
    document::Document,
    funeral::{
        action::{LoseHandler, Named, TakeOver},
        facts::Family,
        form::Relation,
        world::Effect,
    },
};

/// 承办人失联: the body goes on as an unclaimed one, in this very case; it does not move.
pub(super) fn lose_handler(scene: &Scene<'_>, data: &LoseHandler) -> Decided {
    notice::no_pending(scene)?;
    valid(
        filled(
            &data.search,
            "/search",
            "请写明怎么联系过承办人和其他亲属。",
        )
        .into_iter()
        .collect(),
    )?;
    if scene.handling().unclaimed.is_some() {
        let message = "这件治丧服务已经按无人认领办理。";
        return Err(Refusal::new("UNCLAIMED_KNOWN", message));
    }
    let number = data.unclaimed.trim();
    match &scene.world.unclaimed {
        None => {
            let message = "没有查到这个无人认领遗体的办件，请先登记，再填它的编号。";
            return Err(at_field("UNCLAIMED_UNKNOWN", "/unclaimed", message));
        }
        Some(one) if !one.funeral.is_empty() => {
            let message = "这个无人认领遗体的办件已经连到另一件治丧服务，请核对编号。";
            return Err(at_field("UNCLAIMED_KNOWN", "/unclaimed", message));
        }
        Some(_) => {}
    }
    let mut facts = scene.facts();
    number.clone_into(&mut facts.unclaimed);
    facts.confirmation = None;
    Ok(scene
        .stay(facts, format!("承办人失去联系，转为无人认领（{number}）"))
        .tell("殡仪馆多次没有联系上您，已按无人认领遗体办理公告。请尽快与殡仪馆联系，随时可以继续办理。")
        .effect(Effect::LinkUnclaimed(number.to_owned())))
}

/// 亲属接办: who claimed the body, or was found for it, handles the funeral from here on.
pub(super) fn take_over(scene: &Scene<'_>, data: &TakeOver) -> Decided {
    notice::no_pending(scene)?;
    let empty = [
        filled(&data.name, "/name", "请填写接办人姓名。"),
        filled(&data.phone, "/phone", "请填写联系电话。"),
        filled(
            &data.paper,
            "/paper",
            "请填写核对的身份确认文书、亲属关系材料。",
        ),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let handling = scene.handling();
    let Some(file) = handling.unclaimed else {
        let message = "这件治丧服务由家属承办，不用接办。";
        return Err(Refusal::new("NOT_UNCLAIMED", message));
    };
    if !scene.world.unclaimed.as_ref().is_some_and(|one| one.family) {
        let message = "无人认领遗体的办件还没有登记亲属认领或者查明身份，请先在那里登记。";
        return Err(Refusal::new("NOBODY_CLAIMED", message));
    }
    if data.relation == Relation::Home {
        let message = "请选择接办人与逝者的关系。";
        return Err(at_field("RELATION", "/relation", message));
    }
    let document = Document::CitizenId
        .read("", &data.number)
        .map_err(|error| at_field(error.reason(), "/number", error.message()))?;
    if scene.case.form.dead.id() == Some(document) {
        let message = "接办人和逝者不能是同一个人，请核对身份证件。";
        return Err(at_field("SAME_PERSON", "/number", message));
    }
    let file = file.to_owned();
    let mut facts = scene.facts();
    facts.family = Some(Family {
        name: data.name.trim().to_owned(),
        number: data.number.trim().to_owned(),
        relation: data.relation,
        phone: data.phone.trim().to_owned(),
        paper: data.paper.trim().to_owned(),
        on: scene.cx.today(),
    });
    facts.confirmation = None;
    Ok(scene
        .stay(facts, "亲属接办")
        .effect(Effect::TakenOver(file)))
}

/// The one without a name has one: form, and the certificate that said 无. The old certificate
/// ends; whoever scans its code sees that.
pub(super) fn named(scene: &Scene<'_>, data: &Named) -> Decided {
    let mut form = scene.case.form.clone();
    form.dead.name.clone_from(&data.name);
    form.dead.document = data.document;
    form.dead.country.clone_from(&data.country);
    form.dead.id_number.clone_from(&data.id_number);
    if !data.household.is_empty() {
        form.dead.household.clone_from(&data.household);
    }
    let old = scene.case.facts.cremation_certificate.clone();
    let note = "查明逝者身份，补上姓名";
    let mut decision = match old.as_str() {
        "" => Decision::to(scene.case.state, scene.facts(), note),
        _ => {
            let decision = cremation::issue(scene, &form, scene.case.state, &old)?;
            cremation::replaced(decision, old)
        }
    };
    if !scene.case.facts.cremation_certificate.is_empty() {
        decision.note = format!("{note}；{}", decision.note);
    }
    decision.form = Some(form);
    Ok(decision.tell("逝者的身份已经查明，治丧档案和火化证明已补上姓名。"))
}
