//! Halls, times and appointments as contracts write them.

use serde::{Deserialize, Serialize};
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use yiwang_civic::{division, identity_document::IdentityDocument, mask};
use yiwang_proto::marriage::v1 as pb;

use super::{appointment::Appointment, local, plan::Slot, schedule::Day, store::Hall, wire};

/// Where appointments are sealed.
const TABLE: &str = "appointment";

/// Who comes, as sealed with the appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) visitors: Vec<Visitor>,
    pub(super) phone: String,
}

/// One of those who come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Visitor {
    pub(super) name: String,
    /// Number of the document.
    pub(super) id_number: String,
    /// Its kind; empty in appointments of before, which had ID numbers only.
    #[serde(default)]
    pub(super) document: String,
    #[serde(default)]
    pub(super) country: String,
}

impl Visitor {
    fn masked(&self) -> String {
        let text = format!("{}:{}:{}", self.document, self.country, self.id_number);
        // An ID number has no such text.
        text.parse::<IdentityDocument>().map_or_else(
            |_| mask::id_number(&self.id_number),
            |document| document.masked(),
        )
    }
}

/// How much of the people is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Masked,
    Full,
}

impl Body {
    pub(super) fn seal(&self, rt: &Runtime, number: &str) -> Result<Vec<u8>, Fault> {
        rt.seal(TABLE, number, self)
    }
}

pub(super) fn hall(hall: Hall) -> pb::Hall {
    pb::Hall {
        division_name: division::full_name(&hall.division).unwrap_or_default(),
        hours: hall.hours.in_words(),
        code: hall.code,
        name: hall.name,
        address: hall.address,
        phone: hall.phone,
        division: hall.division,
        grade: hall.grade,
        competence: hall.competence,
    }
}

pub(super) fn slot(slot: &Slot) -> pb::Slot {
    pb::Slot {
        starts_at: wire(slot.starts_at),
        capacity: slot.capacity,
        free: slot.free,
    }
}

pub(super) fn day(day: &Day) -> pb::Day {
    let state = match (day.open, day.free) {
        (false, _) => "closed",
        (true, 0) => "full",
        (true, _) => "free",
    };
    pb::Day {
        day: day.day.to_string(),
        state: state.to_owned(),
        free: day.free,
    }
}

pub(super) fn appointment(
    rt: &Runtime,
    appointment: Appointment,
    shown: Shown,
) -> Result<pb::Appointment, Fault> {
    let body: Body = rt.open(TABLE, &appointment.number, &appointment.body)?;
    let show = |text: String, mask: fn(&str) -> String| match shown {
        Shown::Full => text,
        Shown::Masked => mask(&text),
    };
    let visitor = |visitor: Visitor| pb::Visitor {
        id_number: match shown {
            Shown::Full => visitor.id_number.clone(),
            Shown::Masked => visitor.masked(),
        },
        name: show(visitor.name, mask::name),
        document: visitor.document,
        country: visitor.country,
    };
    Ok(pb::Appointment {
        visitors: body.visitors.into_iter().map(visitor).collect(),
        phone: show(body.phone, mask::phone),
        number: appointment.number,
        hall: appointment.hall,
        hall_name: appointment.hall_name,
        hall_address: appointment.hall_address,
        starts_at: wire(local(appointment.starts_at)),
        kind: appointment.kind,
        state: appointment.state,
        case_number: appointment.case_number.unwrap_or_default(),
        ceremony: appointment.guests.is_some(),
        guests: appointment.guests.unwrap_or_default(),
        by_phone: appointment.by_phone,
        topic: String::new(),
    })
}
