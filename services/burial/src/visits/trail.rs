//! What an act leaves behind: an entry of the audit log and an event, in one statement.

use prost::Message as _;
use serde_json::{Value, json};
use sqlx::PgConnection;
use yiwang_casework::{Runtime, decision::DomainEvent};
use yiwang_chassis::{audit, identity::Caller, journal};
use yiwang_proto::burial::v1::VisitChanged;

use super::{local, visit::Visit, wire};

/// An entry about `object`; of the service itself when nobody calls.
pub(crate) fn entry(
    rt: &Runtime,
    caller: Option<&Caller>,
    action: String,
    object: String,
    detail: Value,
) -> audit::Entry {
    let named = caller.filter(|caller| caller.is_staff());
    audit::Entry {
        at: rt.now(),
        actor: caller.map_or_else(
            || "system:visits".to_owned(),
            |caller| caller.account.to_string(),
        ),
        actor_name: named.map(|caller| caller.name.clone()),
        on_behalf_of: caller.and_then(|caller| caller.on_behalf_of.clone()),
        action,
        object,
        purpose: None,
        outcome: audit::Outcome::Done,
        detail,
    }
}

/// A visit changed: booked, cancelled, entered or `no_show`. `message` is for the family, when
/// it was not they who did it.
pub(super) async fn visit(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: Option<&Caller>,
    what: &'static str,
    visit: &Visit,
    message: String,
) -> sqlx::Result<()> {
    let starts_at = wire(local(visit.starts_at));
    let detail = json!({ "facility": visit.facility, "starts_at": starts_at });
    let object = format!("visit/{}", visit.number);
    let entry = entry(rt, caller, format!("visit.{what}"), object, detail);
    let payload = VisitChanged {
        number: visit.number.clone(),
        facility: visit.facility.clone(),
        division: visit.division.clone(),
        starts_at,
        kind: visit.kind.clone(),
        account: visit.account.to_string(),
        message,
    };
    let event = DomainEvent {
        aggregate: "visit",
        aggregate_id: visit.number.clone(),
        event: what,
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
}
