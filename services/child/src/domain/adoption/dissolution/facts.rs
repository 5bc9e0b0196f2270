//! What was said before the registrar, and what was decided.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_casework::two::{Pending, Signer};

use super::action::{Agree, Propose};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Said in person.
    pub agreed: Option<(Agree, Date, String)>,
    /// Waits for the second signature.
    pub pending: Option<Pending<Propose>>,
    /// Dissolved on, by both.
    pub dissolved: Option<(Date, Signer, Signer)>,
    /// Why not.
    pub refused: String,
}
