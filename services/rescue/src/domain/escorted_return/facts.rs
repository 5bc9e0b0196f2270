//! What was written, answered and signed.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{
    action::{Agree, Decline, Depart, HandOver, Letter, Raise},
    law::Level,
};
use crate::domain::two;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Across provinces.
    pub across_provinces: bool,
    /// To the own province-level department.
    pub forwarded: Option<(Letter, Date)>,
    /// To the place of origin.
    pub asked: Option<(Letter, Date)>,
    /// Who is asked now.
    pub level: Option<Level>,
    /// Nos, oldest first; none: no answer in time.
    pub refused: Vec<(Option<Decline>, Date)>,
    /// Passed up.
    pub raised: Vec<(Level, Raise, Date)>,
    /// How.
    pub agreed: Option<(Agree, Date)>,
    /// On the way since.
    pub departed: Option<(Depart, Timestamp)>,
    /// Turned back, and why.
    pub turned: Vec<(String, Timestamp)>,
    /// A hand-over that one has signed.
    pub pending: Option<two::Pending<HandOver>>,
    /// Handed over; both names.
    pub handed: Option<(HandOver, Vec<String>, Timestamp)>,
    /// Why it ended without.
    pub ended: String,
}
