//! What county and bank have added.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Fen paid back of each item, in the order of the form.
    pub parts: Vec<i64>,
    /// All of it.
    pub fen: i64,
    /// Where the limits stand.
    pub source: String,
    /// Who approved, and when.
    pub approved: Option<(String, Date)>,
    /// Orders to the bank so far.
    pub round: u32,
    /// Why the last one came back; empty: it did not.
    pub returned: String,
    /// When it was paid.
    pub paid_on: Option<Date>,
    /// Why it was rejected.
    pub rejected: String,
}
