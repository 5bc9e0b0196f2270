//! What a decision must know, and what it changes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yiwang_casework::{
    Material,
    merge::{Clash, Written},
};

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Another open file of this child.
    pub open: Option<String>,
    /// A protection case of this child is open.
    pub protected: bool,
    /// The visit that the act names.
    pub visit: Option<Stored>,
    /// For a visit that has no id yet.
    pub fresh: Uuid,
}

/// A visit as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    /// Its id.
    pub id: Uuid,
    /// The file it belongs to.
    pub file: String,
    /// When it was made.
    pub at: Timestamp,
    /// Who made it.
    pub by: String,
    /// With which account.
    pub account: Option<Uuid>,
    /// What is written, by whom.
    pub written: Written,
    /// Values of which somebody has to choose.
    pub clashes: Vec<Clash>,
    /// Photographs.
    pub photos: Vec<Material>,
    /// Grows with each change.
    pub version: i64,
}

/// A change.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// The row follows the file.
    Follow,
    /// The visit as it is now.
    Save(Box<Stored>),
    /// The plan is fulfilled by this visit; none: it falls away.
    Done(Option<Uuid>),
}
