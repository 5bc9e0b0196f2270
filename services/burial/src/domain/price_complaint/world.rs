//! What a decision must know, and what it changes.

use uuid::Uuid;

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The facility of the form.
    pub facility: Option<Facility>,
    /// The bill that form or act names.
    pub bill: Option<Bill>,
}

/// A facility.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facility {
    /// Name.
    pub name: String,
    /// Nine digits.
    pub division: String,
}

/// A bill on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// Number.
    pub number: String,
    /// Facility.
    pub facility: String,
    /// The family paid.
    pub charged: i64,
    /// Of it, already given back.
    pub refunded: i64,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Money goes back to the family, signed by two.
    Refund {
        /// Bill.
        bill: String,
        /// Fen.
        fen: i64,
        /// Why.
        reason: String,
        /// Both who signed.
        signed: [(Uuid, String); 2],
    },
}
