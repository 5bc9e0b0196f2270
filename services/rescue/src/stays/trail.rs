//! What a call leaves behind: an entry of the audit log and an event, in one statement.

use prost::Message as _;
use serde_json::{Value, json};
use sqlx::PgConnection;
use yiwang_casework::{Runtime, decision::DomainEvent};
use yiwang_chassis::{audit, identity::Caller, journal};
use yiwang_proto::rescue::v1::StationSaved;

use super::stations::Station;

fn entry(
    rt: &Runtime,
    caller: &Caller,
    action: String,
    object: String,
    detail: Value,
) -> audit::Entry {
    audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: caller.is_staff().then(|| caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action,
        object,
        purpose: None,
        outcome: audit::Outcome::Done,
        detail,
    }
}

/// A station, one of its places or articles changed, its stock, or a call. `id` is empty for the station
/// itself.
pub(crate) async fn saved(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    station: &Station,
    (what, id): (&'static str, String),
    detail: Value,
) -> sqlx::Result<()> {
    let object = match id.as_str() {
        "" => format!("{what}/{}", station.code),
        id => format!("{what}/{id}"),
    };
    let entry = entry(rt, caller, format!("{what}.save"), object, detail);
    let payload = StationSaved {
        station: station.code.clone(),
        division: station.division.clone(),
        what: what.to_owned(),
        id,
    };
    let event = DomainEvent {
        aggregate: "station",
        aggregate_id: station.code.clone(),
        event: "saved",
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
}

/// Somebody read what is sealed of a stay.
pub(super) async fn read(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    what: &str,
    case_number: &str,
) -> sqlx::Result<()> {
    looked(rt, conn, caller, what, format!("case/{case_number}")).await
}

/// Somebody read what is sealed of something.
pub(crate) async fn looked(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    what: &str,
    object: String,
) -> sqlx::Result<()> {
    let entry = entry(rt, caller, format!("{what}.read"), object, json!({}));
    audit::record(conn, &entry).await
}
