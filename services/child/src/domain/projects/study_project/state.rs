//! Where a student stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};

use crate::domain::projects::words::{COUNTY, NEAR, TOWNSHIP};

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待乡镇核实.
    Applied,
    /// 待县级确认.
    Checked,
    /// 资助中.
    Studying,
    /// 学年结束，待核实.
    YearOver,
    /// 不予资助.
    Refused,
    /// 已取消.
    Cancelled,
    /// 已结束.
    Ended,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Applied,
        Self::Checked,
        Self::Studying,
        Self::YearOver,
        Self::Refused,
        Self::Cancelled,
        Self::Ended,
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
        "applied",
        "待乡镇核实",
        Awaiting::Roles(TOWNSHIP),
        "乡镇（街道）正在核实就学情况。",
    ),
    (
        "checked",
        "待县级确认",
        Awaiting::Roles(COUNTY),
        "县级民政部门正在确认。",
    ),
    (
        "studying",
        "资助中",
        Awaiting::Roles(COUNTY),
        "助学金按月或者按季发到本人账户；每学年要续办一次。",
    ),
    (
        "year_over",
        "学年结束，待核实",
        Awaiting::Roles(NEAR),
        "这个学年已经结束。还在上学的，请交新学年的在校证明。",
    ),
    (
        "refused",
        "不予资助",
        Awaiting::Nobody,
        "没有同意，理由见决定书。",
    ),
    (
        "cancelled",
        "已取消",
        Awaiting::Nobody,
        "这次申请已经取消。",
    ),
    (
        "ended",
        "已结束",
        Awaiting::Nobody,
        "资助已经结束，原因见记录。",
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
