//! What was checked, signed, told and seen.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::action::{Check, Contact, Notify, Review, Sign};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The carer was looked up.
    pub checked: Option<(Check, Date, String)>,
    /// The agreement.
    pub signed: Option<(Sign, Date, String)>,
    /// The school was told.
    pub school: Option<Notify>,
    /// The village of the residence was told.
    pub committee: Option<Notify>,
    /// Talks of the parent with child and carer, oldest first.
    pub contacts: Vec<(Contact, String)>,
    /// The last week passed without one.
    pub contact_late: bool,
    /// Reviews, oldest first.
    pub reviews: Vec<(Review, Date, String)>,
    /// Alerts and what became of them, oldest first.
    pub alerts: Vec<(String, Date)>,
    /// Why it ended, and what the child said of it.
    pub ended: Option<(String, Date, String)>,
}
