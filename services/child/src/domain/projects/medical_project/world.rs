//! What a decision must know, and what it changes.

use crate::domain::projects::payment::{Ordered, PayTo, Payment};

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The open case of this child.
    pub open: Option<String>,
    /// The bill is ordered and cannot leave: it may be given another account.
    pub stuck: bool,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The row follows the case.
    Follow,
    /// Two have signed a payment: to the bank.
    Order(Box<Ordered>, PayTo),
    /// The bank has paid.
    Paid(Box<Payment>),
}
