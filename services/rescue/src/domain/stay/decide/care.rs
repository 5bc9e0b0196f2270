//! 在站照料: hospital, what was given, what was done (rules R04, R05). Nobody pays, nobody works.

use yiwang_casework::Decision;

use super::{Decided, Scene, check_in, places};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    stay::{
        State,
        action::{BackFromHospital, Care, Diagnose, Give, SendHospital},
        facts::Health,
        words::CareKind,
        world::Effect,
    },
};

fn health(scene: &Scene<'_>, what: &str, hospital: &str, text: &str) -> Health {
    Health {
        what: what.to_owned(),
        at: scene.cx.now,
        hospital: hospital.trim().to_owned(),
        text: text.trim().to_owned(),
        by: scene.by(),
    }
}

/// 送医: who is admitted stays admitted, in the hospital.
pub(super) fn send_hospital(scene: &Scene<'_>, data: &SendHospital) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let empty = filled(&data.hospital, "/hospital", "请填写医院。");
    valid(empty.into_iter().collect())?;
    let mut facts = scene.facts();
    facts
        .health
        .push(health(scene, "送医", &data.hospital, reasons));
    let note = format!("送医：{}", data.hospital.trim());
    if !scene.case.state.is_admitted() {
        return Ok(Decision::to(State::SentHospital, facts, note));
    }
    let place = places::chosen(scene, &data.place, "/place", &["hospital"], &facts)?;
    places::lies(&mut facts, place);
    let mv = places::moved(scene, place, reasons);
    Ok(Decision::to(State::InHospital, facts, note).effect(mv))
}

/// 出院返回.
pub(super) fn back(scene: &Scene<'_>, data: &BackFromHospital) -> Decided {
    let empty = filled(&data.opinion, "/opinion", "请填写医院意见。");
    valid(empty.into_iter().collect())?;
    let mut facts = scene.facts();
    facts.signs.clone_from(&data.signs);
    check_in::settle_person(scene.cx, &mut facts)?;
    facts.health.push(health(scene, "出院", "", &data.opinion));
    if scene.case.state == State::SentHospital {
        return Ok(Decision::to(State::Screened, facts, "出院，继续办理"));
    }
    let place = places::chosen(scene, &data.place, "/place", &["room"], &facts)?;
    places::lies(&mut facts, place);
    let mv = places::moved(scene, place, "出院");
    let note = format!("出院，回到{}", place.label);
    Ok(Decision::to(State::Admitted, facts, note).effect(mv))
}

/// What doctors found decides who may leave alone.
pub(super) fn diagnose(scene: &Scene<'_>, data: &Diagnose) -> Decided {
    let empty = [
        filled(&data.hospital, "/hospital", "请填写诊断医院。"),
        filled(&data.diagnosis, "/diagnosis", "请填写诊断。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = scene.facts();
    facts.signs.clone_from(&data.signs);
    check_in::settle_person(scene.cx, &mut facts)?;
    facts
        .health
        .push(health(scene, "诊断", &data.hospital, &data.diagnosis));
    Ok(scene.stay(facts, "登记诊断"))
}

/// Every article is counted.
pub(super) fn give(scene: &Scene<'_>, data: &Give) -> Decided {
    let Some(article) = &scene.world.article else {
        let message = "本站没有这种物品，请重新选择。";
        return Err(at_field("ARTICLE_UNKNOWN", "/article", message));
    };
    if data.quantity == 0 {
        return Err(at_field("REQUIRED", "/quantity", "请填写数量。"));
    }
    if u32::from(data.quantity) > article.on_hand {
        let message = format!(
            "{}只剩{}{}，请先登记入库，或者少发一些。",
            article.name, article.on_hand, article.unit
        );
        return Err(at_field("OUT_OF_STOCK", "/quantity", message));
    }
    let note = format!("发放{}{}{}", article.name, data.quantity, article.unit);
    let give = Effect::Give {
        article: article.id,
        quantity: data.quantity,
        note: data.note.trim().to_owned(),
        by: scene.by(),
    };
    Ok(scene.stay(scene.facts(), note).effect(give))
}

/// 照料记录.
pub(super) fn log(scene: &Scene<'_>, data: &Care) -> Decided {
    if data.text.trim().is_empty() {
        return Err(at_field("REQUIRED", "/text", "请写明照料情况。"));
    }
    Ok(scene
        .stay(scene.facts(), format!("照料：{}", data.kind.label()))
        .effect(care(scene, data.kind, data.text.trim())))
}

/// A line of the log.
fn care(scene: &Scene<'_>, kind: CareKind, text: &str) -> Effect {
    Effect::Care {
        kind,
        text: text.to_owned(),
        by: scene.by(),
    }
}
