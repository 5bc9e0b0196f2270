//! What registrars and police have added to an application.

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
    /// What the archive says.
    pub search: Option<Search>,
    /// 补发.
    pub reissue: Option<Reissue>,
    /// Received.
    pub handed_over_on: Option<Date>,
    /// 不予补发.
    pub refused_on: Option<Date>,
}

/// A search in the archive.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Search {
    /// What was found; none: nothing.
    pub found: Option<Found>,
    /// What else there is to say.
    pub note: String,
    /// Beijing date.
    pub on: Date,
    /// Registrar.
    pub by: String,
}

/// A registration in the archive.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Found {
    /// Its record.
    pub record: Uuid,
    /// Number of the certificate that was lost.
    pub number: String,
    /// The other one, unless they came along.
    pub other_name: String,
    /// Their ID number, where the archive has it.
    pub other_id_number: String,
}

/// The new certificate.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reissue {
    /// Its number.
    pub number: String,
    /// The one it replaces.
    pub replaces: String,
    /// Its record.
    pub record: Uuid,
    /// Beijing date.
    pub on: Date,
    /// Registrar.
    pub by: String,
}
