//! Where an entered certificate stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};

use super::actions::{APPROVERS, OFFICE};

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Entered, to be checked by somebody else.
    Received,
    /// In the register.
    Recorded,
    /// Somebody says the certificate is wrong.
    VoidAsked,
    /// Not valid any more.
    Voided,
    /// Sent back.
    Returned,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Received,
        Self::Recorded,
        Self::VoidAsked,
        Self::Voided,
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
        "死亡证明已经录入，正在由另一名工作人员对照原件核对。您不需要再跑，可以先联系殡仪馆。",
    ),
    (
        "recorded",
        "已入库",
        Awaiting::Standing,
        "死亡信息已经登记。办理治丧、注销户口、社会保险时不用再交纸质证明，由工作人员联网核对。",
    ),
    (
        "void_asked",
        "申请作废",
        Awaiting::Roles(APPROVERS),
        "有人提出这份证明签发有误，正在由审批人员决定。决定前证明仍然有效。",
    ),
    (
        "voided",
        "已作废",
        Awaiting::Nobody,
        "这份死亡证明已经作废，死亡登记已经撤销。",
    ),
    (
        "returned",
        "已退回",
        Awaiting::Nobody,
        "录入的内容与原件不一致或者签发单位不对，已说明理由退回。请按理由补正后重新提交。",
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
