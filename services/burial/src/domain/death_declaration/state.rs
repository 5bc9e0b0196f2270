//! Where a declaration stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};

use super::actions::{APPROVERS, OFFICE};

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Entered, to be checked by somebody else.
    Received,
    /// Everybody knows.
    Declared,
    /// The court has cancelled it; an approver looks.
    CancelAsked,
    /// Taken back.
    Cancelled,
    /// Sent back.
    Returned,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Received,
        Self::Declared,
        Self::CancelAsked,
        Self::Cancelled,
        Self::Returned,
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

/// Code, label, who is awaited, words for the family; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 5] = [
    (
        "received",
        "待核对",
        Awaiting::Roles(OFFICE),
        "判决已经录入，正在由另一名工作人员对照判决书核对。",
    ),
    (
        "declared",
        "已登记",
        Awaiting::Standing,
        "宣告死亡已经登记，婚姻状况、救助等由系统联网更新。本人重新出现的，请向人民法院申请撤销死亡宣告。",
    ),
    (
        "cancel_asked",
        "申请撤销",
        Awaiting::Roles(APPROVERS),
        "人民法院撤销死亡宣告的判决已经收到，正在由审批人员核对。",
    ),
    (
        "cancelled",
        "已撤销",
        Awaiting::Nobody,
        "死亡宣告登记已经撤销，婚姻、救助等随之恢复核查。",
    ),
    (
        "returned",
        "已退回",
        Awaiting::Nobody,
        "录入的内容与判决书不一致，已说明理由退回。请按理由补正后重新提交。",
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
