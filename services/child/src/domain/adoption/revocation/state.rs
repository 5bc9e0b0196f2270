//! Where a revocation stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};

use crate::domain::adoption::REGISTRAR;

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 已立案，待听取意见.
    Opened,
    /// 已听取意见，待审批.
    Heard,
    /// 已撤销.
    Revoked,
    /// 不予撤销.
    Kept,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[Self::Opened, Self::Heard, Self::Revoked, Self::Kept];

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
const TABLE: [(&str, &str, Awaiting, &str); 4] = [
    (
        "opened",
        "已立案，待听取意见",
        Awaiting::Roles(REGISTRAR),
        "收到弄虚作假的线索，先听取当事人意见。",
    ),
    (
        "heard",
        "已听取意见，待审批",
        Awaiting::Roles(REGISTRAR),
        "当事人意见已经听取，由两名工作人员审批。",
    ),
    (
        "revoked",
        "已撤销",
        Awaiting::Nobody,
        "收养登记已经撤销，收养关系自始无效。",
    ),
    (
        "kept",
        "不予撤销",
        Awaiting::Nobody,
        "没有查实弄虚作假，收养登记不变。",
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
