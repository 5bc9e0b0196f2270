//! What officers and time have added to an application.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    action::{AskRelocation, Lay, Release, Relocate},
    state::State,
};
use crate::domain::{
    signer::{Pending, Signer},
    wish::{AskCorrection, Corrected},
};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The place in words, as it was chosen.
    pub label: String,
    /// Name of the facility.
    pub facility: String,
    /// Who looked at it.
    pub accepted: Option<Step>,
    /// Who approved an exception.
    pub approved: Option<Step>,
    /// The contract.
    pub contract: Option<Contract>,
    /// The burial.
    pub laid: Option<Laid>,
    /// What was renewed.
    pub renewals: Vec<Renewal>,
    /// How it ended.
    pub ended: Option<Step>,
    /// Given back unused, with money.
    pub giving_back: Option<GivingBack>,
    /// A step that waits for the second signature.
    pub pending: Option<Pending<Move, State>>,
    /// What the family has asked for.
    pub asked: Option<Asked>,
    /// Slips of the pen that were mended.
    pub corrected: Vec<Corrected>,
    /// Telephone now; none: that of the form.
    pub phone: Option<String>,
}

/// What two sign: ashes are moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// 安放（葬）.
    Lay(Lay),
    /// 迁葬.
    Relocate(Relocate),
    /// 依法收回.
    Release(Release),
}

impl Move {
    /// In Chinese.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Lay(_) => "安放（葬）",
            Self::Relocate(_) => "迁葬",
            Self::Release(_) => "依法收回",
        }
    }
}

/// What the family has asked for, and where the case stood then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What.
    pub wish: Wish,
    /// Beijing date.
    pub on: Date,
    /// Where the case goes back to; time moves it on.
    pub from: State,
}

/// A wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// 续期, with what it costs by the list of that day.
    Renewal {
        /// Years.
        years: u32,
        /// What the family was told.
        fee: String,
    },
    /// 迁出.
    Relocation(AskRelocation),
    /// 更正.
    Correction(AskCorrection),
}

/// Given back unused: one writes it down, another countersigns, then the money goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivingBack {
    /// Why.
    pub reasons: String,
    /// Number of the refund's paper.
    pub receipt: String,
    /// Fen that go back.
    pub fen: i64,
    /// Of which bill.
    pub bill: String,
    /// Who wrote it down.
    pub by: Signer,
    /// When.
    pub on: Date,
    /// Who countersigned; empty until then.
    #[serde(default)]
    pub second: String,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Account of the officer; nil for the family and for time.
    pub account: Uuid,
    /// Officer.
    pub by: String,
    /// Beijing date.
    pub on: Date,
    /// Reasons, or a document.
    pub text: String,
}

/// The contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Officer.
    pub by: String,
    /// First day.
    pub from: Date,
    /// Last day; none where there is no period.
    pub until: Option<Date>,
    /// Last day of the maintenance that was paid.
    pub maintained_until: Option<Date>,
    /// Receipt or waiver.
    pub receipt: String,
    /// Form of the place, its kind's code.
    pub kind: String,
    /// Agreed price of the place, where the list has a range.
    #[serde(default)]
    pub agreed_fen: Option<i64>,
}

/// Laid to rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Laid {
    /// Both who signed.
    pub signed: [String; 2],
    /// Beijing date.
    pub on: Date,
    /// The urn; empty for a body.
    pub urn: String,
    /// Witness, photo and place of an ecological burial.
    pub witness: String,
    /// Photo.
    pub photo: String,
    /// Exactly where.
    pub place: String,
}

/// A renewal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// Officer.
    pub by: String,
    /// Beijing date.
    pub on: Date,
    /// New last day.
    pub until: Date,
    /// Years of maintenance that were paid with it.
    #[serde(default)]
    pub maintenance_years: u32,
    /// Receipt.
    pub receipt: String,
}

impl Facts {
    /// Last day of the present period.
    #[must_use]
    pub fn until(&self) -> Option<Date> {
        self.contract.as_ref().and_then(|contract| contract.until)
    }

    /// Where the case stands beneath a signature or a wish that is awaited.
    #[must_use]
    pub fn beneath(&self, state: State) -> State {
        let state = match (state, &self.pending) {
            (State::Signing, Some(pending)) => pending.from,
            (state, _) => state,
        };
        match (state, &self.asked) {
            (State::Asked, Some(asked)) => asked.from,
            (state, _) => state,
        }
    }
}
