//! The steps that two sign: value given back, identity, hand-over of a person.

use serde::{Deserialize, Serialize};

use super::{
    action::{Fetched, GiveBack, HandOver, Identify, Reasons},
    state::State,
};

/// A step as it was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 交还物品.
    GiveBack(GiveBack),
    /// 查明身份.
    Identify(Identify),
    /// 撤销身份认定.
    TakeBack(Reasons),
    /// 亲属接领.
    Fetched(Fetched),
    /// 移交.
    HandOver(HandOver),
}

/// In the house, in hospital or in a foster home; whoever is on the way is handed over by the trip.
pub const LEAVES_FROM: &[State] = &[State::Admitted, State::InHospital, State::Fostered];
/// Things are given back as long as they are kept: also to the family of who has died, or to who
/// comes for them later.
pub const GIVEN_FROM: &[State] = &[
    State::Admitted,
    State::InHospital,
    State::Fostered,
    State::Left,
];
/// Wherever somebody of the station is.
pub const KNOWN_FROM: &[State] = &[
    State::Registered,
    State::Admitted,
    State::InHospital,
    State::OnTrip,
    State::Fostered,
];

/// Also who was settled without a name: the search has gone on.
pub const MATCHED_FROM: &[State] = &[
    State::Registered,
    State::Admitted,
    State::InHospital,
    State::OnTrip,
    State::Fostered,
    State::Left,
];

impl Step {
    /// In Chinese.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::GiveBack(_) => "交还物品",
            Self::Identify(_) => "查明身份",
            Self::TakeBack(_) => "撤销身份认定",
            Self::Fetched(_) => "亲属接领",
            Self::HandOver(_) => "移交",
        }
    }

    /// States it may be countersigned in.
    #[must_use]
    pub fn from(&self) -> &'static [State] {
        match self {
            Self::GiveBack(_) => GIVEN_FROM,
            Self::Fetched(_) | Self::HandOver(_) => LEAVES_FROM,
            Self::Identify(_) | Self::TakeBack(_) => KNOWN_FROM,
        }
    }
}
