//! What officers and time have added to a deposit.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Name of the facility.
    pub facility: String,
    /// The contract.
    pub contract: Option<Contract>,
    /// What was renewed.
    pub renewals: Vec<Renewal>,
    /// Reminders that went out.
    pub reminded: Vec<Date>,
    /// How it ended.
    pub ended: Option<Ended>,
}

/// The contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Number of the urn.
    pub urn: String,
    /// Both who signed.
    pub signed: [String; 2],
    /// First day.
    pub from: Date,
    /// Last paid day.
    pub paid_until: Date,
    /// Receipt or waiver.
    pub receipt: String,
}

/// A renewal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// Beijing date.
    pub on: Date,
    /// Officer.
    pub by: String,
    /// Last paid day from then on.
    pub paid_until: Date,
    /// Receipt.
    pub receipt: String,
}

/// The end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Beijing date.
    pub on: Date,
    /// Officer; empty for time and family.
    pub by: String,
    /// Who took it or stood by.
    pub second: String,
    /// Document, receipt or reasons.
    pub text: String,
}
