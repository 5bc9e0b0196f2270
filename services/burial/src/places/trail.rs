//! What a change leaves behind: an entry of the audit log and an event, in one statement.

use prost::Message as _;
use serde_json::Value;
use sqlx::PgConnection;
use yiwang_casework::{Runtime, decision::DomainEvent};
use yiwang_chassis::{audit, identity::Caller, journal};
use yiwang_proto::burial::v1::SpotChanged;

use super::{facility::Facility, store::Place};

fn entry(
    rt: &Runtime,
    caller: &Caller,
    action: &str,
    object: String,
    detail: Value,
) -> audit::Entry {
    audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: caller.is_staff().then(|| caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: action.to_owned(),
        object,
        purpose: None,
        outcome: audit::Outcome::Done,
        detail,
    }
}

/// A place changed.
pub(super) async fn spot(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    what: &'static str,
    (place, facility): (&Place, &Facility),
    detail: Value,
) -> sqlx::Result<()> {
    let id = place.id.to_string();
    let entry = entry(
        rt,
        caller,
        &format!("spot.{what}"),
        format!("spot/{id}"),
        detail,
    );
    let payload = SpotChanged {
        spot: id.clone(),
        facility: facility.code.clone(),
        division: facility.division.clone(),
        area: place.area.clone(),
        what: what.to_owned(),
    };
    let event = DomainEvent {
        aggregate: "spot",
        aggregate_id: id,
        event: "changed",
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
}

/// An area is new or on offer.
pub(super) async fn area(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    what: &'static str,
    (area, facility): (&str, &Facility),
    detail: Value,
) -> sqlx::Result<()> {
    let object = format!("area/{}/{area}", facility.code);
    let entry = entry(rt, caller, &format!("spot.{what}"), object, detail);
    let payload = SpotChanged {
        spot: String::new(),
        facility: facility.code.clone(),
        division: facility.division.clone(),
        area: area.to_owned(),
        what: what.to_owned(),
    };
    let event = DomainEvent {
        aggregate: "spot",
        aggregate_id: facility.code.clone(),
        event: "changed",
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
}

/// Ashes were counted.
pub(super) async fn stock(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    event: DomainEvent,
    detail: Value,
) -> sqlx::Result<()> {
    let object = format!("facility/{}", event.aggregate_id);
    let entry = entry(rt, caller, "stock.take", object, detail);
    journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
}
