//! Where a dissolution stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};

use crate::domain::adoption::REGISTRAR;

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 已申请，待到场.
    Applied,
    /// 已当面确认，待审批.
    Agreed,
    /// 已解除.
    Dissolved,
    /// 不予登记.
    Refused,
    /// 已撤回.
    Withdrawn,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Applied,
        Self::Agreed,
        Self::Dissolved,
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
        "已申请，待到场",
        Awaiting::Roles(REGISTRAR),
        "请双方一起到被收养人户籍地的县级民政部门，当面询问意愿。",
    ),
    (
        "agreed",
        "已当面确认，待审批",
        Awaiting::Roles(REGISTRAR),
        "双方意愿已经确认，由两名工作人员审批。",
    ),
    (
        "dissolved",
        "已解除",
        Awaiting::Nobody,
        "收养关系已经解除，收养登记证收回作废，请保管好解除收养关系证明。",
    ),
    (
        "refused",
        "不予登记",
        Awaiting::Nobody,
        "不能协议解除的，可以向人民法院起诉。",
    ),
    (
        "withdrawn",
        "已撤回",
        Awaiting::Nobody,
        "申请已经撤回，收养关系不变。",
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
