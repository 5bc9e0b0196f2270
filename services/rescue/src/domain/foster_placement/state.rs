//! Where a placement stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Who is responsible.
pub const OFFICE: &[Role] = &[Role::Station, Role::CountyOfficer];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待健康评估.
    Opened,
    /// 待转入.
    Assessed,
    /// 托养中.
    Placed,
    /// 已转出.
    Ended,
    /// 已取消.
    Cancelled,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Opened,
        Self::Assessed,
        Self::Placed,
        Self::Ended,
        Self::Cancelled,
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
        "opened",
        "待健康评估",
        Awaiting::Roles(OFFICE),
        "请先做健康评估。",
    ),
    (
        "assessed",
        "待转入",
        Awaiting::Roles(OFFICE),
        "请办理交接，转入托养机构。",
    ),
    (
        "placed",
        "托养中",
        Awaiting::Roles(OFFICE),
        "每周巡查，每月检查；不适合的及时转出。",
    ),
    ("ended", "已转出", Awaiting::Nobody, "托养已经结束。"),
    (
        "cancelled",
        "已取消",
        Awaiting::Nobody,
        "没有托养，原因见记录。",
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
