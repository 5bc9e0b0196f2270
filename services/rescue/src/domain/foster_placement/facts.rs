//! What was assessed, seen and checked.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::action::{Assess, Check, Evaluate, Place, TakeOut, Visit};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Name of the institution.
    pub institution: String,
    /// Health.
    pub assessed: Option<(Assess, Date, String)>,
    /// There since.
    pub placed: Option<(Place, Timestamp)>,
    /// Weekly, oldest first.
    pub visits: Vec<(Visit, Date, String)>,
    /// Monthly.
    pub checks: Vec<(Check, Date, String)>,
    /// Whether it goes on.
    pub evaluations: Vec<(Evaluate, Date, String)>,
    /// Back at the station.
    pub out: Option<(TakeOut, Date)>,
    /// Why it ended otherwise.
    pub ended: String,
}
