//! What a decision must know, and what it changes.

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The open case of this person.
    pub open: Option<String>,
}

/// A change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The row follows the case.
    Follow,
    /// Wanders again: on the register of people easily lost, one level up.
    Raise,
}
