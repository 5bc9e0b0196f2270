//! Answers.

use jiff::Timestamp;
use yiwang_civic::division;
use yiwang_proto::burial::v1 as pb;

use super::{facility::Facility, layout, store::Place};
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

/// An area of these places, each with the count of its uses.
pub(super) fn area(
    facility: &str,
    name: &str,
    places: &[(Place, i32)],
    now: Timestamp,
) -> Option<pb::PlaceArea> {
    let (first, _) = places.first()?;
    let kind = first.spot.kind;
    let planned = places
        .iter()
        .filter(|(place, _)| place.spot.state == SpotState::Planned);
    let free = places.iter().filter(|(place, _)| place.spot.is_free(now));
    let size = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    Some(pb::PlaceArea {
        facility: facility.to_owned(),
        area: name.to_owned(),
        kind: kind.code().to_owned(),
        kind_label: kind.label().to_owned(),
        places: size(places.len()),
        free: size(free.count()),
        price: first.price.clone(),
        planned: size(planned.count()),
    })
}

/// A place on the drawing. A hold that lapsed is none.
pub(super) fn spot(place: &Place, used: i32, now: Timestamp) -> pb::PlacedSpot {
    let kind: SpotKind = place.spot.kind;
    let free = place.spot.is_free(now);
    let state = match free {
        true => SpotState::Available,
        false => place.spot.state,
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
        state_label: state.label().to_owned(),
        free,
        price: place.price.clone(),
    }
}

/// The drawing.
pub(super) fn plan(area: pb::PlaceArea, places: &[(Place, i32)], now: Timestamp) -> pb::PlacePlan {
    let spots: Vec<pb::PlacedSpot> = places
        .iter()
        .map(|(place, used)| spot(place, *used, now))
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
