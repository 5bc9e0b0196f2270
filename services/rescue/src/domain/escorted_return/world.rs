//! What a decision must know, and what it changes.

use super::action::Depart;
use crate::domain::leaving::Guest;

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The stay.
    pub stay: Option<Guest>,
    /// The open return of this stay.
    pub open: Option<String>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The row follows the case.
    Follow,
    /// The person is in the vehicle.
    Depart(Box<Depart>),
    /// Back in the house.
    Back(String),
    /// Handed over: the stay is over. `escorted` or `unit`.
    Home(&'static str),
}
