//! What was said, and what was decided.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_casework::two::{Pending, Signer};

use super::action::{Hear, Propose, Side};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Heard, oldest first.
    pub heard: Vec<(Hear, Date, String)>,
    /// Waits for the second signature.
    pub pending: Option<Pending<Propose>>,
    /// Decided on, by both, with reasons.
    pub decided: Option<(Date, Signer, Signer, String)>,
}

impl Facts {
    /// Adopters and child have been heard, or were called and stayed away.
    #[must_use]
    pub fn all_heard(&self) -> bool {
        let heard = |side| self.heard.iter().any(|(it, ..)| it.side == side);
        heard(Side::Adopters) && heard(Side::Child)
    }
}
