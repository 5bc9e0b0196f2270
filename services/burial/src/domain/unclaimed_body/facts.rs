//! What was done for somebody whom nobody knew.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::action::{Claim, Collect, Identify, Opinion, Place, ReturnAshes, Way};
use crate::domain::funeral::facts::Signer;

/// Facts of a case; kept for ever.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// What the police took.
    pub collected: Option<Collect>,
    /// Where it was announced, and until when.
    pub announced: Option<(String, Date)>,
    /// Who came.
    pub claimed: Option<Claim>,
    /// 不需要继续保留.
    pub opinion: Option<Opinion>,
    /// Last day on which the ashes are kept.
    pub kept_until: Option<Date>,
    /// A step that waits for the second signature.
    pub pending: Option<Pending>,
    /// How they were placed.
    pub placed: Option<(Place, Date, [String; 2])>,
    /// Who it was.
    pub identified: Option<(Identify, Date, [String; 2])>,
    /// How the family was told, oldest first.
    pub told: Vec<Told>,
    /// To whom they were given back.
    pub returned: Option<(ReturnAshes, Date, [String; 2])>,
}

/// The family was told, or was not reached.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Told {
    /// How.
    pub how: Way,
    /// When.
    pub on: Date,
    /// What they said.
    pub answer: String,
    /// By whom.
    pub by: String,
}

/// What two sign.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 生态安葬.
    Place(Place),
    /// 查明身份.
    Identify(Identify),
    /// 归还骨灰.
    Return(ReturnAshes),
}

impl Step {
    /// In Chinese.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Place(_) => "生态安葬",
            Self::Identify(_) => "查明身份",
            Self::Return(_) => "归还骨灰",
        }
    }
}

/// A step that waits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pending {
    /// What.
    pub step: Step,
    /// By whom.
    pub by: Signer,
    /// When.
    pub at: Timestamp,
}
