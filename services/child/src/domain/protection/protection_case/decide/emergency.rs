//! The emergency: steps, the child's voice, a responsible placement.

use yiwang_casework::{Decision, Refusal};

use super::{ASSESS, Decided, SAFE, Scene, TRIAGE, report};
use crate::domain::{
    desk::{filled, valid},
    protection::{
        law,
        protection_case::{
            action::{Emergency, Hear, Place, ToAssess},
            state::State,
            world::{Effect, IntoCare},
        },
    },
};

/// Where a case stands while somebody acts in an emergency; later steps go on beside it.
fn urgent(state: State) -> State {
    match state {
        State::Reported | State::Triaged => State::Emergency,
        later => later,
    }
}

pub(super) fn step(scene: &Scene<'_>, data: Emergency) -> Decided {
    let empty = filled(&data.words, "/words", "请写明情况。");
    valid(empty.into_iter().collect())?;
    let note = format!("应急处置：{}", data.step.label());
    let mut facts = scene.facts();
    facts.emergency.push(scene.done(data));
    begun(scene, Decision::to(urgent(scene.case.state), facts, note))
}

/// The limit of the emergency runs from its first step.
fn begun(scene: &Scene<'_>, decision: super::Decision<super::ProtectionCase>) -> Decided {
    let first = decision.state == State::Emergency && scene.case.state != State::Emergency;
    Ok(match first {
        true => decision.stop(ASSESS.0).start(report::safe(scene)?),
        false => decision,
    })
}

pub(super) fn hear(scene: &Scene<'_>, data: Hear) -> Decided {
    let voice = &data.voice;
    let found = [
        law::voice(voice.heard, &voice.words, scene.age(), "/voice"),
        filled(&data.about, "/about", "请写明关于什么。"),
    ];
    valid(found.into_iter().flatten().collect())?;
    let mut facts = scene.facts();
    facts.voices.push(scene.done(data));
    Ok(scene.stays(facts, "听取儿童本人意见"))
}

/// Into a responsible placement: the county's civil affairs are guardian from now on.
pub(super) fn place(scene: &Scene<'_>, data: Place) -> Decided {
    if let Some(number) = &scene.world.custody {
        return Err(law::in_care(number, scene.cx.county));
    }
    let empty = filled(&data.decision, "/decision", "请填写临时监护决定书编号。");
    valid(empty.into_iter().collect())?;
    data.placing
        .check(&data.voice, scene.age(), scene.world.barred)?;
    law::temporary_place(data.placing.place, data.ground, data.placing.home_reason)?;
    let note = format!("临时监护，{}", data.placing.kind());
    let mut facts = scene.facts();
    facts
        .placed
        .push(scene.done(data.placing.kind().to_owned()));
    facts.voices.push(scene.done(Hear {
        voice: data.voice.clone(),
        about: "安置".to_owned(),
    }));
    let effect = Effect::IntoCare(Box::new(IntoCare {
        ground: data.ground,
        placing: data.placing,
        voice: data.voice,
        decision: data.decision,
        handed_over: data.handed_over,
    }));
    let decision = Decision::to(urgent(scene.case.state), facts, note).effect(effect);
    begun(scene, decision)
}

pub(super) fn to_assess(scene: &Scene<'_>, data: &ToAssess) -> Decided {
    let empty = filled(&data.words, "/words", "请写明儿童现在和谁在一起。");
    valid(empty.into_iter().collect())?;
    if scene.case.facts.triage.is_none() {
        let message = "还没有研判危险程度，请先登记研判。";
        return Err(Refusal::new("NOT_TRIAGED", message));
    }
    if scene.case.facts.police.is_none() {
        let message = "还没有告知公安机关，请先登记“已告知公安”。";
        return Err(Refusal::new("POLICE_NOT_TOLD", message));
    }
    let decision = Decision::to(State::Assessing, scene.facts(), "转入评估");
    let limit = ASSESS.days(scene.cx, "child.protection.assess_days")?;
    Ok(decision.stop(TRIAGE.0).stop(SAFE.0).start(limit))
}
