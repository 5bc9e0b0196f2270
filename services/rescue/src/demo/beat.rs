//! What only this service can have done, and its beats.

use jiff::Timestamp;
use serde_json::Value;
use yiwang_casework::past::{self, What, Who};
use yiwang_proto::rescue::v1 as pb;

pub(super) type Beat = past::Beat<Deed>;
pub(super) type Story = past::Story<Deed>;

/// Beside forms and acts. The first text is the name under which later beats speak of it.
pub(super) enum Deed {
    /// A patrol is planned.
    Plan(&'static str, pb::PlanPatrolRequest),
    /// It begins.
    Start(&'static str),
    /// Where it was: place, north, east.
    Point(&'static str, (&'static str, f64, f64)),
    /// Somebody is met on it: name of the visit, of the patrol, fields.
    Meet(&'static str, &'static str, Value),
    /// Who was willing comes in: name of the visit, of the stay.
    Receive(&'static str, &'static str),
    /// It ends.
    Finish(&'static str, &'static str),
    /// A passer-by tells.
    Tell(pb::TellOfSomebodyRequest),
    /// The weather service warns.
    Alert(Value),
    /// The telephone rings.
    Call(pb::RecordCallRequest),
    /// A batch of the police.
    Import(Vec<Value>),
}

/// One of them.
pub(super) fn did(at: Timestamp, who: Who, deed: Deed) -> Beat {
    Beat {
        at,
        who,
        name: "",
        what: What::Other(deed),
    }
}
