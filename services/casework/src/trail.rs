//! What a change of a case leaves behind: its audit entry and its event.

use serde_json::json;
use yiwang_chassis::{audit, ids, outbox};
use yiwang_proto::event::v1::CaseChanged;

use crate::{
    context::Actor, engine::Change, registry::AnyItem, runtime::Runtime, store::case::CaseFile,
};

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

/// What an event calls every closed case.
const CLOSED_TITLE: &str = "未成年人保护和儿童福利业务";

/// The event each version of a case raises. Of a closed case it says no more than its filer's
/// message needs: what happened would tell what the case is about.
pub(crate) fn case_event(
    rt: &Runtime,
    file: &CaseFile,
    item: &dyn AnyItem,
    change: &Change<'_>,
    message: &str,
) -> outbox::NewEvent {
    use prost::Message as _;
    let told = CaseChanged {
        number: file.number.clone(),
        account: file.account.to_string(),
        message: message.to_owned(),
        closed: file.closed,
        version: file.version,
        ..CaseChanged::default()
    };
    let (action, payload) = match item.is_closed() {
        true => {
            let neutral = CaseChanged {
                item_title: CLOSED_TITLE.to_owned(),
                state_label: "有新进展".to_owned(),
                ..told
            };
            ("changed", neutral)
        }
        false => {
            let state = item.state(&file.state);
            let whole = CaseChanged {
                item: file.item.clone(),
                item_title: item.title().to_owned(),
                division: file.division.clone(),
                applicant: file.applicant_key.clone(),
                action: change.action.to_owned(),
                state: file.state.clone(),
                state_label: state.map_or("", |state| state.label).to_owned(),
                ..told
            };
            (change.action, whole)
        }
    };
    let subject = format!("yiwang.{}.case.{action}", rt.service);
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
