//! What a decision must know, and what it changes.

use jiff::civil::Date;

use super::place::Place;

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// An open case for the very same place.
    pub same_place: Option<String>,
    /// Name of the open cemetery or columbarium that a treatment names.
    pub cemetery: Option<String>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// On the map.
    Open {
        /// Where.
        at: Place,
        /// Put in order first.
        priority: bool,
    },
    /// Off the list.
    Close {
        /// Code of the outcome.
        outcome: &'static str,
        /// Day.
        on: Date,
    },
    /// Back on it.
    Reopen,
    /// Protected.
    Exempt,
}
