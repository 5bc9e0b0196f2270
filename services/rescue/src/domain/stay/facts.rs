//! What the station has added since the arrival.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use yiwang_casework::Photos;
use yiwang_civic::identity_document::IdentityDocument;

use super::{
    action::{Biometrics, Died, Fetched, HandOver, Register},
    clues::Clues,
    law::side::Side,
    step::Step,
    words::{Basis, CareForm, LeaveType, Sign},
};
use crate::domain::{
    document::Document,
    search::{Kind, Search},
    two,
};

/// A step of this item that waits.
pub type Pending = two::Pending<Step>;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// When the person came.
    pub arrived_at: Option<Timestamp>,
    /// `male` or `female`; as seen, or as the identity says.
    pub sex: String,
    /// Full years as known best.
    pub age: u32,
    /// Under 18, or looks it.
    pub minor: bool,
    /// Under 16, or signs of a mental or intellectual disorder: never leaves alone.
    pub guarded: bool,
    /// What is seen or diagnosed now.
    pub signs: Vec<Sign>,
    /// First look, diagnoses, stays in hospital, oldest first.
    pub health: Vec<Health>,
    /// Security check.
    pub security: Option<Security>,
    /// 求助登记表.
    pub register: Option<Box<Register>>,
    /// T0 of the search.
    pub admitted_at: Option<Timestamp>,
    /// Where the person is, in words.
    pub place: String,
    /// Who may be there.
    pub side: Option<Side>,
    /// Numbers of the belongings given out so far.
    pub belongings: u16,
    /// Who it is.
    pub identity: Option<Identity>,
    /// Identifications that were taken back: who, why.
    pub taken_back: Vec<(Identity, String)>,
    /// What may say who it is.
    pub clues: Clues,
    /// Fingerprint, photo, face.
    pub biometrics: Option<Biometrics>,
    /// The steps of the search with their limits.
    pub search: Search,
    /// What was done for it, oldest first.
    pub notes: Vec<SearchNote>,
    /// Steps that were not done in time and that the county has not dealt with yet.
    pub escalated: Vec<Kind>,
    /// The last DNA sample could not be used.
    pub dna_again: bool,
    /// A notice is out.
    pub published: bool,
    /// Last day of the stay without another filing.
    pub until: Option<Date>,
    /// How it was prolonged.
    pub extensions: Vec<Extension>,
    /// 滞留 since.
    pub stranded_on: Option<Date>,
    /// How the stranded person lives.
    pub care_form: Option<(CareForm, String)>,
    /// Asked to leave.
    pub leave_asked: Option<Timestamp>,
    /// The register of deaths names this person.
    pub death_reported: Option<(Date, String)>,
    /// A step that one has signed and another must countersign.
    pub pending: Option<Pending>,
    /// Case of the return, placement or settlement in whose hands the person is.
    pub with_case: String,
    /// How it ended.
    pub left: Option<Left>,
}

/// A word of a doctor, or of who looked first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// What happened: 初检, 送医 …
    pub what: String,
    /// When.
    pub at: Timestamp,
    /// Hospital; empty: the station.
    pub hospital: String,
    /// In words.
    pub text: String,
    /// By whom.
    pub by: String,
}

/// The security check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Security {
    /// Who checked.
    pub checker: String,
    /// Forbidden things, to the police.
    pub forbidden: String,
    /// Receipt of the police.
    pub receipt: String,
}

/// Who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Name.
    pub name: String,
    /// Document.
    pub document: Document,
    /// Who issued it.
    pub country: String,
    /// Number.
    pub number: String,
    /// Household; empty when unknown.
    pub household: String,
    /// What it stands on.
    pub basis: Basis,
    /// Paper.
    pub paper: String,
    /// Who signed: two, or one with the person's own card at hand.
    pub by: Vec<String>,
    /// When.
    pub at: Timestamp,
}

impl Identity {
    /// The document, which was read when it was written down.
    #[must_use]
    pub fn read(&self) -> Option<IdentityDocument> {
        self.document.read(&self.country, &self.number).ok()
    }
}

/// A step of the search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchNote {
    /// Code of the step.
    pub step: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Paper, channel, receipt.
    pub record: String,
}

/// A longer stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Until.
    pub until: Date,
    /// Why.
    pub reasons: String,
    /// Filing with the upper civil affairs.
    pub document: String,
    /// By whom.
    pub by: String,
}

/// The end of a stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// How.
    pub how: LeaveType,
    /// When.
    pub at: Timestamp,
    /// To whom or where, in words.
    pub to: String,
    /// Who signed.
    pub by: Vec<String>,
    /// Who fetched.
    #[serde(default)]
    pub fetched: Option<Box<Fetched>>,
    /// Who took over.
    #[serde(default)]
    pub handed: Option<Box<HandOver>>,
    /// The death.
    #[serde(default)]
    pub died: Option<Box<Died>>,
    /// Across provinces.
    #[serde(default)]
    pub across_provinces: bool,
}

impl Facts {
    /// Whether nobody knows who it is.
    #[must_use]
    pub fn unknown(&self) -> bool {
        self.identity.is_none()
    }

    /// Left with a household that was given without a name.
    #[must_use]
    pub fn was_settled(&self) -> bool {
        let left = self.left.as_ref();
        left.is_some_and(|left| left.how == LeaveType::Settled)
    }

    /// Photo and fingerprint, from the registration or later.
    #[must_use]
    pub fn photo(&self) -> Option<&Photos> {
        let registered = self.register.as_ref().map(|it| &it.photo);
        let later = self.biometrics.as_ref().map(|it| &it.photo);
        later.or(registered).filter(|photo| !photo.is_empty())
    }

    /// Number of the fingerprint.
    #[must_use]
    pub fn fingerprint(&self) -> Option<&str> {
        let registered = self.register.as_ref().map(|it| it.fingerprint.trim());
        let later = self.biometrics.as_ref().map(|it| it.fingerprint.trim());
        later.or(registered).filter(|number| !number.is_empty())
    }

    /// A name to call the person by: known, told, or none.
    #[must_use]
    pub fn called(&self) -> &str {
        if let Some(identity) = &self.identity {
            return &identity.name;
        }
        match self.register.as_ref().map_or("", |it| it.name.trim()) {
            "" => self.clues.said_name.trim(),
            name => name,
        }
    }
}
