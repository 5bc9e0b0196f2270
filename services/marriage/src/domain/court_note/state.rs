//! Where a court's paper stands (rules A2.6).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};

use crate::domain::desk::OFFICE;

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Received, to be checked by somebody else.
    Received,
    /// Noted in the register.
    Noted,
    /// Sent back: it does not fit the registration.
    Returned,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[Self::Received, Self::Noted, Self::Returned];

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
const TABLE: [(&str, &str, Awaiting, &str); 3] = [
    (
        "received",
        "待核对",
        Awaiting::Roles(OFFICE),
        "已收到人民法院的裁判文书，正在由另一名工作人员与原登记核对。",
    ),
    (
        "noted",
        "已备注",
        Awaiting::Nobody,
        "裁判结果已在婚姻登记档案和全国婚姻基础信息库中备注。",
    ),
    (
        "returned",
        "已退回",
        Awaiting::Nobody,
        "裁判文书与原登记不一致，已说明理由退回。",
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
