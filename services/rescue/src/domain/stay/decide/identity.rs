//! Who it is: by police, DNA or papers, signed by two; can be taken back (rules R06, C5.6).

use yiwang_casework::Refusal;

use super::{Decided, Scene, check_in, places, search, time, two_sign::Both};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    stay::{
        action::{Identify, Reasons},
        facts::{Facts, Identity},
        words::Basis,
        world::Effect,
    },
};

/// 查明身份.
pub(super) fn identify(
    scene: &Scene<'_>,
    mut facts: Facts,
    data: &Identify,
    both: Both<'_>,
) -> Decided {
    if facts.identity.is_some() {
        let message = "身份已经查明；有误的，先办理“撤销身份认定”。";
        return Err(Refusal::new("ALREADY_KNOWN", message));
    }
    let mut wrong: Vec<_> = filled(&data.name, "/name", "请填写姓名。")
        .into_iter()
        .collect();
    if data.basis != Basis::Documents {
        wrong.extend(filled(&data.paper, "/paper", "请填写依据的文书编号。"));
    }
    let read = data.document.read(&data.country, &data.number);
    if let Err(error) = &read {
        let at = "/number";
        wrong.push(yiwang_chassis::fault::FieldViolation::new(
            at,
            error.reason(),
            error.message(),
        ));
    }
    valid(wrong)?;
    check_in::not_elsewhere(scene, "/number")?;
    let today = scene.cx.today();
    if let Some(citizen) = read.ok().as_ref().and_then(|document| document.citizen()) {
        facts.age = citizen.age_on(today);
        facts.sex = check_in::sex(citizen.sex()).to_owned();
    }
    check_in::settle_person(scene.cx, &mut facts)?;
    facts.identity = Some(Identity {
        name: data.name.trim().to_owned(),
        document: data.document,
        country: data.country.trim().to_owned(),
        number: data.number.trim().to_owned(),
        household: data.household.trim().to_owned(),
        basis: data.basis,
        paper: data.paper.trim().to_owned(),
        by: both.names(),
        at: scene.cx.now,
    });
    let note = format!(
        "查明身份（{}），{}签字",
        data.basis.label(),
        both.names().join("、")
    );
    let event = scene.event("identified", &facts);
    let mut decision = search::found(scene, scene.stay(facts, note))?.stop(time::STRAND);
    decision.events.push(event);
    if scene.case.facts.was_settled() {
        decision = decision.effect(Effect::HomeKnown);
    }
    // Looked grown up.
    if decision.facts.minor && !scene.case.facts.minor && scene.case.state.is_admitted() {
        decision
            .events
            .push(places::minor_found(scene, "wandering"));
    }
    Ok(decision)
}

/// 撤销身份认定: the search goes on where it stood.
pub(super) fn take_back(
    scene: &Scene<'_>,
    mut facts: Facts,
    data: &Reasons,
    both: Both<'_>,
) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let Some(identity) = facts.identity.take() else {
        return Err(at_field(
            "NOT_IDENTIFIED",
            "/reasons",
            "还没有查明身份，不用撤销。",
        ));
    };
    let identified_at = identity.at;
    facts.taken_back.push((identity, reasons.to_owned()));
    let note = format!("撤销身份认定，{}签字：{reasons}", both.names().join("、"));
    let event = scene.event("unidentified", &facts);
    let admitted = scene.case.state.is_admitted();
    let mut decision = scene.stay(facts, note);
    if admitted {
        decision = search::lost_again(scene, decision, identified_at)?;
        decision = time::strand_again(scene, decision)?;
    } else if scene.case.facts.was_settled() {
        decision = search::settled_again(scene, decision, identified_at)?;
    }
    decision.events.push(event);
    Ok(decision)
}
