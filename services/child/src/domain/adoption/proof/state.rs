//! Where the proof of an adoption stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};

use crate::domain::adoption::REGISTRAR;

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 已申请，待查档.
    Applied,
    /// 已查到档案.
    Found,
    /// 已办结.
    Issued,
    /// 不予办理.
    Refused,
    /// 已撤回.
    Withdrawn,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Applied,
        Self::Found,
        Self::Issued,
        Self::Refused,
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
const TABLE: [(&str, &str, Awaiting, &str); 5] = [
    (
        "applied",
        "已申请，待查档",
        Awaiting::Roles(REGISTRAR),
        "请带身份证到原登记的县级民政部门，当面核对。",
    ),
    (
        "found",
        "已查到档案",
        Awaiting::Roles(REGISTRAR),
        "已查到收养登记，等待发证。",
    ),
    (
        "issued",
        "已办结",
        Awaiting::Nobody,
        "请当面领取；补领的，原证作废。",
    ),
    (
        "refused",
        "不予办理",
        Awaiting::Nobody,
        "没有查到收养登记或者登记已经终止，理由见告知书。",
    ),
    ("withdrawn", "已撤回", Awaiting::Nobody, "申请已经撤回。"),
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
