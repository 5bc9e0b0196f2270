//! What a decision knows of the register, and what it changes there.

use jiff::civil::Date;

/// What the register knows of the person.
#[derive(Debug, Clone, Copy, Default)]
pub struct World {
    /// There is a valid certificate of death.
    pub certified: bool,
    /// Declared dead in another case.
    pub declared: bool,
}

/// A change of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Declared dead, effective on this day.
    Declare(Date),
    /// The court took it back.
    Cancel,
}
