//! What a decision must know, and what it changes.

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Key of the dead person.
    pub person: Option<String>,
    /// The dead person's case that already has a waiver.
    pub waived: Option<String>,
    /// County that cremated the person, when our chain did.
    pub cremated_in: Option<String>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The dead person's one waiver, taken by this case.
    Grant {
        /// Fen.
        fen: i64,
    },
    /// The bank has paid.
    Paid,
}
