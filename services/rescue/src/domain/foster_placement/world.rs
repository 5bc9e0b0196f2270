//! What a decision must know, and what it changes.

use super::law::Institution;
use crate::domain::leaving::Guest;

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The stay.
    pub stay: Option<Guest>,
    /// The institution.
    pub institution: Option<Institution>,
    /// The open placement of this stay.
    pub open: Option<String>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The row follows the case.
    Follow,
    /// Into this place of kind foster; empty: any.
    In(String),
    /// Into this room; empty: any.
    Out(String),
}
