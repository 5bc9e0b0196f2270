//! What officers have added to a court's paper.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Who received it, and the marriage it is about.
    pub received: Option<Received>,
    /// Who checked and noted it.
    pub noted: Option<Step>,
    /// Who sent it back.
    pub returned: Option<Step>,
}

/// The receipt.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Received {
    /// Account of the officer, who does not check their own entry.
    pub account: Uuid,
    /// Officer.
    pub by: String,
    /// Beijing date.
    pub on: Date,
    /// The marriage.
    pub record: Uuid,
}

/// A step.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    /// Officer.
    pub by: String,
    /// Beijing date.
    pub on: Date,
}
