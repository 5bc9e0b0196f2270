//! 甄别: what was found, and 不予救助.

use yiwang_casework::Decision;

use super::super::{Decided, Scene};
use crate::domain::{
    desk,
    stay::{
        State, StationStay, action::Refuse, documents, facts::Facts, law::eligible::Found,
        words::Ground, world::Effect,
    },
};

/// What the 甄别 found so far.
pub(in super::super) fn found(facts: &Facts, [away, no_means, on_street]: [bool; 3]) -> Found {
    Found {
        away,
        no_means,
        on_street,
        minor: facts.minor,
        guarded: facts.guarded,
        cannot_tell: facts.register.as_ref().is_some_and(|it| it.cannot_tell),
    }
}

/// 不予救助, always in writing.
pub(in super::super) fn refuse(scene: &Scene<'_>, data: &Refuse) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    refused(scene, data.ground, reasons)
}

/// With its paper; what was deposited is given back.
pub(super) fn refused(scene: &Scene<'_>, ground: Ground, reasons: &str) -> Decided {
    let facts = scene.facts();
    found(&facts, [false; 3]).refuse(ground)?;
    let station = scene.station()?;
    let paper = documents::refusal(station, &facts, ground, reasons, scene.cx.today());
    let note = format!("不予救助：{}", ground.label());
    let decision: Decision<StationStay> = Decision::to(State::Refused, facts, note);
    Ok(decision
        .issue(paper)
        .effect(Effect::GiveBack {
            lines: Vec::new(),
            to: crate::domain::stay::words::GivenTo::Own,
            receiver: "本人".to_owned(),
        })
        .effect(Effect::Refuse))
}
