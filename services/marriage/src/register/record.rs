//! The sealed part of a record: both as registered.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yiwang_casework::{KeyedPerson, Runtime};
use yiwang_chassis::fault::Fault;

/// Both of a marriage.
#[derive(Clone, Serialize, Deserialize)]
pub struct Body {
    /// Side `a`.
    pub a: Spouse,
    /// Side `b`.
    pub b: Spouse,
}

/// One of the two, as the card said then. No `Debug`: it would put people into logs.
#[derive(Clone, Serialize, Deserialize)]
pub struct Spouse {
    /// Name.
    pub name: String,
    /// ID number, or what old papers have instead.
    pub id_number: String,
}

impl From<&KeyedPerson> for Spouse {
    fn from(person: &KeyedPerson) -> Self {
        Self {
            name: person.person.name.clone(),
            id_number: person.person.id.as_str().to_owned(),
        }
    }
}

impl Body {
    /// Seals it for the record `id`.
    ///
    /// # Errors
    /// When the key cannot be used.
    pub fn seal(&self, rt: &Runtime, id: Uuid) -> Result<Vec<u8>, Fault> {
        rt.seal("record", &id.to_string(), self)
    }

    /// Opens the body of the record `id`.
    ///
    /// # Errors
    /// When it was sealed for another record or with another key.
    pub fn open(rt: &Runtime, id: Uuid, sealed: &[u8]) -> Result<Self, Fault> {
        rt.open("record", &id.to_string(), sealed)
    }
}
