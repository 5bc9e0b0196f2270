//! What was added since.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::action::{Clue, Matched};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// When it was filed: ages count from here.
    pub filed_at: Option<Timestamp>,
    /// What else the family told, oldest first.
    pub clues: Vec<Clue>,
    /// Where the person is.
    pub matched: Option<Matched>,
    /// How it ended otherwise.
    pub ended: String,
}
