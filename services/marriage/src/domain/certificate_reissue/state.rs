//! Where a re-issue stands (rules A2.5), in the order of the law.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};

use crate::domain::desk::{COUNTER, OFFICE};

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Applied for; the archive is searched.
    Applied,
    /// 补发.
    Reissued,
    /// Received.
    HandedOver,
    /// In the archive.
    Archived,
    /// 不予补发.
    Refused,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Applied,
        Self::Reissued,
        Self::HandedOver,
        Self::Archived,
        Self::Refused,
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
        "查档中",
        Awaiting::Roles(COUNTER),
        "申请已收到，登记员正在核验身份并查找登记档案。",
    ),
    (
        "reissued",
        "已补发",
        Awaiting::Roles(COUNTER),
        "新证已经补发，旧证同时作废。",
    ),
    (
        "handed_over",
        "已领取",
        Awaiting::Roles(OFFICE),
        "新证已由本人领取。",
    ),
    (
        "archived",
        "已归档",
        Awaiting::Nobody,
        "补领已办结，档案已归档。",
    ),
    (
        "refused",
        "不予补发",
        Awaiting::Nobody,
        "不予补发，理由见告知书。",
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
