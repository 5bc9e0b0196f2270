//! What somebody proves their identity with: the citizen ID number, or another document of those
//! who have none.
//!
//! Canonical text: the plain 18 characters, or `kind:country:number`, e.g. `passport:FRA:12AB34567`.
//! No ID number holds a colon, so no two documents share a text. The residence permit of somebody from
//! Hong Kong, Macao or Taiwan 港澳台居民居住证 carries an 18-character number (81…, 82…, 83…) and is
//! read as one.
//!
//! Personal data: `Debug` masks it, and there is no `Display`.

mod kind;
mod number;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de::Error as _};

pub use self::kind::DocumentKind;
use crate::{
    citizen_id::{CitizenId, IdError},
    country::Country,
};

/// One document, normalised.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentityDocument {
    /// 公民身份号码
    Citizen(CitizenId),
    /// Any other document.
    Other(OtherDocument),
}

/// A document of somebody without a citizen ID number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OtherDocument {
    kind: DocumentKind,
    country: Country,
    text: String,
}

/// Why something is no identity document. Each belongs to one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The citizen ID number is wrong.
    #[error(transparent)]
    Citizen(#[from] IdError),
    /// The kind is unknown.
    #[error("unknown kind of document")]
    Kind,
    /// Not a country of the standard.
    #[error("unknown country of issue")]
    Country,
    /// Nobody of this country has such a document.
    #[error("no such document of this country")]
    CountryOfKind,
    /// Nothing was given.
    #[error("document number is empty")]
    Empty,
    /// Not 5 to 20 letters and digits.
    #[error("document number does not have 5 to 20 letters and digits")]
    Number,
    /// Not in the form of this kind.
    #[error("document number does not have the form of its kind")]
    Form,
}

/// The field an error belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The kind.
    Kind,
    /// The country.
    Country,
    /// The number.
    Number,
}

impl DocumentError {
    /// What to tell the person, in Chinese.
    pub fn message(&self) -> &'static str {
        match self {
            Self::Citizen(error) => error.message(),
            Self::Kind => "请选择证件种类",
            Self::Country => {
                "请填写签发国家或者地区，用证件上的三位字母代码或者中文名称，例如FRA或者法国"
            }
            Self::CountryOfKind => "签发国家或者地区与证件种类不符，请核对",
            Self::Empty => "请填写证件号码",
            Self::Number => "证件号码应为5到20位字母和数字，请核对",
            Self::Form => "证件号码与证件种类不符，港澳居民来往内地通行证是H或者M加8位数字，请核对",
        }
    }

    /// A stable reason for machines, such as `DOCUMENT_COUNTRY`.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Citizen(error) => error.reason(),
            Self::Kind => "DOCUMENT_KIND",
            Self::Country => "DOCUMENT_COUNTRY",
            Self::CountryOfKind => "DOCUMENT_COUNTRY_OF_KIND",
            Self::Empty => "DOCUMENT_EMPTY",
            Self::Number => "DOCUMENT_NUMBER",
            Self::Form => "DOCUMENT_FORM",
        }
    }

    /// The field to mark.
    pub fn part(&self) -> Part {
        match self {
            Self::Kind => Part::Kind,
            Self::Country | Self::CountryOfKind => Part::Country,
            Self::Citizen(_) | Self::Empty | Self::Number | Self::Form => Part::Number,
        }
    }
}

impl IdentityDocument {
    /// Reads the three fields as people type them. The country of a citizen ID number and of a travel
    /// permit follows from the document and may be left empty.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn read(kind: DocumentKind, country: &str, number: &str) -> Result<Self, DocumentError> {
        if kind == DocumentKind::CitizenId {
            return Ok(Self::Citizen(number.parse()?));
        }
        let given = match country.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| DocumentError::Country)?),
        };
        let number = number::normalised(kind, number)?;
        let country = match (given, kind.country_of(&number)) {
            (Some(given), Some(own)) if given != own => return Err(DocumentError::CountryOfKind),
            (given, own) => given.or(own).ok_or(DocumentError::Country)?,
        };
        if !kind.is_issued_to(country) {
            return Err(DocumentError::CountryOfKind);
        }
        let text = format!("{}:{country}:{number}", kind.code());
        Ok(Self::Other(OtherDocument {
            kind,
            country,
            text,
        }))
    }

    /// The canonical text. Never for logs, metrics, subjects or URLs.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Citizen(id) => id.as_str(),
            Self::Other(other) => &other.text,
        }
    }

    /// Which document it is.
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::Citizen(_) => DocumentKind::CitizenId,
            Self::Other(other) => other.kind,
        }
    }

    /// Country or region that issued it; of a permanent residence card the nationality on it.
    pub fn country(&self) -> Country {
        match self {
            Self::Citizen(_) => Country::CHINA,
            Self::Other(other) => other.country,
        }
    }

    /// The number as it stands on the document. Never for logs, metrics, subjects or URLs.
    pub fn number(&self) -> &str {
        match self {
            Self::Citizen(id) => id.as_str(),
            Self::Other(other) => other.text.rsplit(':').next().unwrap_or_default(),
        }
    }

    /// The citizen ID number, which tells sex and birth date too.
    pub fn citizen(&self) -> Option<&CitizenId> {
        match self {
            Self::Citizen(id) => Some(id),
            Self::Other(_) => None,
        }
    }

    /// `421221********1234`, `护照（法国）12*****67`.
    pub fn masked(&self) -> String {
        crate::mask::document(self)
    }
}

impl From<CitizenId> for IdentityDocument {
    fn from(id: CitizenId) -> Self {
        Self::Citizen(id)
    }
}

impl FromStr for IdentityDocument {
    type Err = DocumentError;

    /// Reads the canonical text; a citizen ID number also as people type it.
    fn from_str(text: &str) -> Result<Self, DocumentError> {
        let mut parts = text.splitn(3, ':');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(kind), Some(country), Some(number)) => {
                let kind = DocumentKind::from_code(kind).ok_or(DocumentError::Kind)?;
                // The short form is the only one of a citizen ID number.
                if kind == DocumentKind::CitizenId {
                    return Err(DocumentError::Kind);
                }
                Self::read(kind, country, number)
            }
            _ => Ok(Self::Citizen(text.parse()?)),
        }
    }
}

impl fmt::Debug for IdentityDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityDocument({})", self.masked())
    }
}

impl fmt::Debug for OtherDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OtherDocument({}, {})", self.kind.code(), self.country)
    }
}

impl Serialize for IdentityDocument {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for IdentityDocument {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|error: DocumentError| D::Error::custom(error.message()))
    }
}

#[cfg(test)]
mod tests;
