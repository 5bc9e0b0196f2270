//! What officers have added to an entered certificate.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Who entered it.
    pub entered: Option<Step>,
    /// Last day on which it should have been signed, when it was signed later.
    pub signed_late: Option<Date>,
    /// Who checked it.
    pub checked: Option<Step>,
    /// Number it is recorded under; a nameless death may have got it from us.
    pub number: String,
    /// Corrections, oldest first.
    pub corrected: Vec<Step>,
    /// Corrections of the signer that the health department brought, oldest first.
    pub signer_corrected: Vec<Step>,
    /// Who named somebody nameless.
    pub named: Option<Step>,
    /// The signer voided it, and each time an approver did not agree.
    pub signer_voids: Vec<Step>,
    /// See above.
    pub signer_refused: Vec<Step>,
    /// Issued again.
    pub reissued: Option<Step>,
    /// Who asked to void it.
    pub void_asked: Option<Step>,
    /// Who voided it.
    pub voided: Option<Step>,
    /// Who did not.
    pub kept: Vec<Step>,
    /// Who sent it back.
    pub returned: Option<Step>,
}

/// A step.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    /// Account, who does not check their own step.
    pub account: Uuid,
    /// Officer.
    pub by: String,
    /// Beijing date.
    pub on: Date,
    /// What they wrote.
    #[serde(default)]
    pub reasons: String,
}
