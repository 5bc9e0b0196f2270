//! What was reviewed, approved, registered and found out later.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::action::{Approve, Benefits, Granted, Register, Repeat, Review, Revoke, TrueIdentity};
use crate::domain::two::{Pending, Signer};

/// A step that two sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 查明真实身份.
    TrueIdentity(TrueIdentity),
    /// 撤销真实身份认定.
    Revoke(Revoke),
}

impl Step {
    /// In Chinese.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::TrueIdentity(_) => "真实身份",
            Self::Revoke(_) => "撤销真实身份认定",
        }
    }
}

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Who asked.
    pub filed_by: Option<Signer>,
    /// Sent back for, supplemented with, oldest first.
    pub returned: Vec<(String, Date)>,
    /// Civil affairs.
    pub reviewed: Option<(Review, Signer, Date)>,
    /// The government.
    pub approved: Option<(Approve, String)>,
    /// The police.
    pub registered: Option<(Register, Timestamp)>,
    /// Person key of the temporary identity.
    pub person: String,
    /// What was put in place.
    pub benefits: Option<(Benefits, Date)>,
    /// Searched again, oldest first.
    pub repeats: Vec<(Repeat, Date, String)>,
    /// What other services have granted since, oldest first.
    pub granted: Vec<(Granted, Date)>,
    /// A step that one has signed.
    pub pending: Option<Pending<Step>>,
    /// Who it really is; both who signed.
    pub found: Option<(TrueIdentity, Vec<String>, Timestamp)>,
    /// Person key of the true identity; empty: nobody knows.
    pub true_person: String,
    /// True identities that were taken back, and why.
    pub taken_back: Vec<(TrueIdentity, String)>,
    /// Why it ended without.
    pub ended: String,
}
