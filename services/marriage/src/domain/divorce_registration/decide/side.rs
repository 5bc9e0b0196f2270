//! What goes beside the procedure and moves no day of it: help, and signs of violence.

use super::{Decided, Scene};
use crate::domain::desk::{filled, valid};
use crate::domain::divorce_registration::{
    action::{OfferCounselling, ReportViolence},
    events,
    facts::{Note, Offer},
};

/// Told to police and women's federation; neither of the two reads it (rules A3.11).
pub(super) fn violence(scene: &Scene<'_>, data: &ReportViolence) -> Decided {
    valid(
        filled(&data.note, "/note", "请写明情况。")
            .into_iter()
            .collect(),
    )?;
    let mut facts = scene.facts();
    facts.violence.push(Note {
        on: scene.cx.today(),
        by: scene.officer(),
        text: data.note.trim().to_owned(),
    });
    let mut decision = scene.stay(facts, "登记家庭暴力线索").confidential();
    decision.events.push(events::violence(scene.case));
    Ok(decision)
}

/// Voluntary, free, never a condition (rules A2.4).
pub(super) fn counselling(scene: &Scene<'_>, data: &OfferCounselling) -> Decided {
    let mut facts = scene.facts();
    facts.counselling.push(Offer {
        kind: data.kind,
        accepted: data.accepted,
        on: scene.cx.today(),
    });
    let word = if data.accepted {
        "愿意接受"
    } else {
        "不接受"
    };
    Ok(scene.stay(facts, format!("提供{}，当事人{word}", data.kind.label())))
}
