//! What an act leaves behind: an entry of the audit log, an event for the others.

use prost::Message as _;
use serde_json::{Value, json};
use yiwang_casework::Runtime;
use yiwang_chassis::{audit, identity::Caller, ids, outbox};
use yiwang_proto::marriage::v1::{AppointmentChanged, HallChanged};

use super::{appointment::Appointment, local, store::Hall, wire};

/// An entry about `object`; of the service itself when nobody calls.
pub(super) fn entry(
    rt: &Runtime,
    caller: Option<&Caller>,
    action: &str,
    object: String,
    detail: Value,
) -> audit::Entry {
    let named = caller.filter(|caller| caller.is_staff());
    audit::Entry {
        at: rt.now(),
        actor: caller.map_or_else(
            || "system:halls".to_owned(),
            |caller| caller.account.to_string(),
        ),
        actor_name: named.map(|caller| caller.name.clone()),
        on_behalf_of: caller.and_then(|caller| caller.on_behalf_of.clone()),
        action: action.to_owned(),
        object,
        purpose: None,
        outcome: audit::Outcome::Done,
        detail,
    }
}

/// An entry about an appointment.
pub(super) fn about(
    rt: &Runtime,
    caller: Option<&Caller>,
    action: &str,
    appointment: &Appointment,
) -> audit::Entry {
    let object = format!("appointment/{}", appointment.number);
    let starts_at = wire(local(appointment.starts_at));
    let detail = json!({ "hall": appointment.hall, "starts_at": starts_at });
    entry(rt, caller, action, object, detail)
}

/// What the others are told: booked, cancelled or no_show.
pub(super) fn event(rt: &Runtime, appointment: &Appointment, what: &str) -> outbox::NewEvent {
    told(rt, appointment, what, String::new(), vec![])
}

/// As [`event`], with what its people are to be told, when it was not they who did it.
pub(super) fn told(
    rt: &Runtime,
    appointment: &Appointment,
    what: &str,
    message: String,
    persons: Vec<String>,
) -> outbox::NewEvent {
    let payload = AppointmentChanged {
        number: appointment.number.clone(),
        hall: appointment.hall.clone(),
        division: appointment.division.clone(),
        starts_at: wire(local(appointment.starts_at)),
        kind: appointment.kind.clone(),
        account: appointment.account.to_string(),
        message,
        persons,
    };
    let subject = format!("yiwang.{}.appointment.{what}", rt.service);
    outbox::NewEvent {
        id: ids::new(rt.now()),
        aggregate: "appointment",
        aggregate_id: appointment.number.clone(),
        event_type: format!("{subject}.v1"),
        subject,
        occurred_at: rt.now(),
        payload: payload.encode_to_vec(),
    }
}

/// What the others are told of a hall: opened, saved, registrar or day.
pub(super) fn of_hall(rt: &Runtime, hall: &Hall, what: &str, day: String) -> outbox::NewEvent {
    let payload = HallChanged {
        hall: hall.code.clone(),
        division: hall.division.clone(),
        what: what.to_owned(),
        day,
    };
    let subject = format!("yiwang.{}.hall.changed", rt.service);
    outbox::NewEvent {
        id: ids::new(rt.now()),
        aggregate: "hall",
        aggregate_id: hall.code.clone(),
        event_type: format!("{subject}.v1"),
        subject,
        occurred_at: rt.now(),
        payload: payload.encode_to_vec(),
    }
}
