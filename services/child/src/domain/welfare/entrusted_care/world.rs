//! What a decision must know, and what it changes.

use super::law::BarCode;

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Why the carer is barred; empty: is not.
    pub barred: Vec<BarCode>,
    /// Another open entrustment of this child.
    pub open: Option<String>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The row follows the case.
    Follow,
    /// The carer is barred from now on, everywhere.
    Bar(Vec<BarCode>),
}
