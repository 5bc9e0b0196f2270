//! What a change of a case leaves behind: its audit entry and its event.

use serde_json::json;
use yiwang_chassis::{audit, ids, outbox};
use yiwang_proto::event::v1::CaseChanged;

use crate::{context::Actor, engine::Change, runtime::Runtime, store::case::CaseFile};

/// What the audit log keeps of a change.
pub(crate) fn audit_entry(file: &CaseFile, change: &Change<'_>) -> audit::Entry {
    let (actor, actor_name) = match change.actor {
        Actor::Citizen { account, .. } => (account.to_string(), None),
        Actor::Officer { account, name, .. } => (account.to_string(), Some(name.clone())),
        Actor::Department(_) => ("system:department".to_owned(), None),
        Actor::System(_) => ("system:casework".to_owned(), None),
    };
    audit::Entry {
        at: change.now,
        actor,
        actor_name,
        on_behalf_of: None,
        action: format!("case.{}", change.action),
        object: format!("case/{}", file.number),
        purpose: None,
        outcome: audit::Outcome::Done,
        detail: json!({ "state": file.state, "version": file.version }),
    }
}

/// The event each version of a case raises.
pub(crate) fn case_event(
    rt: &Runtime,
    file: &CaseFile,
    (item_title, state_label): (&str, &str),
    change: &Change<'_>,
    message: &str,
) -> outbox::NewEvent {
    use prost::Message as _;
    let payload = CaseChanged {
        number: file.number.clone(),
        item: file.item.clone(),
        item_title: item_title.to_owned(),
        division: file.division.clone(),
        applicant: file.applicant_key.clone(),
        account: file.account.to_string(),
        action: change.action.to_owned(),
        state: file.state.clone(),
        state_label: state_label.to_owned(),
        message: message.to_owned(),
        closed: file.closed,
        version: file.version,
    };
    let subject = format!("yiwang.{}.case.{}", rt.service, change.action);
    outbox::NewEvent {
        id: ids::new(change.now),
        aggregate: "case",
        aggregate_id: file.number.clone(),
        event_type: format!("{subject}.v1"),
        subject,
        occurred_at: change.now,
        payload: payload.encode_to_vec(),
    }
}
