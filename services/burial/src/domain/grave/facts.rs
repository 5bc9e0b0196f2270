//! What officers and time have added to an application.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The place in words, as it was chosen.
    pub label: String,
    /// Name of the facility.
    pub facility: String,
    /// Who looked at it.
    pub accepted: Option<Step>,
    /// Who approved an exception.
    pub approved: Option<Step>,
    /// The contract.
    pub contract: Option<Contract>,
    /// The burial.
    pub laid: Option<Laid>,
    /// What was renewed.
    pub renewals: Vec<Renewal>,
    /// How it ended.
    pub ended: Option<Step>,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Account of the officer; nil for the family and for time.
    pub account: Uuid,
    /// Officer.
    pub by: String,
    /// Beijing date.
    pub on: Date,
    /// Reasons, or a document.
    pub text: String,
}

/// The contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Officer.
    pub by: String,
    /// First day.
    pub from: Date,
    /// Last day; none where there is no period.
    pub until: Option<Date>,
    /// Last day of the maintenance that was paid.
    pub maintained_until: Option<Date>,
    /// Receipt or waiver.
    pub receipt: String,
    /// Form of the place, its kind's code.
    pub kind: String,
}

/// Laid to rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Laid {
    /// Both who signed.
    pub signed: [String; 2],
    /// Beijing date.
    pub on: Date,
    /// The urn; empty for a body.
    pub urn: String,
    /// Witness, photo and place of an ecological burial.
    pub witness: String,
    /// Photo.
    pub photo: String,
    /// Exactly where.
    pub place: String,
}

/// A renewal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// Officer.
    pub by: String,
    /// Beijing date.
    pub on: Date,
    /// New last day.
    pub until: Date,
    /// Receipt.
    pub receipt: String,
}

impl Facts {
    /// Last day of the present period.
    #[must_use]
    pub fn until(&self) -> Option<Date> {
        self.contract.as_ref().and_then(|contract| contract.until)
    }
}
