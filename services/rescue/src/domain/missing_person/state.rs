//! Where a family's report stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Who writes down what a family tells.
pub const OFFICE: &[Role] = &[Role::Station, Role::CountyOfficer];
/// Still searched for.
pub const OPEN: &[State] = &[State::Searching, State::Checking];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 寻找中.
    Searching,
    /// 线索核实中.
    Checking,
    /// 已找到.
    Matched,
    /// 已在别处找到.
    FoundElsewhere,
    /// 已撤回.
    Withdrawn,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Searching,
        Self::Checking,
        Self::Matched,
        Self::FoundElsewhere,
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
        "searching",
        "寻找中",
        Awaiting::Standing,
        "正在和全国救助站里身份不明的人比对，有新来的人会自动再比。",
    ),
    (
        "checking",
        "线索核实中",
        Awaiting::Department("公安机关"),
        "有一条线索正在请公安机关核实，核实以后马上告诉您。",
    ),
    (
        "matched",
        "已找到",
        Awaiting::Nobody,
        "人找到了，请和救助管理站联系，电话在办件页面上。",
    ),
    (
        "found_elsewhere",
        "已在别处找到",
        Awaiting::Nobody,
        "人已经找到，不再比对。",
    ),
    (
        "withdrawn",
        "已撤回",
        Awaiting::Nobody,
        "已经撤回，不再比对。需要时可以重新求助。",
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
