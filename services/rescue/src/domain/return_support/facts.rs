//! What was done for somebody who has come home.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::action::{Again, Assess, Close, Plan, Receive, Visit};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// When the person came home last.
    pub returned_on: Option<Date>,
    /// Cases of the stays that led home.
    pub stays: Vec<String>,
    /// How often the person has left again.
    pub level: u32,
    /// Taken over.
    pub received: Option<(Receive, Date, String)>,
    /// What the person needs.
    pub assessed: Option<(Assess, Date)>,
    /// The plan.
    pub plan: Option<(Plan, Date)>,
    /// Last days of the visits since the last return.
    pub due: Vec<Date>,
    /// Visits since the last return, oldest first.
    pub visits: Vec<(Visit, Date, String)>,
    /// Visits of earlier returns.
    pub earlier: Vec<(Visit, Date, String)>,
    /// When and why the person left again.
    pub again: Vec<Again>,
    /// Why it is over.
    pub ended: Option<(Option<Close>, String, Date)>,
}
