//! Where a treatment stands.

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
    /// 已同意，待治疗.
    CountyOk,
    /// 已治疗，待报账.
    Treated,
    /// 已报账，待支付.
    Billed,
    /// 已支付.
    Paid,
    /// 不予同意.
    Refused,
    /// 已取消.
    Cancelled,
    /// 已终止.
    Ended,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Applied,
        Self::Checked,
        Self::CountyOk,
        Self::Treated,
        Self::Billed,
        Self::Paid,
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
const TABLE: [(&str, &str, Awaiting, &str); 9] = [
    (
        "applied",
        "待乡镇核实",
        Awaiting::Roles(TOWNSHIP),
        "乡镇（街道）正在核实孩子的情况。",
    ),
    (
        "checked",
        "待县级确认",
        Awaiting::Roles(COUNTY),
        "县级民政部门正在确认。",
    ),
    (
        "county_ok",
        "已同意，待治疗",
        Awaiting::Roles(NEAR),
        "可以到定点医院治疗，发票和结算单请保存好。",
    ),
    (
        "treated",
        "已治疗，待报账",
        Awaiting::Roles(NEAR),
        "请交医院发票和医保结算单，报销医保和救助以后自己负担的部分。",
    ),
    (
        "billed",
        "已报账，待支付",
        Awaiting::Roles(COUNTY),
        "县级民政部门正在支付。",
    ),
    ("paid", "已支付", Awaiting::Nobody, "费用已经支付。"),
    (
        "refused",
        "不予同意",
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
        "已终止",
        Awaiting::Nobody,
        "项目已经终止，原因见记录。",
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
