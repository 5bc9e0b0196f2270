//! What a search tells the others (rules C6).

use jiff::Timestamp;
use prost::Message as _;
use yiwang_casework::decision::DomainEvent;
use yiwang_proto::rescue::v1::SearchStep;

use super::{course::Search, step::Kind};

/// Whose search it is.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Number of the stay.
    pub case_number: &'a str,
    /// Code of the station.
    pub station: &'a str,
}

/// A step was done: what the others hear of it.
#[must_use]
pub fn done(about: About<'_>, kind: Kind, late: bool, now: Timestamp) -> Option<DomainEvent> {
    let event = match kind {
        Kind::Publish => "unknown_24h",
        Kind::Dna => "dna_requested",
        Kind::Stranded => "stranded",
        _ => return None,
    };
    Some(told(about, event, kind, late, now))
}

/// A clock says that a step was not done in time; none when it was done meanwhile.
#[must_use]
pub fn overdue(
    about: About<'_>,
    search: &Search,
    kind: Kind,
    now: Timestamp,
) -> Option<DomainEvent> {
    let step = search.waiting(kind)?;
    let late = step.is_late(now);
    late.then(|| told(about, "overdue", kind, late, now))
}

fn told(
    about: About<'_>,
    event: &'static str,
    kind: Kind,
    late: bool,
    now: Timestamp,
) -> DomainEvent {
    let payload = SearchStep {
        case_number: about.case_number.to_owned(),
        station: about.station.to_owned(),
        at: now.to_string(),
        late,
        step: kind.code().to_owned(),
    };
    DomainEvent {
        aggregate: "search",
        aggregate_id: about.case_number.to_owned(),
        event,
        payload: payload.encode_to_vec(),
    }
}
