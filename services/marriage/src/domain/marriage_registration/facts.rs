//! What the procedure has added to the form so far.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{action::Ground, form::Kind, paper::Paper};
use crate::domain::{
    desk::suspicion::Reported,
    identity::IdentityCheck,
    kinship::Kin,
    party::{Party, StatedStatus},
};

/// Everything added since submission.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Name of the hall.
    pub hall: String,
    /// Latest answer of the police.
    pub identity: Option<IdentityCheck>,
    /// Marital status of both by the register, in words and in the order of the form.
    pub register: Vec<String>,
    /// What stands in the way, as far as it is known before the decision.
    pub findings: Vec<Finding>,
    /// Papers for what the network check does not show.
    pub papers: Vec<Shown>,
    /// What both signed.
    pub declaration: Option<Declaration>,
    /// The marriage.
    pub registration: Option<Registration>,
    /// The refusal.
    pub refusal: Option<Refused>,
    /// The certificates are with the two.
    pub handed_over: Option<HandedOver>,
    /// Beijing date.
    pub archived_on: Option<Date>,
    /// Why the application was given up.
    pub cancelled: Option<String>,
    /// Signs of violence or trafficking; for officers only.
    #[serde(default)]
    pub violence: Vec<Reported>,
    /// Who of the two stands on the list of the dishonest 失信; a hint to officers.
    #[serde(default)]
    pub dishonest: Vec<Listed>,
}

/// Somebody who stands on the list of the dishonest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Index in the form's people.
    pub person: usize,
    /// Last day on the list.
    pub until: Date,
}

/// Something that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable code, the one the refusal will have.
    pub code: String,
    /// What to do.
    pub message: String,
}

/// A paper somebody showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Whose: index in the form's people.
    pub person: usize,
    /// Which.
    pub paper: Paper,
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
}

/// The signed declarations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// Beijing date.
    pub on: Date,
    /// Registrar in whose presence it was signed 监誓人.
    pub before: String,
    /// What each says of themselves, in the order of the form.
    pub stated: [StatedStatus; 2],
    /// What they say they are to each other.
    pub kin: Kin,
    /// The duty to tell of grave illness was explained (民法典 1053); never a condition.
    pub illness_told: bool,
    /// Joint photographs.
    pub photos: u32,
}

/// The registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Certificate number.
    pub number: String,
    /// Beijing date.
    pub on: Date,
    /// Day from which the law counts the marriage.
    pub effective_from: Date,
    /// As recorded; remarriage whenever the two were divorced from each other.
    pub kind: Kind,
    /// Registrar.
    pub by: String,
}

/// The refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Ground of the law.
    pub ground: Ground,
    /// In words.
    pub reasons: String,
    /// Beijing date.
    pub on: Date,
    /// Registrar.
    pub by: String,
}

/// The certificates are with the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// Beijing date.
    pub on: Date,
    /// Who handed them over 颁证员.
    pub by: String,
    /// With a ceremony 颁证仪式.
    pub ceremony: bool,
}

impl Facts {
    /// Papers of the person at `index`.
    #[must_use]
    pub fn papers_of(&self, index: usize) -> Vec<Paper> {
        let own = self.papers.iter().filter(|shown| shown.person == index);
        own.map(|shown| shown.paper).collect()
    }

    /// What `party` at `index` says of themselves: as signed, before that as told.
    #[must_use]
    pub fn stated(&self, party: &Party, index: usize) -> StatedStatus {
        self.declaration
            .as_ref()
            .and_then(|declaration| declaration.stated.get(index).copied())
            .unwrap_or(party.stated)
    }
}
