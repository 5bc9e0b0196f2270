//! What was done about a grave.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::action::{Acceptance, Order, Owner, Recheck, Relic, Treatment};
use crate::domain::funeral::facts::Signer;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Where it lies, it is put in order first.
    pub priority: bool,
    /// SHA-256 of the photos at the registration.
    pub photos: Vec<String>,
    /// Whose it is.
    pub owner: Option<Owner>,
    /// Orders with their last days.
    pub orders: Vec<(Order, Date)>,
    /// Where it was announced, and until when.
    pub announced: Option<(String, Date)>,
    /// What was done; the last counts.
    pub treatments: Vec<Treatment>,
    /// First of two who accept.
    pub pending: Option<Pending>,
    /// Accepted by both, on a day.
    pub accepted: Option<(Acceptance, Date, [String; 2])>,
    /// Why it was not accepted.
    pub rejections: Vec<(String, Date, String)>,
    /// Looked at again.
    pub rechecks: Vec<(Recheck, Date, String)>,
    /// How often it was reopened.
    pub reopened: u32,
    /// Protected.
    pub relic: Option<Relic>,
}

/// An acceptance that waits for the second.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pending {
    /// What.
    pub acceptance: Acceptance,
    /// By whom.
    pub by: Signer,
    /// When.
    pub at: Timestamp,
}
