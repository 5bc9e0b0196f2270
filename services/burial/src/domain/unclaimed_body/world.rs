//! What a decision must know, and what it changes.

use yiwang_civic::identity_document::IdentityDocument;

use crate::domain::{funeral::world::Home, signer::Signer};

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The home.
    pub home: Option<Home>,
    /// Tag of the body, once taken in.
    pub tag: String,
    /// The urn, once cremated.
    pub urn: Option<Urn>,
    /// Person key of the one an identification names.
    pub person: Option<String>,
    /// Person key of the family to tell; none when their number is not known.
    pub family: Option<String>,
}

/// The ashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urn {
    /// Number.
    pub number: String,
    /// `in_hall`, `with_family`, `in_plot`, `scattered`.
    pub at: String,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Opens the file.
    Open,
    /// DNA sample.
    Sample(String),
    /// It may be cremated.
    Allow,
    /// A family has come.
    Claimed,
    /// Ashes placed without a trace.
    Scatter {
        /// Urn.
        urn: String,
        /// Form.
        form: &'static str,
        /// Both who signed.
        signed: [Signer; 2],
        /// Record of pictures.
        record: String,
    },
    /// The nameless one has a name: funeral and its certificate, body, urn, death certificate,
    /// file.
    Identify(Box<Identified>),
    /// Ashes to the family.
    GiveBack {
        /// Urn.
        urn: String,
        /// Both who signed.
        signed: [Signer; 2],
        /// Receipt.
        receipt: String,
    },
}

/// Who it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    /// Name.
    pub name: String,
    /// Document.
    pub document: IdentityDocument,
    /// Household; empty when unknown.
    pub household: String,
    /// Number of the death certificate; empty: none.
    pub certificate: String,
    /// Who signed second, for the register.
    pub by: (String, String),
    /// Paper it stands on.
    pub report: String,
}
