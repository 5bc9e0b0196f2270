//! What was compared, asked and answered.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::action::{Answer, Ask, Compare, Confirm};
use crate::domain::two::Signer;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// What agreed and what did not when it was raised.
    pub reasons: Vec<Line>,
    /// Weighed evidence in nats.
    pub score: f32,
    /// Opened by the search itself.
    pub by_system: bool,
    /// One after the other.
    pub first: Option<Compared>,
    /// By another account.
    pub second: Option<Compared>,
    /// Earlier comparisons that did not agree, or before it was opened again.
    pub before: Vec<Compared>,
    /// What was asked.
    pub asked: Option<Ask>,
    /// What was answered, oldest first.
    pub answers: Vec<(Ask, Answer)>,
    /// Who it is, who confirmed it, when.
    pub confirmed: Option<(Confirm, Signer, Timestamp)>,
    /// Why not.
    pub ended: String,
}

/// One field of the comparison by machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Field.
    pub title: String,
    /// The stranded person's side.
    pub said: String,
    /// The report's side.
    pub found: String,
    /// How they agree.
    pub how: String,
    /// Nats.
    pub weight: f32,
}

/// What somebody saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// What.
    pub view: Compare,
    /// Who.
    pub by: Signer,
    /// When.
    pub at: Timestamp,
}
