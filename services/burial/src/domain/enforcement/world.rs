//! What a decision must know, and what it changes.

/// What a decision knows.
#[derive(Debug, Clone, Copy, Default)]
pub struct World {
    /// The grave's case that the form names is there.
    pub grave: bool,
}

/// A change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Keeps how far the case is.
    Keep,
}
