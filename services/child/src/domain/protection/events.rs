//! What protection tells the others: ids and dates, never a story (rules B6).

use prost::Message as _;
use yiwang_casework::decision::DomainEvent;
use yiwang_proto::child::v1::{CustodyChanged, RiskRaised};

/// Somebody is to look.
#[must_use]
pub fn risk_raised(case_number: &str, division: &str) -> DomainEvent {
    let payload = RiskRaised {
        case_number: case_number.to_owned(),
        division: division.chars().take(9).collect(),
    };
    DomainEvent {
        aggregate: "risk",
        aggregate_id: case_number.to_owned(),
        event: "raised",
        payload: payload.encode_to_vec(),
    }
}

/// Who answers for a child has changed.
#[derive(Debug, Clone, Copy)]
pub struct Custody<'a> {
    /// LJ or CG.
    pub case_number: &'a str,
    /// Person key of the child; empty: unknown.
    pub person: &'a str,
    /// 9 or 12 digits.
    pub division: &'a str,
    /// Long-term.
    pub long: bool,
}

/// `started`, `moved`, `ended`.
#[must_use]
pub fn custody(of: Custody<'_>, event: &'static str) -> DomainEvent {
    let kind = if of.long { "long" } else { "temporary" };
    let payload = CustodyChanged {
        case_number: of.case_number.to_owned(),
        person: of.person.to_owned(),
        division: of.division.chars().take(9).collect(),
        kind: kind.to_owned(),
        guardian: of.division.chars().take(6).collect(),
    };
    DomainEvent {
        aggregate: "custody",
        aggregate_id: of.case_number.to_owned(),
        event,
        payload: payload.encode_to_vec(),
    }
}
