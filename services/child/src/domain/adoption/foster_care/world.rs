//! What a decision must know, and what it changes.

use jiff::civil::Date;

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The carer is barred.
    pub barred: bool,
    /// Another family has this child.
    pub other: bool,
    /// Another case of this carer is open.
    pub open: Option<String>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The row follows the case.
    Follow,
    /// The child is in the family from this day on.
    Place(Date),
    /// The child has left it.
    Leave(Date),
}
