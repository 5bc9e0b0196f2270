//! Where a comparison stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Who compares.
pub const OFFICE: &[Role] = &[Role::Station, Role::CountyOfficer];
/// Not decided yet.
pub const OPEN: &[State] = &[
    State::Candidate,
    State::First,
    State::Compared,
    State::Asked,
    State::Answered,
];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待比对.
    Candidate,
    /// 一人已比对.
    First,
    /// 两人已比对.
    Compared,
    /// 核实中.
    Asked,
    /// 已答复.
    Answered,
    /// 比中.
    Confirmed,
    /// 已排除.
    Rejected,
    /// 寻亲结束.
    Lapsed,
}

impl State {
    /// The state of the row in the table of pairs.
    #[must_use]
    pub fn row(self) -> &'static str {
        match self {
            Self::Candidate | Self::First => "candidate",
            Self::Compared | Self::Asked | Self::Answered => "compared",
            Self::Confirmed => "confirmed",
            Self::Rejected | Self::Lapsed => "rejected",
        }
    }
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Candidate,
        Self::First,
        Self::Compared,
        Self::Asked,
        Self::Answered,
        Self::Confirmed,
        Self::Rejected,
        Self::Lapsed,
    ];

    fn spec(self) -> StateSpec {
        let (code, label, awaiting, explanation) = TABLE[self as usize];
        StateSpec {
            code,
            label,
            explanation,
            awaiting,
        }
    }
}

const HERE: Awaiting = Awaiting::Roles(OFFICE);

/// Code, label, who is awaited, words; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 8] = [
    ("candidate", "待比对", HERE, "请打开两边资料逐项比对。"),
    ("first", "待第二人比对", HERE, "请另一名工作人员独立比对。"),
    (
        "compared",
        "待核实",
        HERE,
        "两人都认为是同一个人，请公安机关核实。",
    ),
    (
        "asked",
        "核实中",
        HERE,
        "正在等公安机关答复，收到后请登记。",
    ),
    (
        "answered",
        "待确认",
        HERE,
        "公安机关已经答复，请确认或者排除。",
    ),
    (
        "confirmed",
        "比中",
        Awaiting::Nobody,
        "已经确认是同一个人。",
    ),
    ("rejected", "已排除", Awaiting::Nobody, "不是同一个人。"),
    (
        "lapsed",
        "寻亲结束",
        Awaiting::Nobody,
        "有一方已经不再寻亲。",
    ),
];

#[cfg(test)]
mod tests {
    use yiwang_casework::State as _;

    use super::State;

    #[test]
    fn the_table_is_in_the_order_of_the_states() {
        for state in State::ALL {
            let code = serde_json::to_value(state).unwrap();
            assert_eq!(code, state.spec().code);
        }
    }
}
