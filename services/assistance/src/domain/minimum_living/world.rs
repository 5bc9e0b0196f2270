//! What a decision must know of the roll, and what it changes in it.

use yiwang_civic::time::Month;

use super::{
    accounts::{Books, Line, Overpaid},
    amount::Share,
    codes::StopReason,
};

/// Name of this benefit on the roll and in events.
pub const BENEFIT: &str = "DB";

/// What `decide` knows of the service's own tables.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Person keys, in the order of the form.
    pub keys: Vec<String>,
    /// Persons on the form who draw support under another case.
    pub supported: Vec<Supported>,
    /// Another service of civil affairs is involved with somebody on the form.
    pub elsewhere: bool,
    /// What the payments of this case hold; looked for when the roll changed for months that may
    /// be paid already.
    pub books: Option<Books>,
}

/// A person already supported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supported {
    /// Index on the form.
    pub index: usize,
    /// Benefit, e.g. `DB` or `TK`.
    pub benefit: String,
}

impl Supported {
    /// Whether the two exclude each other (rules A5.1, A5.13); the subsidy of
    /// factual orphans goes with support as a top-up.
    #[must_use]
    pub fn excludes(&self) -> bool {
        matches!(self.benefit.as_str(), BENEFIT | "TK")
    }
}

/// A change of the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Support begins.
    Grant {
        /// First month.
        from: Month,
        /// Shares a month.
        shares: Vec<Share>,
    },
    /// Another amount.
    Change {
        /// First month.
        from: Month,
        /// Shares a month.
        shares: Vec<Share>,
    },
    /// One person's share is not paid on.
    Freeze {
        /// Index on the form.
        index: usize,
        /// First month without the share.
        from: Month,
    },
    /// The death was none: the share is paid as before.
    Unfreeze {
        /// Index on the form.
        index: usize,
    },
    /// One person's share waits.
    Hold {
        /// Index on the form.
        index: usize,
        /// First month that waits.
        from: Month,
    },
    /// It waits no longer.
    Release {
        /// Index on the form.
        index: usize,
    },
    /// Support that had ended goes on.
    Reopen,
    /// Roll and payments were compared.
    Balance {
        /// Paid now.
        arrears: Vec<Line>,
    },
    /// All months that were paid too much.
    Overpaid(Vec<Overpaid>),
    /// Support ends.
    End {
        /// First month without payment.
        from: Month,
        /// Why.
        reason: StopReason,
    },
}
