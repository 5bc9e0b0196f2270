//! What was done in a case.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::action::{
    Joining, Notice, Performance, Publicity, Record, Review, Ruling, Statement, Transfer,
};
use crate::domain::funeral::facts::Signer;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Departments of the joint action.
    pub joined: Vec<Joining>,
    /// 全过程记录, each signed by two.
    pub records: Vec<Signed>,
    /// One that waits for the second.
    pub pending: Option<Pending>,
    /// Accounts that took part in the investigation: they neither review nor decide.
    pub hands: BTreeSet<Uuid>,
    /// What the party was told, and until when it may speak.
    pub informed: Option<(Notice, Date)>,
    /// What it said.
    pub statement: Option<(Statement, Date)>,
    /// Reviews, the last counts; with who and when.
    pub reviews: Vec<(Review, Signer, Date)>,
    /// The decision, by whom and when.
    pub ruling: Option<(Ruling, Signer, Date)>,
    /// Where it was published, and when.
    pub published: Option<(Publicity, Date)>,
    /// Carried out.
    pub performed: Option<Performance>,
    /// Why there is no penalty.
    pub dismissed: Option<(String, Date, String)>,
    /// Where it went.
    pub transferred: Option<(Transfer, Date)>,
}

/// A record with both who signed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Signed {
    /// What.
    pub record: Record,
    /// Names.
    pub signed: [String; 2],
    /// When the second signed.
    pub at: Timestamp,
}

/// A record that waits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pending {
    /// What.
    pub record: Record,
    /// By whom.
    pub by: Signer,
}
