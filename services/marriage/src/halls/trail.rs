//! What an act leaves behind: an entry of the audit log, an event for the others.

use prost::Message as _;
use serde_json::{Value, json};
use yiwang_casework::Runtime;
use yiwang_chassis::{audit, identity::Caller, ids, outbox};
use yiwang_proto::marriage::v1::AppointmentChanged;

use super::{appointment::Appointment, local, wire};

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
    let payload = AppointmentChanged {
        number: appointment.number.clone(),
        hall: appointment.hall.clone(),
        division: appointment.division.clone(),
        starts_at: wire(local(appointment.starts_at)),
        kind: appointment.kind.clone(),
        account: appointment.account.to_string(),
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
