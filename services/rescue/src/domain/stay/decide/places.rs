//! 受助 and where the person is: in exactly one place, on the right side of the house.

use prost::Message as _;
use yiwang_casework::{Decision, Refusal, decision::DomainEvent};
use yiwang_chassis::fault::FieldViolation;
use yiwang_proto::rescue::v1::{MinorFound, MinorHandedOver};

use super::{Decided, Scene, check_in, no_pending, search, time};
use crate::domain::{
    desk::{self, at_field},
    stay::{
        State, StationStay,
        action::{Admit, MovePlace},
        facts::Facts,
        law::side::{Side, apart},
        words::{Cause, TempCare},
        world::{Effect, Place},
    },
};

/// 受助.
pub(super) fn admit(scene: &Scene<'_>, data: &Admit) -> Decided {
    let mut facts = scene.facts();
    check_in::found(&facts, [data.away, data.no_means, data.on_street]).admit()?;
    if facts.minor && data.cause.is_none() {
        let message = "未成年人请选择求助情形，用于通知未成年人救助保护机构。";
        return Err(at_field("CAUSE_REQUIRED", "/cause", message));
    }
    let place = chosen(scene, &data.place, "/place", &["room", "hospital"], &facts)?;
    let cx = scene.cx;
    facts.admitted_at = Some(cx.now);
    lies(&mut facts, place);
    let unknown = facts.unknown();
    let mut events = vec![scene.event("admitted", &facts)];
    if facts.minor {
        let cause = data.cause.map_or("", |cause| cause.code());
        events.push(minor_found(scene, cause));
    }
    let note = format!("受助，安排在{}", place.label);
    let state = match place.kind.as_str() {
        "hospital" => State::InHospital,
        _ => State::Admitted,
    };
    let mut decision: Decision<StationStay> =
        Decision::to(state, facts, note).effect(Effect::Admit {
            place: place.id,
            by: scene.by(),
        });
    if unknown {
        let arrived = decision.facts.arrived_at.unwrap_or(cx.now);
        decision = decision.start(time::strand_clock(scene, arrived)?);
        decision = search::begin(scene, decision)?;
    }
    decision.events.extend(events);
    Ok(decision)
}

/// To child protection, at once (未成年人保护法92).
pub(super) fn minor_found(scene: &Scene<'_>, cause: &str) -> DomainEvent {
    let found = MinorFound {
        case_number: scene.case.number.clone(),
        station: scene.case.form.station.trim().to_owned(),
        division: scene.case.division.clone(),
        person: scene.world.person.clone().unwrap_or_default(),
        cause: cause.to_owned(),
    };
    DomainEvent {
        aggregate: "minor",
        aggregate_id: scene.case.number.clone(),
        event: "found",
        payload: found.encode_to_vec(),
    }
}

/// Child protection has taken somebody over (未成年人保护法93).
pub(super) fn minor_handed(
    scene: &Scene<'_>,
    cause: Cause,
    care: TempCare,
    document: &str,
) -> DomainEvent {
    let handed = MinorHandedOver {
        case_number: scene.case.number.clone(),
        station: scene.case.form.station.trim().to_owned(),
        division: scene.case.division.clone(),
        person: scene.world.person.clone().unwrap_or_default(),
        cause: cause.code().to_owned(),
        care: care.code().to_owned(),
        document: document.trim().to_owned(),
    };
    DomainEvent {
        aggregate: "minor",
        aggregate_id: scene.case.number.clone(),
        event: "handed_over",
        payload: handed.encode_to_vec(),
    }
}

/// Elsewhere in the house.
pub(super) fn shift(scene: &Scene<'_>, data: &MovePlace) -> Decided {
    let reason = desk::reasons(&data.reasons)?;
    no_pending(scene)?;
    let mut facts = scene.facts();
    let place = chosen(scene, &data.place, "/place", &["room"], &facts)?;
    lies(&mut facts, place);
    let note = format!("换到{}", place.label);
    let mv = moved(scene, place, reason);
    Ok(scene.stay(facts, note).effect(mv))
}

/// Where the person is from now on.
pub(super) fn lies(facts: &mut Facts, place: &Place) {
    facts.place.clone_from(&place.label);
    facts.side = Some(place.side);
}

/// Into this place.
pub(super) fn moved(scene: &Scene<'_>, place: &Place, reason: &str) -> Effect {
    Effect::Move {
        place: place.id,
        by: scene.by(),
        reason: reason.to_owned(),
    }
}

/// The place that was named, or the first of these kinds where the person may lie.
pub(super) fn chosen<'a>(
    scene: &Scene<'a>,
    wanted: &str,
    field: &str,
    kinds: &[&str],
    facts: &Facts,
) -> Result<&'a Place, Refusal> {
    let side = Side::of(&facts.sex, facts.minor);
    let alone =
        |place: &Place| place.kind == "room" && apart(&facts.signs) && place.side != Side::Any;
    let free = |place: &&Place| {
        let kind = kinds.contains(&place.kind.as_str());
        kind && place.side.takes(side) && !alone(place)
    };
    if wanted.trim().is_empty() {
        let first = scene.world.free.iter().find(free);
        return first.ok_or_else(|| {
            let message = "没有空的合适的地方，请先腾出一个，或者联系邻近的救助管理站。";
            at_field("PLACE_FULL", field, message)
        });
    }
    let Some(place) = &scene.world.place else {
        let message = "本站没有这个地方，请重新选择。";
        return Err(at_field("PLACE_UNKNOWN", field, message));
    };
    if !kinds.contains(&place.kind.as_str()) {
        let message = format!("{}不能用于这一步，请重新选择。", place.label);
        return Err(at_field("WRONG_KIND", field, message));
    }
    if !place.side.takes(side) {
        let message = format!(
            "{}是{}区，{}分开住宿，请选下面有空位的。",
            place.label,
            place.side.label(),
            "男性、女性、未成年人"
        );
        return Err(offering(
            "WRONG_SIDE",
            field,
            message,
            scene.world.free.iter().filter(free),
        ));
    }
    if alone(place) {
        let message = "疑似传染病的，先送医或者安排在隔离观察的地方，不与别人同住。".to_owned();
        let free = scene.world.free.iter().filter(free);
        return Err(offering("KEEP_APART", field, message, free));
    }
    if place.free == 0 {
        let message = format!("{}已经住满，请选下面有空位的。", place.label);
        return Err(offering(
            "PLACE_FULL",
            field,
            message,
            scene.world.free.iter().filter(free),
        ));
    }
    Ok(place)
}

/// A refusal that names what is free.
fn offering<'a>(
    code: &'static str,
    field: &str,
    message: String,
    free: impl Iterator<Item = &'a Place>,
) -> Refusal {
    let free = free.map(|place| {
        let text = format!("{} {}（空{}）", place.id, place.label, place.free);
        FieldViolation::new(field, "FREE", text)
    });
    let fields = std::iter::once(FieldViolation::new(field, code, message.clone())).chain(free);
    Refusal {
        fields: fields.collect(),
        ..Refusal::new(code, message)
    }
}
