//! Answers.

use jiff::Timestamp;
use yiwang_civic::division;
use yiwang_proto::burial::v1 as pb;

use super::{
    facility::Facility,
    layout,
    store::{Area, Place, Shown},
};
use crate::domain::{
    grave::eligibility::public_benefit,
    ledger::{SpotKind, SpotState},
};

fn count(n: i64) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// A cemetery with its free places.
pub(super) fn cemetery(facility: Facility, free: i64) -> pb::Cemetery {
    let named = |code: &String| division::full_name(code).unwrap_or_else(|| code.clone());
    pb::Cemetery {
        serves: facility.serves.iter().map(named).collect(),
        public_benefit: public_benefit(&facility.kind),
        code: facility.code,
        name: facility.name,
        kind: facility.kind,
        address: facility.address,
        phone: facility.phone,
        free: count(free),
        division: facility.division,
    }
}

/// An area as it was counted.
pub(super) fn area(facility: &str, area: Area) -> pb::PlaceArea {
    let kind = SpotKind::from_code(&area.kind);
    pb::PlaceArea {
        facility: facility.to_owned(),
        area: area.area,
        kind_label: kind.map_or("", SpotKind::label).to_owned(),
        kind: area.kind,
        places: count(area.places),
        free: count(area.free),
        price: area.price,
        planned: count(area.planned),
        closed: area.closed,
        room: count(area.room),
    }
}

/// A place that was just changed.
pub(super) fn changed(place: &Place, now: Timestamp) -> pb::PlacedSpot {
    let held = i32::try_from(place.spot.held(now).count()).unwrap_or(i32::MAX);
    let used = i32::from(place.spot.used());
    spot(place, (used, held), place.spot.is_free(now))
}

/// A place on the drawing, with uses and holds. A hold that lapsed is none.
pub(super) fn spot(place: &Place, (used, held): (i32, i32), free: bool) -> pb::PlacedSpot {
    let kind: SpotKind = place.spot.kind;
    let (state, label) = match (free, place.spot.closed, place.spot.state) {
        (true, ..) => (SpotState::Available, SpotState::Available.label()),
        (_, true, SpotState::Available | SpotState::Held) => (SpotState::Blocked, "区域已关闭"),
        (.., state) => (state, state.label()),
    };
    let size = (place.width_cm, place.depth_cm);
    let (x_cm, y_cm) = layout::corner(kind, (place.line, place.place), size);
    pb::PlacedSpot {
        id: place.id.to_string(),
        label: place.label(),
        line: place.line,
        place: place.place,
        x_cm,
        y_cm,
        width_cm: place.width_cm,
        depth_cm: place.depth_cm,
        kind: kind.code().to_owned(),
        capacity: place.spot.capacity.into(),
        used,
        state: state.code().to_owned(),
        state_label: label.to_owned(),
        free,
        price: place.price.clone(),
        held,
    }
}

/// The drawing.
pub(super) fn plan(area: pb::PlaceArea, places: &[Shown]) -> pb::PlacePlan {
    let spots: Vec<pb::PlacedSpot> = places
        .iter()
        .map(|one| spot(&one.place, (one.used, one.held), one.free))
        .collect();
    let corners = spots
        .iter()
        .map(|spot| ((spot.x_cm, spot.y_cm), (spot.width_cm, spot.depth_cm)));
    let (width_cm, height_cm) = layout::extent(corners);
    pb::PlacePlan {
        area: Some(area),
        width_cm,
        height_cm,
        spots,
    }
}

/// A hold, or what was let go.
pub(super) fn hold(place: &Place, until: Option<Timestamp>) -> pb::SpotHold {
    pb::SpotHold {
        spot: place.id.to_string(),
        label: place.label(),
        facility: place.facility.clone(),
        area: place.area.clone(),
        held_until: until.map_or_else(String::new, |until| until.to_string()),
    }
}
