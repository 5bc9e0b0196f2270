//! What a decision must know, and what it changes.

use jiff::civil::Date;

use crate::domain::benefit::EcoForm;

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Key of the dead person.
    pub person: Option<String>,
    /// Cremated in our chain, under this certificate of the form.
    pub cremated: Option<Option<String>>,
    /// Where the ashes lie by the register.
    pub placed: Option<Placed>,
    /// Case that already holds the subsidy.
    pub granted: Option<String>,
}

/// A placement on record; ecological ones were witnessed with a photo when they were entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Form; none when it is no ecological one.
    pub form: Option<EcoForm>,
    /// Beijing date on which it was entered; the burial was not later.
    pub on: Date,
    /// Six or nine digits.
    pub division: String,
    /// In words.
    pub place: String,
    /// Who stood by.
    pub witness: String,
    /// The case in which it was done.
    pub case_number: String,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The dead person's one subsidy, taken by this case.
    Grant {
        /// Fen.
        fen: i64,
    },
    /// Not paid after all.
    Release,
    /// The bank has paid.
    Paid,
    /// It came back.
    Recovered,
}
