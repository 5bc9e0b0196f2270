//! What a decision must know, and what it changes.

use super::action::Alarm;

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The entry this person has already.
    pub entry: Option<String>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The row of the register follows the case.
    Follow,
    /// Lost: the search for relatives looks for this person.
    Lost(Box<Alarm>),
    /// No longer looked for.
    NotLost,
}
