//! What officers have added to a revocation.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The registration.
    pub record: Option<Uuid>,
    /// Who received the paper.
    pub received: Option<Step>,
    /// Who proposed, with the opinion.
    pub proposed: Option<Step>,
    /// Who decided, with the reasons.
    pub decided: Option<Step>,
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
