//! Where a file stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// The village.
pub const VILLAGE: &[Role] = &[Role::ChildWorker];
/// The township.
pub const TOWNSHIP: &[Role] = &[Role::ChildSupervisor];
/// Township and county.
pub const ABOVE: &[Role] = &[Role::ChildSupervisor, Role::ChildCounty];
/// Who works on it.
pub const DESK: &[Role] = &[Role::ChildWorker, Role::ChildSupervisor];
/// Who may go there.
pub const ALL_ROLES: &[Role] = &[
    Role::ChildWorker,
    Role::ChildSupervisor,
    Role::ChildCounty,
    Role::ChildCentre,
];

/// State of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 已发现.
    Discovered,
    /// 已登记.
    Registered,
    /// 已核实.
    Verified,
    /// 关爱服务中.
    InService,
    /// 风险上报.
    AtRisk,
    /// 已迁出.
    MovedOut,
    /// 年龄到期.
    AgedOut,
    /// 已结束.
    Ended,
}

/// States in which somebody answers for the child.
pub const OPEN: &[State] = &[
    State::Discovered,
    State::Registered,
    State::Verified,
    State::InService,
    State::AtRisk,
];
/// States with visits.
pub const VISITED: &[State] = &[
    State::Registered,
    State::Verified,
    State::InService,
    State::AtRisk,
];

impl State {
    /// Whether the file goes on.
    #[must_use]
    pub fn is_open(self) -> bool {
        OPEN.contains(&self)
    }
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Discovered,
        Self::Registered,
        Self::Verified,
        Self::InService,
        Self::AtRisk,
        Self::MovedOut,
        Self::AgedOut,
        Self::Ended,
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
const TABLE: [(&str, &str, Awaiting, &str); 8] = [
    (
        "discovered",
        "待登记",
        Awaiting::Roles(VILLAGE),
        "请儿童主任上门了解情况，登记建档。",
    ),
    (
        "registered",
        "待核实",
        Awaiting::Roles(TOWNSHIP),
        "请儿童督导员核实情况和风险等级。",
    ),
    (
        "verified",
        "待开始服务",
        Awaiting::Roles(VILLAGE),
        "请签订监护责任确认书，开始关爱服务。",
    ),
    (
        "in_service",
        "关爱服务中",
        Awaiting::Roles(VILLAGE),
        "请按期走访；有危险的马上报告。",
    ),
    (
        "at_risk",
        "风险上报",
        Awaiting::Roles(ABOVE),
        "儿童可能有危险，请马上处理；走访不停。",
    ),
    ("moved_out", "已迁出", Awaiting::Nobody, "已经转给迁入地。"),
    (
        "aged_out",
        "年龄到期",
        Awaiting::Nobody,
        "已经到了规定的年龄，关爱服务结束。",
    ),
    (
        "ended",
        "已结束",
        Awaiting::Nobody,
        "关爱服务已经结束，原因见记录。",
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
