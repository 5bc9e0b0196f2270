//! What was done about an entry.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::action::{Alarm, Collected, Found, Listing, Remove, Visit};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Account and name of who collected it.
    pub collected_by: Option<(Uuid, String)>,
    /// Level and responsible person.
    pub listing: Option<Listing>,
    /// Who checked it, and when.
    pub listed: Option<(String, Date)>,
    /// First day of the month of the next visit.
    pub next_visit: Option<Date>,
    /// Last day of the next half-yearly collection.
    pub collect_by: Option<Date>,
    /// Visits, oldest first.
    pub visits: Vec<(Visit, Date, String)>,
    /// Collected again, oldest first.
    pub collections: Vec<(Collected, Date, String)>,
    /// How often lost, and found.
    pub lost: Vec<(Alarm, Option<Found>)>,
    /// Why it was not taken in.
    pub rejected: String,
    /// Why it was removed.
    pub removed: Option<(Remove, Date)>,
}
