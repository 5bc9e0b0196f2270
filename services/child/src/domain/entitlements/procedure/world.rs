//! What a decision must know of the tables, and what it changes in them.

use yiwang_civic::{money::Fen, time::Month};

use super::form::Account;
use crate::domain::entitlements::law::{Benefit, Kind, Upbringing, month::EndReason};

/// Another case of the same child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Number.
    pub case_number: String,
    /// What it is about.
    pub kind: Kind,
    /// Paid in the first month that a decision of today could reach.
    pub granted: bool,
    /// Person key of who applied there.
    pub applicant: String,
}

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Person key of the child; empty without a number.
    pub child: String,
    /// Person key of the applicant.
    pub applicant: String,
    /// Other open cases of the child.
    pub others: Vec<Other>,
    /// Person key of whoever the act or the form names as payee; empty: an institution.
    pub payee: String,
    /// Person keys of those who may not receive the money of this child.
    pub barred: Vec<String>,
    /// Person keys of father, mother, carer; empty: unknown.
    pub relatives: Relatives,
}

/// Person keys of who stands around the child.
#[derive(Debug, Clone, Default)]
pub struct Relatives {
    /// The father.
    pub father: String,
    /// The mother.
    pub mother: String,
    /// The carer.
    pub carer: String,
    /// Who receives the money now.
    pub payee: String,
}

impl World {
    /// Whether the payee named is barred.
    #[must_use]
    pub fn payee_barred(&self) -> bool {
        !self.payee.is_empty() && self.barred.contains(&self.payee)
    }

    /// The other case that is confirmed.
    #[must_use]
    pub fn granted_elsewhere(&self) -> Option<&Other> {
        self.others.iter().find(|other| other.granted)
    }
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The row follows the case.
    Follow,
    /// Confirmed: paid from this month.
    Grant {
        /// First month.
        from: Month,
        /// Who brings it up.
        upbringing: Upbringing,
    },
    /// Another standard from this month.
    Terms {
        /// First month.
        from: Month,
        /// Who brings it up.
        upbringing: Upbringing,
    },
    /// Ends: the first month no longer paid.
    End {
        /// That month.
        until: Month,
        /// Why.
        reason: EndReason,
    },
    /// Payments wait, or go on.
    Hold(bool),
    /// Who receives the money from now on.
    Payee(Account),
    /// These persons may not receive it, because of that case.
    Bar(Vec<String>, String),
    /// The case that barred them is over.
    Lift(String),
    /// What the child draws besides, from this month; nothing: no more.
    Draws {
        /// Which.
        benefit: Benefit,
        /// First month.
        from: Month,
        /// How much.
        fen: Fen,
    },
    /// The comparison of a month: what it found, by code; asked and not answered yet.
    Compared {
        /// The month.
        month: Month,
        /// Answered.
        answered: bool,
        /// Codes.
        found: Vec<String>,
    },
    /// What was found is settled.
    Settled,
    /// Money that was paid too much came back.
    Recovered(Fen),
}
