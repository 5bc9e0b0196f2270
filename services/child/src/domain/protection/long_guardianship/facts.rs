//! What was done while civil affairs guard.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use yiwang_casework::two::Signer;

use super::action::Restore;
use crate::domain::protection::{temporary_guardianship::facts::Lived, words::Care};

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// By the court.
    Restored(Restore),
    /// Adopted, of age, died.
    Otherwise(String),
}

/// Facts of a case.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Guardian since.
    pub since: Option<Timestamp>,
    /// Who wrote it down; none: two signed before.
    pub by: Option<Signer>,
    /// Placements, oldest first.
    pub lived: Vec<Lived>,
    /// Care: kind, words, day, by.
    pub care: Vec<(Care, String, Date, String)>,
    /// The end.
    pub outcome: Option<(Outcome, Date, String)>,
}
