//! What home, family and county have added to a funeral.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{form::Relation, step::Step};
use crate::domain::benefit::Group;
pub use crate::domain::signer::Signer;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Number of the death certificate, as last written down.
    pub certificate: String,
    /// 甲类传染病, by the certificate.
    pub infectious: bool,
    /// Case of the unclaimed body, once the handler was lost.
    pub unclaimed: String,
    /// The family that took over from the home.
    pub family: Option<Family>,
    /// What the home said against the death certificate.
    pub contested: Vec<Done>,
    /// Told later than the region asks.
    pub told_late: bool,
    /// The car.
    pub dispatch: Option<Dispatch>,
    /// Tag of the body, given at the first signature of the pick-up.
    pub tag: String,
    /// A step that one has signed and another must countersign.
    pub pending: Option<Pending>,
    /// Every hand-over so far.
    pub chain: Vec<Signed>,
    /// When it came in.
    pub received_at: Option<Timestamp>,
    /// Last day of storage without another permit.
    pub stored_until: Option<Date>,
    /// How it was prolonged.
    pub extensions: Vec<Extension>,
    /// The cell.
    pub cell: Option<Booking>,
    /// The farewell.
    pub farewell: Option<Booking>,
    /// The family says goodbye in the house before the cremation, without a hall.
    pub quiet_farewell: bool,
    /// The furnace hour.
    pub cremation: Option<Booking>,
    /// 遗体火化确认书.
    pub confirmation: Option<Confirmation>,
    /// Holds, open and lifted.
    pub holds: Vec<HoldNote>,
    /// Into the furnace, and out of it.
    pub started_at: Option<Timestamp>,
    /// See above.
    pub ended_at: Option<Timestamp>,
    /// The certificate in force.
    pub cremation_certificate: String,
    /// Certificates that prove nothing any more, and nothing came in their place.
    pub revoked_certificates: Vec<String>,
    /// What was used, for the bill.
    pub services: Vec<Used>,
    /// Group for which 惠民 waives, as seen at the settlement.
    pub group: Option<Group>,
    /// Settled by whom and when.
    pub settled: Option<Done>,
    /// Ashes handed to whom.
    pub receipt: Option<Handed>,
    /// 外运.
    pub transfer: Option<TransferNote>,
}

/// A step that waits for the second signature.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pending {
    /// What was written down.
    pub step: Step,
    /// By whom.
    pub by: Signer,
    /// When.
    pub at: Timestamp,
}

/// A hand-over signed by two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// What, in Chinese.
    pub what: String,
    /// When.
    pub at: Timestamp,
    /// Names of both.
    pub by: [String; 2],
    /// Where the body is now.
    pub place: String,
}

/// A car that went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispatch {
    /// Vehicle.
    pub vehicle: String,
    /// Driver.
    pub driver: String,
    /// When.
    pub at: Timestamp,
}

/// Something of the home for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Resource.
    pub resource: Uuid,
    /// Its label.
    pub label: String,
    /// Its class.
    pub class: String,
    /// From.
    pub from: Timestamp,
    /// Until.
    pub to: Timestamp,
}

/// Who signed 遗体火化确认书.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Name.
    pub name: String,
    /// Number of the document.
    pub number: String,
    /// When.
    pub on: Date,
    /// Who wrote it down; empty: signed online.
    pub recorded_by: String,
}

/// A longer storage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Until.
    pub until: Date,
    /// Why.
    pub reasons: String,
    /// Permit; empty: within the home's own limit.
    pub document: String,
    /// By whom.
    pub by: String,
}

/// A family that took over from the home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Name.
    pub name: String,
    /// Number of the ID card.
    pub number: String,
    /// What they are to the dead.
    pub relation: Relation,
    /// Telephone.
    pub phone: String,
    /// Papers that were looked at.
    pub paper: String,
    /// When.
    pub on: Date,
}

/// A hold, for reading; what counts is in the table of holds, once there is a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldNote {
    /// Who.
    pub authority: String,
    /// Document.
    pub document: String,
    /// When.
    pub on: Date,
    /// Document that lifted it; empty: open.
    pub lifted_by: String,
    /// Why; kept here only for a hold that came before the body.
    #[serde(default)]
    pub reason: String,
    /// Who wrote it down; as above.
    #[serde(default)]
    pub by: String,
}

/// A service that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// Code of the price list.
    pub code: String,
    /// Quantity in hundredths.
    pub hundredths: i64,
    /// Agreed price of a unit, where the list has a range.
    #[serde(default)]
    pub unit_fen: Option<i64>,
}

/// Somebody did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Officer.
    pub by: String,
    /// When.
    pub on: Date,
}

/// Ashes handed over or deposited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// To whom.
    pub name: String,
    /// Receipt.
    pub receipt: String,
    /// When.
    pub on: Date,
}

/// 外运.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferNote {
    /// To where.
    pub to: String,
    /// Why.
    pub reasons: String,
    /// What the county said.
    pub decision: Option<(bool, String)>,
    /// Permit.
    pub document: String,
}
