//! What was checked, treated, billed and paid.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_casework::two::{Pending, Signer};
use yiwang_civic::money::Fen;

use super::action::{Bill, Treat};
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
    /// What the township found.
    pub checked: Option<(Check, Date, String)>,
    /// The county agreed.
    pub agreed: Option<(Signer, Date)>,
    /// The treatment.
    pub treated: Option<(Treat, Date, String)>,
    /// The bill, and the part that is left to pay.
    pub billed: Option<(Bill, Fen, Date, String)>,
    /// Waits for the second signature.
    pub pending: Option<Pending<Entered>>,
    /// Signed; the bank has not paid it yet.
    pub ordered: Option<Ordered>,
    /// What was paid.
    pub paid: Option<Payment>,
    /// Why it ended otherwise.
    pub ended: String,
}
