//! What registrars and police have added to a correction.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::identity::IdentityCheck;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// What the police answered; none while it is asked.
    pub identity: Option<IdentityCheck>,
    /// What stands in the register and what is to stand there; the register itself changes
    /// with the decision.
    pub change: Option<Change>,
    /// Who took the application.
    pub received: Option<Step>,
    /// Who proposed, with the opinion.
    pub proposed: Option<Step>,
    /// Who decided, with the reasons.
    pub decided: Option<Step>,
    /// The certificate that names the right value.
    pub certificate: Option<Replacement>,
    /// Received.
    pub handed_over_on: Option<Date>,
}

/// The value before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The registration.
    pub record: Uuid,
    /// As registered.
    pub before: String,
    /// As it is right.
    pub after: String,
}

/// A certificate instead of the one that names the wrong value.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Replacement {
    /// Its number.
    pub number: String,
    /// The one it replaces; empty when it was not issued here.
    pub replaces: String,
}

/// A step by one officer; the decision needs another one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    /// Account.
    pub account: Uuid,
    /// Officer.
    pub by: String,
    /// Beijing date.
    pub on: Date,
    /// What was said; may be empty.
    pub text: String,
}
