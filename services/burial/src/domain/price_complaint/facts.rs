//! What the inspectors have added.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::action::Finding;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Name of the facility.
    pub facility: String,
    /// Who took it on.
    pub accepted_by: String,
    /// The finding with its first signature.
    pub finding: Option<Signed>,
    /// Second signature, and when.
    pub countersigned: Option<(String, Date)>,
}

/// A finding that one has signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// What.
    pub finding: Finding,
    /// Fen to be refunded.
    pub fen: i64,
    /// Account.
    pub account: Uuid,
    /// Name.
    pub by: String,
}
