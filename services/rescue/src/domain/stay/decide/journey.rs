//! What returns, placements and settlements do to the stay (rules R08 to R10): acts of the system,
//! whose law stands with those items.

use yiwang_casework::{Decision, Refusal};

use super::{Decided, Scene, leave, places};
use crate::domain::{
    desk::at_field,
    stay::{
        State,
        action::{Home, Ref, Trip},
        words::LeaveType,
    },
};

fn to(scene: &Scene<'_>, data: &Trip, kind: &str, state: State, what: &str) -> Decided {
    let mut facts = scene.facts();
    let place = places::chosen(scene, &data.place, "/place", &[kind], &facts)?;
    places::lies(&mut facts, place);
    facts.with_case = match state {
        State::Admitted => String::new(),
        _ => data.case_number.trim().to_owned(),
    };
    let reason = format!("{what}（{}）", data.case_number.trim());
    let note = format!("{what}：{}", place.label);
    let mv = places::moved(scene, place, &reason);
    Ok(Decision::to(state, facts, note).effect(mv))
}

/// 启程.
pub(super) fn depart(scene: &Scene<'_>, data: &Trip) -> Decided {
    super::no_pending(scene)?;
    to(scene, data, "vehicle", State::OnTrip, "启程护送返乡")
}

/// 折返.
pub(super) fn back(scene: &Scene<'_>, data: &Trip) -> Decided {
    to(scene, data, "room", State::Admitted, "折返回站")
}

/// 转入托养.
pub(super) fn to_foster(scene: &Scene<'_>, data: &Trip) -> Decided {
    super::no_pending(scene)?;
    to(scene, data, "foster", State::Fostered, "转入托养")
}

/// 转出托养.
pub(super) fn from_foster(scene: &Scene<'_>, data: &Trip) -> Decided {
    to(scene, data, "room", State::Admitted, "从托养机构转回")
}

/// 到家, or taken over at the other station.
pub(super) fn arrive(scene: &Scene<'_>, data: &Home) -> Decided {
    let how = data.leave_type;
    if !matches!(
        how,
        LeaveType::Escorted | LeaveType::Fetched | LeaveType::Unit
    ) {
        let message = "返乡只能以护送、接领或者单位接回结束。";
        return Err(at_field("WRONG_VALUE", "/leave_type", message));
    }
    let by = vec![scene.by()];
    let mut decision = leave::end(scene, scene.facts(), how, data.case_number.clone(), by)?;
    if let Some(left) = &mut decision.facts.left {
        left.across_provinces = data.across_provinces;
    }
    Ok(decision)
}

/// 落户安置: the search goes on in the settlement.
pub(super) fn settled(scene: &Scene<'_>, data: &Ref) -> Decided {
    if scene.case.facts.identity.is_some() {
        let message = "身份已经查明，不能再以不明身份落户安置。";
        return Err(Refusal::new("ALREADY_KNOWN", message));
    }
    let by = vec![scene.by()];
    leave::end(
        scene,
        scene.facts(),
        LeaveType::Settled,
        data.case_number.clone(),
        by,
    )
}
