//! What officers and time have added to a deposit.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    action::{AskCollection, HandOut, Settle, Store},
    state::State,
};
use crate::domain::{
    signer::Pending,
    wish::{AskCorrection, Corrected},
};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Name of the facility.
    pub facility: String,
    /// The contract.
    pub contract: Option<Contract>,
    /// What was renewed.
    pub renewals: Vec<Renewal>,
    /// Reminders that went out.
    pub reminded: Vec<Date>,
    /// How it ended.
    pub ended: Option<Ended>,
    /// A step that waits for the second signature.
    pub pending: Option<Pending<Move, State>>,
    /// What the family has asked for.
    pub asked: Option<Asked>,
    /// Slips of the pen that were mended.
    pub corrected: Vec<Corrected>,
    /// Telephone now; none: that of the form.
    pub phone: Option<String>,
}

impl Facts {
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

/// What two sign: ashes come or go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// 入存.
    Store(Store),
    /// 领取.
    HandOut(HandOut),
    /// 生态安葬.
    Settle(Settle),
}

impl Move {
    /// In Chinese.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Store(_) => "入存",
            Self::HandOut(_) => "领取",
            Self::Settle(_) => "生态安葬",
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
    /// 续存, with what it costs by the list of that day.
    Renewal {
        /// Months.
        months: u32,
        /// What the family was told.
        fee: String,
    },
    /// 领取.
    Collection(AskCollection),
    /// 更正.
    Correction(AskCorrection),
}

/// The contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Number of the urn.
    pub urn: String,
    /// Both who signed.
    pub signed: [String; 2],
    /// First day.
    pub from: Date,
    /// Last paid day.
    pub paid_until: Date,
    /// Receipt or waiver.
    pub receipt: String,
    /// Of it, months that are free.
    #[serde(default)]
    pub free_months: u32,
}

/// A renewal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// Beijing date.
    pub on: Date,
    /// Officer.
    pub by: String,
    /// Months.
    #[serde(default)]
    pub months: u32,
    /// Last paid day from then on.
    pub paid_until: Date,
    /// Receipt.
    pub receipt: String,
}

/// The end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Beijing date.
    pub on: Date,
    /// Officer; empty for time and family.
    pub by: String,
    /// Who took it or stood by.
    pub second: String,
    /// Document, receipt or reasons.
    pub text: String,
}
