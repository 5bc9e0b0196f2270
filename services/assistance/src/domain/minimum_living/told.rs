//! What other services told of somebody on the form: a death, a marriage, a doubt, a return.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_civic::time::Month;

use super::{
    codes::RecheckCause,
    facts::{Benefit, Facts, Recheck},
    state::State,
};

/// Death of a member.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Death {
    /// ID number of the person.
    pub id_number: String,
    /// Beijing date.
    pub died_on: Date,
    /// Where it is known from.
    pub source: String,
    /// How the case stood before, when something was paid: what a revocation gives back.
    #[serde(default)]
    pub before: Option<Box<Before>>,
    /// The review it opened is over.
    #[serde(default)]
    pub reviewed: bool,
    /// The record was wrong.
    #[serde(default)]
    pub revoked_on: Option<Date>,
}

/// A paid case before a death.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Before {
    /// State.
    pub state: State,
    /// The recheck under way.
    pub recheck: Option<Recheck>,
    /// What was paid.
    pub benefit: Option<Benefit>,
    /// First month of other shares, or of none, decided since.
    pub changed_from: Option<Month>,
}

impl Death {
    /// A death that is known from `source`.
    #[must_use]
    pub fn new(id_number: &str, died_on: Date, source: &str) -> Self {
        Self {
            id_number: id_number.to_owned(),
            died_on,
            source: source.to_owned(),
            before: None,
            reviewed: false,
            revoked_on: None,
        }
    }

    /// It was not revoked.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.revoked_on.is_none()
    }

    /// It ended a share, and the family is not reviewed yet.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.stands() && !self.reviewed
    }
}

/// Payment that waits until it is known whether somebody lives. It never ends support.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// ID number of the person.
    pub id_number: String,
    /// First month that waits.
    pub from: Month,
    /// Beijing date.
    pub since: Date,
    /// Known by now.
    pub lifted_on: Option<Date>,
}

/// A change of marital status in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaritalChange {
    /// ID number of the person.
    pub id_number: String,
    /// In words.
    pub change: String,
    /// Day the law counts from.
    pub on: Date,
    /// Asks for a review.
    pub review: bool,
    /// A review that began or went on after it is over.
    pub reviewed: bool,
}

impl Facts {
    /// A review of the household is over; `changed_from` is the first month of other shares, or of
    /// none.
    pub fn reviewed(&mut self, changed_from: Option<Month>) {
        for death in &mut self.deaths {
            death.reviewed = true;
            if let (None, Some(before)) = (death.revoked_on, &mut death.before) {
                before.changed_from = before.changed_from.or(changed_from);
            }
        }
        for change in &mut self.marital {
            change.reviewed = true;
        }
    }

    /// Why the family is still to be looked at: what came before the first payment, or while
    /// something else was looked at.
    #[must_use]
    pub fn asked(&self) -> Option<RecheckCause> {
        let revoked = |death: &Death| !death.stands() && !death.reviewed;
        let asks = |change: &MaritalChange| change.review && !change.reviewed;
        if self.deaths.iter().any(revoked) {
            return Some(RecheckCause::DeathRevoked);
        }
        let marital = self.marital.iter().any(asks);
        marital.then_some(RecheckCause::Marital)
    }
}
