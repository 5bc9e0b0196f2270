//! What a decision must know, and what it changes.

use yiwang_civic::money::Fen;

use crate::domain::projects::payment::{Ordered, Payment};

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The open case of this student.
    pub open: Option<String>,
    /// School years that were granted to this student, in any case.
    pub granted: Vec<i16>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The row follows the case.
    Follow,
    /// A school year is granted.
    Grant(i16, Fen),
    /// Two have signed a payment: to the bank, for the account on the form.
    Order(Box<Ordered>),
    /// The account on the form is another.
    Account,
    /// The bank has paid.
    Paid(Box<Payment>),
}
