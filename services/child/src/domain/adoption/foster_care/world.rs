//! What a decision must know, and what it changes.

use yiwang_civic::time::Month;

use super::action::Account;
use crate::domain::adoption::people::Adoptee;

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The carer is barred.
    pub barred: bool,
    /// Another family has this child.
    pub other: bool,
    /// Another case of this carer is open.
    pub open: Option<String>,
    /// Fees that have left or were paid: month, fen.
    pub fees: Vec<(Month, i64)>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The row follows the case.
    Follow,
    /// The child comes into the family.
    Place,
    /// The carer's account for the fee.
    Account(Account),
    /// The child goes back to the institution.
    Leave {
        /// Who.
        child: Box<Adoptee>,
        /// Where to.
        home: String,
    },
}
