//! Where a correction stands (rules A5.7).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

use crate::domain::desk::COUNTER;

/// Who decides: an approver, or a second registrar.
pub(super) const DECIDING: &[Role] = &[Role::Approver, Role::Clerk];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Applied for.
    Applied,
    /// A registrar has an opinion.
    Proposed,
    /// Corrected; a new certificate waits.
    Corrected,
    /// Corrected, and nothing is left to hand over.
    Done,
    /// 不予更正.
    Rejected,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Applied,
        Self::Proposed,
        Self::Corrected,
        Self::Done,
        Self::Rejected,
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

/// Code, label, who is awaited, words for the applicant; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 5] = [
    (
        "applied",
        "审核中",
        Awaiting::Roles(COUNTER),
        "更正申请已收到，登记员正在核验身份并核对原登记档案。",
    ),
    (
        "proposed",
        "待审批",
        Awaiting::Roles(DECIDING),
        "登记员已提出审核意见，等待另一名工作人员审批。",
    ),
    (
        "corrected",
        "已更正，待领新证",
        Awaiting::Roles(COUNTER),
        "登记信息已更正，请到办理的婚姻登记处领取新证；旧证已经作废。",
    ),
    (
        "done",
        "已办结",
        Awaiting::Nobody,
        "登记信息已更正，原来的记载作为历史版本保留。",
    ),
    (
        "rejected",
        "不予更正",
        Awaiting::Nobody,
        "不予更正，理由和救济途径见告知书。",
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
