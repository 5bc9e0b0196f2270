//! What a call leaves behind: an audit entry, and an event when something changed.

use prost::Message as _;
use serde_json::{Value, json};
use sqlx::PgConnection;
use yiwang_casework::{Runtime, decision::DomainEvent};
use yiwang_chassis::{audit, identity::Caller, journal};
use yiwang_proto::child::v1::RosterSaved;

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

/// A director, supervisor or place changed; never a name.
pub(super) async fn saved(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    (what, id): (&str, String),
    division: &str,
    act: &str,
) -> sqlx::Result<()> {
    let detail = json!({ "division": division });
    let entry = entry(
        rt,
        caller,
        format!("{what}.{act}"),
        format!("{what}/{id}"),
        detail,
    );
    let payload = RosterSaved {
        what: what.to_owned(),
        id: id.clone(),
        division: division.to_owned(),
    };
    let event = DomainEvent {
        aggregate: "roster",
        aggregate_id: id,
        event: "saved",
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
}

/// Somebody read a list of children, or what is around one.
pub(super) async fn looked(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    what: &str,
    object: String,
    count: usize,
) -> sqlx::Result<()> {
    let detail = json!({ "rows": count });
    let entry = entry(rt, caller, format!("{what}.read"), object, detail);
    audit::record(conn, &entry).await
}
