//! Where somebody who has come home stands (rules R13).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// The township takes over and visits.
pub const TOWNSHIP: &[Role] = &[Role::TownshipOfficer];
/// Township and county.
pub const OFFICE: &[Role] = &[Role::TownshipOfficer, Role::CountyOfficer];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待接收.
    Opened,
    /// 已接收.
    Received,
    /// 已评估.
    Assessed,
    /// 帮扶回访中.
    Supporting,
    /// 再流浪.
    Again,
    /// 稳固.
    Stable,
    /// 已结束.
    Closed,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Opened,
        Self::Received,
        Self::Assessed,
        Self::Supporting,
        Self::Again,
        Self::Stable,
        Self::Closed,
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
const TABLE: [(&str, &str, Awaiting, &str); 7] = [
    (
        "opened",
        "待接收",
        Awaiting::Roles(TOWNSHIP),
        "已返乡，等户籍地乡镇（街道）接收。",
    ),
    (
        "received",
        "已接收",
        Awaiting::Roles(TOWNSHIP),
        "乡镇（街道）已接收，正在了解有什么困难。",
    ),
    (
        "assessed",
        "已评估",
        Awaiting::Roles(TOWNSHIP),
        "困难已经列清，正在制定帮扶计划。",
    ),
    (
        "supporting",
        "帮扶回访中",
        Awaiting::Roles(TOWNSHIP),
        "按计划帮扶，工作人员会定期回访。",
    ),
    (
        "again",
        "再次外出流浪",
        Awaiting::Roles(OFFICE),
        "又外出流浪，找到以后重新帮扶。",
    ),
    (
        "stable",
        "已经稳固",
        Awaiting::Nobody,
        "生活已经稳定，回访结束。",
    ),
    ("closed", "已结束", Awaiting::Nobody, "帮扶已经结束。"),
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
