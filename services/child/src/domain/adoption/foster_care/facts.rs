//! What was assessed, tried, agreed and seen.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::action::{Account, Agree, Assess, End, EndTrial, Place, Visit};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// 6 digits.
    pub county: String,
    /// At their home.
    pub assessed: Option<(Assess, Date, String)>,
    /// Trial began, with what the child said.
    pub trial: Option<(Date, String)>,
    /// How trials went.
    pub trials: Vec<(EndTrial, Date)>,
    /// Agreement.
    pub agreement: Option<(Agree, Date)>,
    /// In the family since.
    pub placed: Option<(Place, Date)>,
    /// Fee: fen a month, first month, last month (empty: goes on).
    pub fee: Option<(i64, String, String)>,
    /// Of which month that fee is the standard.
    pub fee_of: String,
    /// Fees for months after the end: month, fen.
    pub overpaid: Vec<(String, i64)>,
    /// Account of the carer, and since when.
    pub account: Option<(Account, Date)>,
    /// Fees: month, fen, why returned (empty: paid), oldest first.
    pub payments: Vec<(String, i64, String)>,
    /// Seen, oldest first.
    pub visits: Vec<(Visit, Date, String)>,
    /// Over.
    pub ended: Option<(Date, String)>,
    /// What the child said at the end.
    pub end: Option<End>,
    /// Why not.
    pub refused: String,
}
