//! What a decision must know, and what it changes.

use crate::domain::protection::{person::Ward, placing::Placing};

use super::action::ToLong;

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The child is in care already: of this case.
    pub custody: Option<String>,
    /// The carer or guardian of the act may not care for this child.
    pub barred: bool,
    /// An open guardianship for the same case GA or stay.
    pub open: Option<String>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The row follows the case.
    Follow,
    /// Guardian from now on; the child lives there.
    Start(Placing),
    /// The child lives there from now on.
    Move(Placing),
    /// It is known who the child is.
    Known(Ward),
    /// The guardianship ends.
    End,
    /// A case of long-term guardianship goes on with it, without a gap.
    ToLong(Box<ToLong>),
}
