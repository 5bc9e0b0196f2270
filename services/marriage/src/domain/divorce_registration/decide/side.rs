//! What goes beside the procedure and moves no day of it: help, and signs of violence.

use super::{Decided, Scene};
use crate::domain::divorce_registration::{
    action::{OfferCounselling, ReportViolence},
    facts::Offer,
};

/// Told to police and women's federation; neither of the two reads it (rules A3.11).
pub(super) fn violence(scene: &Scene<'_>, data: &ReportViolence) -> Decided {
    let mut facts = scene.facts();
    let report = data.kept(scene.cx.today(), scene.officer())?;
    facts.violence.push(report);
    let (case, keys) = (scene.case, &scene.world.keys);
    let mut decision = scene.stay(facts, "登记家庭暴力、拐卖线索").confidential();
    let event = data.event(&case.number, &case.division, keys);
    decision.events.push(event);
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
