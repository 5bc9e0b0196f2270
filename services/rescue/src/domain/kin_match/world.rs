//! What a decision must know, and what it changes.

use uuid::Uuid;

use super::{action::Confirm, facts::Line};
use crate::domain::{kin::score::Alone, two::Signer};

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The pair, compared as both sides stand now; none: one side is not there.
    pub pair: Option<Pair>,
}

/// Both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Nine digits of the station.
    pub division: String,
    /// The stranded person is still searched for.
    pub stay_open: bool,
    /// The report is still open.
    pub report_open: bool,
    /// Weighed evidence.
    pub score: f32,
    /// Nothing but a face or places agrees.
    pub alone: Option<Alone>,
    /// Field by field.
    pub lines: Vec<Line>,
}

/// A change.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// The pair has a case now.
    Open {
        /// Nats.
        score: f32,
        /// By the search itself.
        by_system: bool,
    },
    /// The row of the pair follows.
    Follow([Option<Uuid>; 2]),
    /// The family hears that something is looked into, or no longer.
    Checking(bool),
    /// It is the same person: stay and report follow.
    Confirm {
        /// Who it is.
        identity: Box<Confirm>,
        /// `police` or `dna`, with the number of the paper.
        paper: String,
        /// Both who compared.
        signed: [Signer; 2],
    },
    /// It was not.
    TakeBack {
        /// Why.
        reasons: String,
        /// Who confirmed, who takes back.
        signed: [Signer; 2],
    },
}
