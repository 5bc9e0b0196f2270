//! What a decision knows of the register, and what it changes there.

use crate::domain::death::{DeathState, Event, NewDeath, Use};

/// What the register knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The certificate under this number.
    pub known: Option<Known>,
    /// This person has a valid death under another number.
    pub dead_already: bool,
    /// The number taken for somebody without any document.
    pub next_number: Option<String>,
}

/// A certificate in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Where it stands.
    pub state: DeathState,
    /// Its uses.
    pub uses: Vec<Use>,
}

/// A change of the register.
#[derive(Debug)]
pub enum Effect {
    /// A new death.
    Record(Box<NewDeath>),
    /// The signer corrected when, where or how.
    Correct {
        /// Number.
        number: String,
        /// As corrected.
        event: Event,
        /// Why.
        reason: String,
    },
    /// It was none: asked for by one, agreed to by another.
    Void {
        /// Number.
        number: String,
        /// Who asked.
        asked_by: String,
        /// Why.
        reason: String,
    },
}
