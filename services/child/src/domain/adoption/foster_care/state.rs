//! Where a foster family stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};

use yiwang_chassis::identity::Role;

/// Who places children and looks after them.
pub const OFFICE: &[Role] = &[Role::ChildCounty, Role::WelfareHome, Role::ChildCentre];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 已申请，待评估.
    Applied,
    /// 评估合格，待选定儿童.
    Assessed,
    /// 融合中.
    Trial,
    /// 待签协议.
    Agreement,
    /// 协议已签，待安置.
    Signed,
    /// 寄养中.
    Placed,
    /// 寄养结束.
    Ended,
    /// 不符合条件.
    Refused,
    /// 已撤回.
    Withdrawn,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Applied,
        Self::Assessed,
        Self::Trial,
        Self::Agreement,
        Self::Signed,
        Self::Placed,
        Self::Ended,
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
const TABLE: [(&str, &str, Awaiting, &str); 9] = [
    (
        "applied",
        "已申请，待评估",
        Awaiting::Roles(OFFICE),
        "工作人员会上门评估家庭条件。",
    ),
    (
        "assessed",
        "评估合格，待选定儿童",
        Awaiting::Roles(OFFICE),
        "家庭条件合格，等待选定儿童、开始融合。",
    ),
    (
        "trial",
        "融合中",
        Awaiting::Roles(OFFICE),
        "儿童和家庭融合，不少于60日。",
    ),
    (
        "agreement",
        "待签协议",
        Awaiting::Roles(OFFICE),
        "融合良好，请签订寄养协议。",
    ),
    (
        "signed",
        "协议已签，待安置",
        Awaiting::Roles(OFFICE),
        "请办理安置，接儿童到家。",
    ),
    (
        "placed",
        "寄养中",
        Awaiting::Roles(OFFICE),
        "工作人员定期探访，按月发放劳务费。",
    ),
    ("ended", "寄养结束", Awaiting::Nobody, "寄养关系已经结束。"),
    (
        "refused",
        "不符合条件",
        Awaiting::Nobody,
        "家庭条件不符合寄养要求，理由见告知书。",
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
