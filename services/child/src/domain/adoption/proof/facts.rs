//! What was found and issued.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::action::Found;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Looked up.
    pub found: Option<(Found, Date, String)>,
    /// Number of what was issued, and when.
    pub issued: Option<(String, Date, String)>,
    /// Why not.
    pub refused: String,
}
