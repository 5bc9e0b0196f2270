//! What a change of the plans leaves behind: an entry of the audit log and an event.

use prost::Message;
use serde_json::Value;
use sqlx::PgConnection;
use yiwang_casework::{Runtime, decision::DomainEvent};
use yiwang_chassis::{audit, identity::Caller, journal};

/// A change.
pub(crate) struct Change<'a> {
    /// What changed, e.g. `zone`.
    pub(crate) aggregate: &'static str,
    /// Which one.
    pub(crate) id: String,
    /// What happened, e.g. `announced`.
    pub(crate) event: &'static str,
    /// Why, where somebody said so.
    pub(crate) reason: Option<&'a str>,
    /// For the log.
    pub(crate) detail: Value,
}

/// Writes both.
pub(crate) async fn write(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    change: Change<'_>,
    payload: &impl Message,
) -> sqlx::Result<()> {
    let Change {
        aggregate,
        id,
        event,
        reason,
        detail,
    } = change;
    let entry = audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: format!("{aggregate}.{event}"),
        object: format!("{aggregate}/{id}"),
        purpose: reason.map(str::to_owned),
        outcome: audit::Outcome::Done,
        detail,
    };
    let event = DomainEvent {
        aggregate,
        aggregate_id: id,
        event,
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
}
