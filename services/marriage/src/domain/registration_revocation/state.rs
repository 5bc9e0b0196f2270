//! Where a revocation stands (rules A2.7).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

use crate::domain::desk::OFFICE;

/// Who decides.
pub(super) const APPROVER: &[Role] = &[Role::Approver];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The paper is here.
    Received,
    /// An officer has an opinion.
    Proposed,
    /// 撤销.
    Revoked,
    /// 不予撤销.
    Rejected,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Received,
        Self::Proposed,
        Self::Revoked,
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

/// Code, label, who is awaited, words for the two; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 4] = [
    (
        "received",
        "审核中",
        Awaiting::Roles(OFFICE),
        "已收到有关机关的文书，正在审核。",
    ),
    (
        "proposed",
        "待审批",
        Awaiting::Roles(APPROVER),
        "已提出审核意见，等待另一名负责人审批。",
    ),
    (
        "revoked",
        "已撤销",
        Awaiting::Nobody,
        "婚姻登记已被撤销，决定书写明了事实、依据和救济途径。",
    ),
    (
        "rejected",
        "不予撤销",
        Awaiting::Nobody,
        "婚姻登记不予撤销，理由见告知书。",
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
