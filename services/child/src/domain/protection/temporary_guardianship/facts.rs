//! What was done while civil affairs guard.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use yiwang_casework::two::{Pending, Signer};

use super::action::{Assess, OtherGuardian, Receive, ReturnHome, ToLong};
use crate::domain::protection::{
    placing::{Placing, Voice},
    words::Care,
};

/// Where the child lived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lived {
    /// Where.
    pub placing: Placing,
    /// Since when.
    pub from: Timestamp,
    /// What the child said to it.
    pub voice: Voice,
    /// Why there.
    pub reasons: String,
}

/// An assessment of the guardian.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// What was found.
    pub what: Assess,
    /// When.
    pub on: Date,
    /// Who wrote it down: does not decide (rules B5.14).
    pub signer: Signer,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Back to the guardian.
    Returned(ReturnHome),
    /// Somebody else is guardian.
    Other(OtherGuardian),
    /// Long-term guardianship.
    Long(ToLong),
    /// Adopted, of age, died.
    Otherwise(String),
}

/// Facts of a case.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Guardian since.
    pub since: Option<Timestamp>,
    /// Placements, oldest first.
    pub lived: Vec<Lived>,
    /// Handed over.
    pub received: Option<(Receive, Timestamp, String)>,
    /// Care: kind, words, day, by.
    pub care: Vec<(Care, String, Date, String)>,
    /// Oldest first.
    pub assessments: Vec<Assessment>,
    /// Long-term guardianship that waits for the second signature.
    pub pending: Option<Pending<ToLong>>,
    /// The end.
    pub outcome: Option<(Outcome, Date, String)>,
}
