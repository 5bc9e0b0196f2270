//! Where a proof stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};

use crate::domain::desk::COUNTER;

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Issued at a counter; the paper is to be handed over.
    Ready,
    /// Issued and received.
    Issued,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[Self::Ready, Self::Issued];

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
const TABLE: [(&str, &str, Awaiting, &str); 2] = [
    (
        "ready",
        "已出具，待领取",
        Awaiting::Roles(COUNTER),
        "证明已经出具，请在婚姻登记处签收。",
    ),
    (
        "issued",
        "已出具",
        Awaiting::Nobody,
        "证明已经出具，可以在本页查看；查询本人记录的，还可以在“我的证照”中出示。",
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
