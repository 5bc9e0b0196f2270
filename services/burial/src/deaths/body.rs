//! The sealed part of a certificate. No `Debug`: it would put people into logs.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use yiwang_civic::{citizen_id::Sex, identity_document::IdentityDocument};

use crate::domain::death::NewDeath;

/// What names the dead person.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Body {
    /// Number as printed.
    pub(super) number: String,
    pub(super) name: String,
    pub(super) sex: Option<Sex>,
    pub(super) born: Option<Date>,
    pub(super) document: Option<IdentityDocument>,
    pub(super) cause: String,
    pub(super) issuer_name: String,
}

impl From<&NewDeath> for Body {
    fn from(death: &NewDeath) -> Self {
        Self {
            number: death.number.clone(),
            name: death.identity.name.clone(),
            sex: death.identity.sex,
            born: death.identity.born,
            document: death.identity.document.clone(),
            cause: death.event.cause_text.clone(),
            issuer_name: death.issuer_name.clone(),
        }
    }
}

impl Body {
    pub(super) fn seal(&self, rt: &Runtime, key: &str) -> Result<Vec<u8>, Fault> {
        rt.seal("death", key, self)
    }

    /// For the row of one version, which another may not be passed off as.
    pub(super) fn seal_version(
        &self,
        rt: &Runtime,
        key: &str,
        version: i64,
    ) -> Result<Vec<u8>, Fault> {
        rt.seal("death_version", &format!("{key}/{version}"), self)
    }

    pub(super) fn open(rt: &Runtime, key: &str, sealed: &[u8]) -> Result<Self, Fault> {
        rt.open("death", key, sealed)
    }
}
