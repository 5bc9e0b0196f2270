//! What offices and the bank have added.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::action::{Recover, Verify};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The burial as it was verified.
    pub verified: Option<Verify>,
    /// From the register of places.
    pub from_register: bool,
    /// By whom, else.
    pub verified_by: String,
    /// Fen granted.
    pub fen: i64,
    /// Source of the amount.
    pub source: String,
    /// Who approved, and when.
    pub approved: Option<(String, Date)>,
    /// Objections of the notice.
    pub objections: Vec<String>,
    /// Orders to the bank so far.
    pub round: u32,
    /// Why the last one came back; empty: it did not.
    pub returned: String,
    /// When it was paid.
    pub paid_on: Option<Date>,
    /// A recovery that waits for the second signature: what, account and name of the first.
    pub recovery: Option<(Recover, Uuid, String)>,
    /// Who signed it second, and when.
    pub recovered: Option<(String, Date)>,
    /// Why it was rejected.
    pub rejected: String,
}
