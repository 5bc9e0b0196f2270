//! Years that were granted, and what was paid of them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_casework::{
    Papers,
    two::{Pending, Signer},
};
use yiwang_civic::money::Fen;

use super::{form::Level, law::Instalment};
use crate::domain::projects::{
    payment::{Entered, Ordered, Payment},
    words::{Check, Place},
};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Where it was received.
    pub place: Place,
    /// The year that is asked for.
    pub asked: Option<Asked>,
    /// What the township found of it.
    pub checked: Option<(Check, Date, String)>,
    /// Years that were granted, oldest first.
    pub years: Vec<Year>,
    /// What is still to be paid, in order.
    pub to_pay: Vec<Instalment>,
    /// Waits for the second signature.
    pub pending: Option<Pending<Entered>>,
    /// Signed; the bank has not paid them yet.
    pub ordered: Vec<Ordered>,
    /// What was paid, oldest first.
    pub paid: Vec<Payment>,
    /// Why it ended.
    pub ended: String,
}

/// A school year that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Its first year.
    pub school_year: i16,
    /// The school.
    pub school: String,
    /// Its kind.
    pub level: Level,
    /// Proof of the school; none with the application itself.
    pub proof: Papers,
}

/// A school year that was granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    /// What was asked.
    pub asked: Asked,
    /// Who granted it.
    pub by: Signer,
    /// When.
    pub on: Date,
    /// How much.
    pub fen: Fen,
}
