//! What a decision must know, and what it changes.

use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::protection::{
    placing::{Placing, Voice},
    words::TemporaryGround,
};

/// Another case, as merging and transferring see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Other {
    /// Its number.
    pub number: String,
    /// 6 digits.
    pub county: String,
    /// Not closed, merged or transferred.
    pub open: bool,
    /// When it was reported.
    pub reported_at: Option<Timestamp>,
    /// When the police were told.
    pub police_told_at: Option<Timestamp>,
}

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The case named by the form or by the act.
    pub other: Option<Other>,
    /// Open guardianship of the child: LJ or CG; none: not in care.
    pub custody: Option<String>,
    /// The carer of the act may not care for this child.
    pub barred: bool,
    /// Whether the place of a transfer exists.
    pub place_known: bool,
}

/// A child comes into care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntoCare {
    /// Ground.
    pub ground: TemporaryGround,
    /// Where.
    pub placing: Placing,
    /// What the child said.
    pub voice: Voice,
    /// Number of the decision.
    pub decision: String,
    /// The child is there.
    pub handed_over: bool,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The row follows the case.
    Follow,
    /// The row of a new report; somebody is to look.
    Reported,
    /// It is known who the child is.
    Known,
    /// Merged into this case.
    Merged(String),
    /// A new case of this division goes on with it.
    Transfer(String),
    /// Temporary guardianship begins.
    IntoCare(Box<IntoCare>),
    /// Temporary guardianship ends by return: to whom, what the child said.
    BackHome {
        /// To whom.
        to: String,
        /// What the child said.
        voice: Voice,
        /// Account of who decided.
        by: Uuid,
    },
}
