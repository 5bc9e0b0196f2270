//! Urns in their table: made once, moved by two, never deleted.
//!
//! | where | what |
//! |---|---|
//! | here | an urn, and where it may be |
//! | `enter` | made after a cremation, taken in from elsewhere, named later |
//! | `moves` | from place to place, two accounts for each move |
//! | `find` | by number, person, body |

mod enter;
mod find;
mod moves;

use sqlx::{Row as _, postgres::PgRow};
use uuid::Uuid;

pub use self::{
    enter::{Label, New, create, identify, next_number, receive},
    find::{find, find_all, lock, of_body, of_person},
    moves::{Move, move_to},
};
use crate::domain::ledger::{Disposition, Whereabouts};

/// Form of an urn on deposit.
const ON_DEPOSIT: &str = "deposit";
/// Form of an urn that the family keeps 家属自存.
const AT_HOME: &str = "family";

/// Where an urn goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// On deposit.
    InHall {
        /// Facility.
        facility: &'a str,
    },
    /// To the family, who sign.
    WithFamily,
    /// Into a niche, plot or ecological place.
    InPlot {
        /// Facility.
        facility: &'a str,
        /// Which place.
        spot: Uuid,
        /// Code of its kind.
        form: &'a str,
    },
    /// Scattered before a witness.
    Scattered {
        /// Code of the form, e.g. `sea`.
        form: &'a str,
    },
}

impl Place<'_> {
    fn whereabouts(self) -> Whereabouts {
        match self {
            Self::InHall { facility } => Whereabouts::InHall {
                facility: facility.to_owned(),
            },
            Self::WithFamily => Whereabouts::WithFamily,
            Self::InPlot { facility, spot, .. } => Whereabouts::InPlot {
                facility: facility.to_owned(),
                spot,
            },
            Self::Scattered { .. } => Whereabouts::Scattered,
        }
    }

    fn form(&self) -> &str {
        match self {
            Self::InHall { .. } => ON_DEPOSIT,
            Self::WithFamily => AT_HOME,
            Self::InPlot { form, .. } | Self::Scattered { form } => form,
        }
    }
}

/// An urn as the ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urn {
    /// Number on its label.
    pub number: String,
    /// Tag of the body; none when cremated elsewhere.
    pub body: Option<String>,
    /// Key of the dead person; none while nameless.
    pub person: Option<String>,
    /// Where it is.
    pub at: Whereabouts,
    /// Code of the form.
    pub form: String,
    /// Grows with each move.
    pub version: i64,
}

impl Urn {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let disposition: String = row.try_get("disposition")?;
        let facility: Option<String> = row.try_get("facility")?;
        let spot: Option<Uuid> = row.try_get("spot")?;
        let corrupt =
            || sqlx::Error::Decode(format!("burial.urn.disposition {disposition}").into());
        let at = match (Disposition::from_code(&disposition), facility, spot) {
            (Some(Disposition::InHall), Some(facility), None) => Whereabouts::InHall { facility },
            (Some(Disposition::WithFamily), None, None) => Whereabouts::WithFamily,
            (Some(Disposition::InPlot), Some(facility), Some(spot)) => {
                Whereabouts::InPlot { facility, spot }
            }
            (Some(Disposition::Scattered), None, None) => Whereabouts::Scattered,
            _ => return Err(corrupt()),
        };
        Ok(Self {
            number: row.try_get("number")?,
            body: row.try_get("body")?,
            person: row.try_get("person_key")?,
            at,
            form: row.try_get("form")?,
            version: row.try_get("version")?,
        })
    }
}
