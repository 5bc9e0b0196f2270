//! What a decision must know, and what it changes.

use crate::domain::protection::{person::Ward, placing::Placing};

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The child is in care already: of this case.
    pub custody: Option<String>,
    /// The carer of the act may not care for this child.
    pub barred: bool,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The row follows the case.
    Follow,
    /// Guardian from now on, or going on with a temporary guardianship; the child lives there.
    Start(Placing),
    /// The child lives there from now on.
    Move(Placing),
    /// It is known who the child is.
    Known(Ward),
    /// The guardianship ends.
    End,
}
