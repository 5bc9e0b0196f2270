//! What was proven.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The proof.
    pub proof: Option<Proof>,
    /// Received at the counter.
    pub handed_over_on: Option<Date>,
}

/// What the register held at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Its number.
    pub number: String,
    /// How many records; none: 无婚姻登记记录.
    pub records: usize,
    /// The instant it is valid as of.
    pub as_of: Timestamp,
    /// Who issued it.
    pub issuer: String,
}
