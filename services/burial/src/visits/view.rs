//! Facilities, times and visits as contracts write them.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Material, Runtime, files};
use yiwang_chassis::fault::Fault;
use yiwang_civic::{division, mask};
use yiwang_proto::burial::v1 as pb;

use super::{
    local, plan::Slot, rules::VisitRules, store::Facility, visit::Visit, window::Day, wire,
};

/// Where visits are sealed.
const TABLE: &str = "visit";

/// Who comes, as sealed with the visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) name: String,
    pub(super) companions: Vec<Guest>,
    pub(super) phone: String,
    pub(super) place: String,
    /// What the staff tells the family.
    pub(super) note: String,
    /// What it shows them.
    #[serde(default)]
    pub(super) photos: Vec<Material>,
}

/// A companion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Guest {
    pub(super) name: String,
    /// Empty where it is not asked for.
    pub(super) id_number: String,
}

/// How much of the people is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Lists of the staff.
    Masked,
    /// To those who booked.
    Full,
}

impl Body {
    pub(super) fn seal(&self, rt: &Runtime, number: &str) -> Result<Vec<u8>, Fault> {
        rt.seal(TABLE, number, self)
    }

    pub(super) fn open(rt: &Runtime, visit: &Visit) -> Result<Self, Fault> {
        rt.open(TABLE, &visit.number, &visit.body)
    }
}

pub(super) fn facility(facility: Facility, rules: &VisitRules) -> pb::VisitFacility {
    let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    pb::VisitFacility {
        division_name: division::full_name(&facility.division).unwrap_or_default(),
        code: facility.code,
        name: facility.name,
        kind: facility.kind,
        division: facility.division,
        address: facility.address,
        phone: facility.phone,
        most_companions: count(rules.companions),
        most_cars: count(rules.cars),
        companion_ids: rules.companion_ids,
        by_household: rules.by_household,
    }
}

pub(super) fn slot(slot: &Slot) -> pb::VisitSlot {
    pb::VisitSlot {
        starts_at: wire(slot.starts_at),
        ends_at: wire(slot.ends_at),
        capacity: slot.capacity,
        free: slot.free,
    }
}

pub(super) fn day(day: &Day) -> pb::VisitDay {
    let state = match (day.open, day.free) {
        (false, _) => "closed",
        (true, 0) => "full",
        (true, _) => "free",
    };
    pb::VisitDay {
        day: day.day.to_string(),
        state: state.to_owned(),
        free: day.free,
        festival: day.festival.unwrap_or_default().to_owned(),
    }
}

pub(super) fn visit(rt: &Runtime, visit: Visit, shown: Shown) -> Result<pb::Visit, Fault> {
    let body = Body::open(rt, &visit)?;
    let show = |text: String, mask: fn(&str) -> String| match shown {
        Shown::Full => text,
        Shown::Masked => mask(&text),
    };
    let companion = |guest: Guest| pb::Companion {
        name: show(guest.name, mask::name),
        id_number: match guest.id_number.as_str() {
            "" => String::new(),
            // Nobody needs it in full after it was checked.
            number => mask::id_number(number),
        },
    };
    Ok(pb::Visit {
        number: visit.number,
        facility: visit.facility,
        facility_name: visit.facility_name,
        facility_address: visit.facility_address,
        starts_at: wire(local(visit.starts_at)),
        ends_at: wire(local(visit.ends_at)),
        kind: visit.kind,
        state: visit.state,
        name: show(body.name, mask::name),
        companions: body.companions.into_iter().map(companion).collect(),
        cars: visit.cars,
        phone: show(body.phone, mask::phone),
        // Whose grave it is tells the staff where to go.
        place: body.place,
        note: body.note,
        photos: body.photos.into_iter().map(files::on_the_wire).collect(),
    })
}
