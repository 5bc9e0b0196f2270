//! What a decision must know, and what it changes.

/// Nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct World;

/// A change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The report as form and clues tell it now is searched.
    File,
    /// It is in another state: `open`, `found`, `withdrawn`.
    State(&'static str),
    /// The face is erased.
    ForgetFace,
}
