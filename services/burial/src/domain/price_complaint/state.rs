//! Where a complaint stands (rules F15).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Inspectors of the county.
pub(super) const OFFICE: &[Role] = &[Role::CountyOfficer];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待受理.
    Submitted,
    /// 核查中.
    Inspecting,
    /// 待复核.
    Found,
    /// 已责令退还.
    Refunded,
    /// 已责令改正.
    Corrected,
    /// 没有发现违规.
    Unfounded,
    /// 已撤回.
    Withdrawn,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Submitted,
        Self::Inspecting,
        Self::Found,
        Self::Refunded,
        Self::Corrected,
        Self::Unfounded,
        Self::Withdrawn,
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

/// Code, label, who is awaited, words; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 7] = [
    (
        "submitted",
        "待受理",
        Awaiting::Roles(OFFICE),
        "投诉已收到，民政局正在安排核查。",
    ),
    (
        "inspecting",
        "核查中",
        Awaiting::Roles(OFFICE),
        "正在核对账单和价目清单。",
    ),
    (
        "found",
        "待复核",
        Awaiting::Roles(OFFICE),
        "核查已有结果，正在由另一名工作人员复核。",
    ),
    (
        "refunded",
        "已责令退还",
        Awaiting::Nobody,
        "查实多收费用，已责令退还，金额见答复。",
    ),
    (
        "corrected",
        "已责令改正",
        Awaiting::Nobody,
        "查实收费不规范，已责令改正。",
    ),
    (
        "unfounded",
        "没有发现违规",
        Awaiting::Nobody,
        "没有发现违规收费，理由见答复。",
    ),
    ("withdrawn", "已撤回", Awaiting::Nobody, "投诉已撤回。"),
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
