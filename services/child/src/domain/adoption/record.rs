//! What the register of adoptions keeps, as decisions need it. Nobody who gave a child stands here.

use jiff::civil::Date;
use uuid::Uuid;
use yiwang_casework::Refusal;

use super::{archive::Part, law::kind::Kind};

/// A registered adoption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Case number.
    pub case_number: String,
    /// 6 digits.
    pub county: String,
    /// Kind.
    pub kind: Kind,
    /// `registered`, `dissolved`, `revoked`.
    pub state: String,
    /// Person key of the child.
    pub child: String,
    /// Person keys of the adopters.
    pub adopters: Vec<String>,
    /// Number of the certificate that is valid now.
    pub certificate: String,
    /// Since when the relation holds.
    pub registered_on: Date,
}

/// How an adoption ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Case number of the adoption; empty: not registered here.
    pub adoption: String,
    /// `dissolved` or `revoked`.
    pub state: &'static str,
    /// When.
    pub on: Date,
    /// Account of who wrote it down.
    pub first: Uuid,
    /// Account of who confirmed it.
    pub second: Uuid,
}

/// The record of a certificate, when it stands and these people are its holders.
///
/// # Errors
/// `ADOPTION_ENDED`, `NOT_THE_HOLDERS`.
pub fn standing(record: &Record, adopters: &[&str]) -> Result<(), Refusal> {
    if record.state != "registered" {
        let message = "这份收养登记已经解除或者撤销，不能再办理。";
        return Err(Refusal::new("ADOPTION_ENDED", message));
    }
    match adopters
        .iter()
        .all(|key| record.adopters.iter().any(|it| it == key))
    {
        true => Ok(()),
        false => Err(Refusal::new(
            "NOT_THE_HOLDERS",
            "收养登记证字号和收养人对不上，请核对证件。",
        )),
    }
}

/// What an act on a registered adoption knows.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Relation and key of everybody on the form.
    pub people: Vec<(String, String)>,
    /// The adoption of this certificate, as registered here.
    pub record: Option<Record>,
    /// The next number of a certificate.
    pub next_number: Option<String>,
}

impl Known {
    /// Key of whoever stands there under a relation.
    #[must_use]
    pub fn key(&self, relation: &str) -> &str {
        let mut people = self.people.iter();
        let found = people.find(|(it, _)| it == relation);
        found.map_or("", |(_, key)| key.as_str())
    }

    /// Keys of the adopters on the form.
    #[must_use]
    pub fn adopters(&self) -> Vec<&str> {
        let keys = [self.key("self"), self.key("spouse")];
        keys.into_iter().filter(|key| !key.is_empty()).collect()
    }

    /// The adoption of the certificate stands and these are its holders; one from before the
    /// register was kept here is on paper only.
    ///
    /// # Errors
    /// `ADOPTION_ENDED`, `NOT_THE_HOLDERS`.
    pub fn stands(&self) -> Result<(), Refusal> {
        match &self.record {
            Some(record) => standing(record, &self.adopters()),
            None => Ok(()),
        }
    }
}

/// What an act changes in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The adoption ends.
    End(Ending),
    /// Another certificate takes the place of this one.
    Replace {
        /// Case number of the adoption.
        adoption: String,
        /// Number of the new one.
        number: String,
    },
    /// Papers are sealed.
    Seal(Vec<Part>),
}
