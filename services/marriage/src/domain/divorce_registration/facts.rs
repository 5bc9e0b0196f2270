//! What registrars, police and time have added to an application.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::action::{Cause, Counselling, Ground, Side};
use crate::domain::cooling_off::CoolingOff;
use crate::domain::{desk::suspicion::Reported, identity::IdentityCheck};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// What the police answered; none while it is asked.
    pub identity: Option<IdentityCheck>,
    /// 受理.
    pub acceptance: Option<Acceptance>,
    /// 不予受理.
    pub not_accepted: Option<NotAccepted>,
    /// 撤回.
    pub withdrawal: Option<Withdrawal>,
    /// 离婚登记.
    pub registration: Option<Registration>,
    /// Both hold their certificate.
    pub handed_over_on: Option<Date>,
    /// Ended from outside.
    pub ended: Option<Ended>,
    /// Help that was offered.
    pub counselling: Vec<Offer>,
    /// Signs of violence; for officers only.
    pub violence: Vec<Reported>,
}

/// Acceptance, as the receipt has it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Acceptance {
    /// The marriage that is to end.
    pub record: Uuid,
    /// The only hall that may go on.
    pub hall_name: String,
    /// The days as printed.
    pub receipt: CoolingOff,
    /// Version of the agreement handed in.
    pub agreement: String,
    /// Registrar.
    pub by: String,
}

/// Refusal to accept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NotAccepted {
    /// Ground.
    pub ground: Ground,
    /// Beijing date.
    pub on: Date,
    /// Registrar.
    pub by: String,
}

/// Withdrawal by one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Who.
    pub side: Side,
    /// Beijing date.
    pub on: Date,
    /// Registrar.
    pub by: String,
}

/// The divorce.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Registration {
    /// Certificate number.
    pub number: String,
    /// The marriage that ended.
    pub record: Uuid,
    /// Beijing date.
    pub on: Date,
    /// Version of the agreement signed.
    pub agreement: String,
    /// Registrar.
    pub by: String,
}

/// End from outside.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Ended {
    /// Why.
    pub cause: Cause,
    /// Beijing date.
    pub on: Date,
}

/// Help that was offered.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Offer {
    /// Kind.
    pub kind: Counselling,
    /// Taken up.
    pub accepted: bool,
    /// Beijing date.
    pub on: Date,
}
