//! 颁证 and 归档.

use yiwang_casework::{Decision, Refusal};

use super::{Decided, Scene};
use crate::domain::{
    marriage_registration::{action::Deliver, facts::HandedOver, state::State},
    world::Effect,
};

/// Each takes one certificate and signs for it.
pub(super) fn deliver(scene: &Scene<'_>, data: Deliver) -> Decided {
    if !(data.a_received && data.b_received) {
        let message = "结婚证须男女双方当面各领一本并签收。请双方都签收后再继续。";
        return Err(Refusal::new("NOT_RECEIVED", message));
    }
    let mut facts = scene.facts();
    facts.handed_over = Some(HandedOver {
        on: scene.cx.today(),
        by: scene.officer(),
        ceremony: data.ceremony,
    });
    let note = if data.ceremony {
        "举行颁证仪式，双方领取结婚证"
    } else {
        "双方领取结婚证"
    };
    Ok(Decision::to(State::HandedOver, facts, note).tell("双方已领取结婚证，祝两位幸福美满。"))
}

/// One couple, one file.
pub(super) fn archive(scene: &Scene<'_>) -> Decided {
    let mut facts = scene.facts();
    let number = facts.registration.as_ref().map(|one| one.number.as_str());
    let records = scene.world.people.iter().flat_map(|known| &known.records);
    let record = records
        .into_iter()
        .find(|record| Some(record.number.as_str()) == number)
        .map(|record| record.id);
    let Some(record) = record else {
        let message = "婚姻登记系统里找不到这次登记的记录，不能归档。请联系系统管理员核对。";
        return Err(Refusal::new("RECORD_MISSING", message));
    };
    facts.archived_on = Some(scene.cx.today());
    Ok(Decision::to(State::Archived, facts, "一对一卷归档")
        .tell("结婚登记档案已归档，可以随时申请查询。")
        .effect(Effect::Archive {
            class: "marriage",
            record,
        }))
}
