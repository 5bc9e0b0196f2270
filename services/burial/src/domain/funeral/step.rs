//! The steps that two sign: the first writes it down, the second scans the tag again, and only
//! then it counts (rules F02 to F07).

use serde::{Deserialize, Serialize};

use super::{
    action::{PickUp, Receipt, Receive, Scan, Start, Store, TransferOut, Verify},
    state::State,
};

/// A step as it was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 接运.
    PickUp(PickUp),
    /// 入馆.
    Receive(Receive),
    /// 存放.
    Store(Store),
    /// 告别.
    Farewell(Scan),
    /// 火化前核验.
    Verify(Verify),
    /// 火化开始.
    Start(Start),
    /// 火化结束.
    Finish(Scan),
    /// 骨灰交接.
    HandOver(Receipt),
    /// 骨灰寄存.
    Deposit(Receipt),
    /// 外运.
    TransferOut(TransferOut),
}

impl Step {
    /// Code in the chain of custody, and name.
    #[must_use]
    pub fn name(&self) -> (&'static str, &'static str) {
        match self {
            Self::PickUp(_) => ("picked_up", "接运"),
            Self::Receive(_) => ("received", "入馆"),
            Self::Store(_) => ("stored", "存放"),
            Self::Farewell(_) => ("farewell", "告别"),
            Self::Verify(_) => ("verified", "火化前核验"),
            Self::Start(_) => ("cremating", "火化开始"),
            Self::Finish(_) => ("cremated", "火化完成"),
            Self::HandOver(_) => ("ashes_handed", "骨灰交接"),
            Self::Deposit(_) => ("ashes_deposited", "骨灰寄存"),
            Self::TransferOut(_) => ("transferred", "运出"),
        }
    }

    /// Tag that was scanned with it; the pick-up gives the tag and has none to scan.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        match self {
            Self::PickUp(_) => None,
            Self::Receive(data) => Some(&data.tag),
            Self::Store(data) => Some(&data.tag),
            Self::Farewell(data) | Self::Finish(data) => Some(&data.tag),
            Self::Verify(data) => Some(&data.tag),
            Self::Start(data) => Some(&data.tag),
            Self::HandOver(data) | Self::Deposit(data) => Some(&data.tag),
            Self::TransferOut(data) => Some(&data.tag),
        }
    }

    /// States it may be countersigned in: the family may have chosen a time meanwhile.
    #[must_use]
    pub fn from(&self) -> &'static [State] {
        match self {
            Self::PickUp(_) => &[State::Dispatched],
            Self::Receive(_) => &[State::PickedUp],
            Self::Store(_) => &[State::Received, State::Scheduled],
            Self::Farewell(_) => &[State::Stored, State::Scheduled],
            Self::Verify(_) => &[State::Scheduled],
            Self::Start(_) => &[State::Verified],
            Self::Finish(_) => &[State::Cremating],
            Self::HandOver(_) | Self::Deposit(_) => &[State::Certified],
            Self::TransferOut(_) => &[State::TransferAllowed],
        }
    }
}
