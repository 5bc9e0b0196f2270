//! Where somebody on the register stands (rules R12).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// The township collects and visits.
pub const TOWNSHIP: &[Role] = &[Role::TownshipOfficer];
/// The county checks.
pub const COUNTY: &[Role] = &[Role::CountyOfficer];
/// Both.
pub const OFFICE: &[Role] = &[Role::TownshipOfficer, Role::CountyOfficer];

/// State of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 拟纳入.
    Proposed,
    /// 在库.
    Listed,
    /// 待回访.
    Due,
    /// 失联.
    Missing,
    /// 已移出.
    Removed,
    /// 不予纳入.
    Rejected,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Proposed,
        Self::Listed,
        Self::Due,
        Self::Missing,
        Self::Removed,
        Self::Rejected,
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
const TABLE: [(&str, &str, Awaiting, &str); 6] = [
    (
        "proposed",
        "拟纳入",
        Awaiting::Roles(COUNTY),
        "乡镇（街道）已采集信息，等县级民政部门审核。",
    ),
    (
        "listed",
        "在库",
        Awaiting::Standing,
        "已纳入信息库，有责任人负责，定期回访。走失了请马上告诉责任人并报警。",
    ),
    (
        "due",
        "待回访",
        Awaiting::Roles(TOWNSHIP),
        "本月应当上门回访，核对信息。",
    ),
    (
        "missing",
        "失联",
        Awaiting::Roles(OFFICE),
        "人已失联，已通知各地救助管理站一起寻找。",
    ),
    ("removed", "已移出", Awaiting::Nobody, "已移出信息库。"),
    (
        "rejected",
        "不予纳入",
        Awaiting::Nobody,
        "不符合纳入条件，没有纳入信息库。",
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
