//! What the other departments know (deploy/sandbox.md, data sharing): asked before any paper.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_civic::{money::Fen, time::Month};

use crate::domain::{
    entitlements::law::{Benefit, ground::ParentFact},
    family::ParentState,
};

/// Kind of the errand.
pub const ERRAND: &str = "sharing.facts";

/// The answer: everybody who was asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// By the asker's own name for the person.
    pub people: Vec<Known>,
}

/// What is known of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// `child`, `father`, `mother`.
    pub id: String,
    /// Police: in the register.
    pub found: bool,
    /// Police, health.
    pub died_on: Option<Date>,
    /// Court: declared missing.
    pub declared_missing_on: Option<Date>,
    /// Court: custody revoked.
    pub custody_revoked_on: Option<Date>,
    /// Immigration.
    pub deported_on: Option<Date>,
    /// Disabled persons' federation.
    pub disability: Option<Disability>,
    /// Health: on the local list since.
    pub severely_ill_since: Option<Date>,
    /// Prison, detoxification and other measures.
    pub detained: Option<Term>,
    /// Police: looked for since, in vain.
    pub out_of_contact_since: Option<Date>,
    /// Education.
    pub school: Option<Schooling>,
    /// Civil affairs.
    pub benefits: Vec<Drawn>,
}

/// Of the federation's certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disability {
    /// `physical`, `visual`, `hearing`, `speech`, `intellectual`, `mental`, `multiple`.
    pub kind: String,
    /// 1 to 4.
    pub level: u8,
    /// Since when.
    pub since: Option<Date>,
}

/// A sentence or measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Option<Date>,
}

/// At school or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schooling {
    /// Full-time.
    pub attends: bool,
    /// Last day of the course.
    pub until: Option<Date>,
}

/// A benefit that is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// Which.
    pub benefit: Benefit,
    /// First month.
    pub from_month: Month,
    /// The child's part; 0: ended.
    pub monthly_fen: Fen,
}

impl Disability {
    /// 一、二级, or 三、四级 of mind (民发〔2019〕62号 一).
    #[must_use]
    pub fn is_severe(&self) -> bool {
        let of_mind = matches!(self.kind.as_str(), "intellectual" | "mental");
        matches!(self.level, 1 | 2) || (of_mind && matches!(self.level, 3 | 4))
    }
}

impl Known {
    /// What these facts make of a parent on `day`; none: nothing that counts is known.
    #[must_use]
    pub fn fact(&self, day: Date) -> Option<ParentFact> {
        let fact = |state, since: Option<Date>| {
            Some(ParentFact {
                state,
                since,
                until: None,
            })
        };
        let dated = [
            (ParentState::Dead, self.died_on),
            (ParentState::DeclaredMissing, self.declared_missing_on),
            (ParentState::CustodyRevoked, self.custody_revoked_on),
            (ParentState::Deported, self.deported_on),
        ];
        if let Some((state, since)) = dated.into_iter().find(|(_, since)| since.is_some()) {
            return fact(state, since);
        }
        if let Some(disability) = self.disability.as_ref().filter(|it| it.is_severe()) {
            return fact(ParentState::SeverelyDisabled, disability.since);
        }
        if self.severely_ill_since.is_some() {
            return fact(ParentState::SeverelyIll, self.severely_ill_since);
        }
        let detained = self.detained.as_ref();
        if let Some(term) = detained.filter(|it| it.until.is_none_or(|until| day <= until)) {
            return Some(ParentFact {
                state: ParentState::Detained,
                since: Some(term.from),
                until: term.until,
            });
        }
        self.out_of_contact_since
            .and_then(|since| fact(ParentState::OutOfContact, Some(since)))
    }
}

impl Answer {
    /// What is known of this one.
    #[must_use]
    pub fn of(&self, id: &str) -> Option<&Known> {
        self.people.iter().find(|known| known.id == id)
    }
}
