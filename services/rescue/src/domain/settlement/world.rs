//! What a decision must know, and what it changes.

use crate::domain::{
    leaving::Guest,
    search::Search,
    stay::matched::{Matched, Unmatched},
};

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The stay.
    pub stay: Option<Guest>,
    /// Its search.
    pub search: Search,
    /// The open settlement of this stay.
    pub open: Option<String>,
    /// Key of the person whom this act names.
    pub person: Option<String>,
    /// That person has an identity here already.
    pub taken: bool,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The stay's step of the search is done.
    Request,
    /// The row follows the case.
    Follow,
    /// The temporary identity, and the stay is over.
    Settle,
    /// Compared again: the step of the stay's search is done.
    Repeat,
    /// The stay hears who it is; the township takes over.
    Known(Box<Matched>),
    /// The stay hears that it is not.
    Forget(Box<Unmatched>),
}
