//! Facts for the other services (rules B6): ids, months and amounts, never a story.

use prost::Message as _;
use yiwang_casework::{Case, decision::DomainEvent};
use yiwang_civic::{money::Fen, time::Month};
use yiwang_proto::child::v1::EntitlementChanged;

use super::Entitlement;

/// One change.
pub(super) struct Changed<'a> {
    /// `confirmed`, `ended`, `amount_changed`.
    pub(super) event: &'static str,
    /// Person key of the child.
    pub(super) child: &'a str,
    /// First month it applies to.
    pub(super) from: Month,
    /// From then on.
    pub(super) monthly: Fen,
    /// Code.
    pub(super) reason: &'a str,
}

/// The event.
pub(super) fn changed<I: Entitlement>(case: &Case<I>, changed: &Changed<'_>) -> DomainEvent {
    let payload = EntitlementChanged {
        case_number: case.number.clone(),
        person: changed.child.to_owned(),
        kind: I::KIND.event_code().to_owned(),
        division: case.division.get(..9).unwrap_or(&case.division).to_owned(),
        from_month: changed.from.to_string(),
        monthly_fen: changed.monthly.0,
        reason: changed.reason.to_owned(),
    };
    DomainEvent {
        aggregate: I::KIND.aggregate(),
        aggregate_id: changed.child.to_owned(),
        event: changed.event,
        payload: payload.encode_to_vec(),
    }
}
