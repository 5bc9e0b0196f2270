//! Where the remediation of a grave stands (rules F18).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Township and county.
pub const OFFICE: &[Role] = &[Role::TownshipOfficer, Role::CountyOfficer];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 已登记.
    Registered,
    /// 限期改正中.
    Ordered,
    /// 无主坟公告中.
    Announced,
    /// 期满未改.
    Overdue,
    /// 待验收.
    Treated,
    /// 已销号.
    Closed,
    /// 列入保护.
    Exempt,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Registered,
        Self::Ordered,
        Self::Announced,
        Self::Overdue,
        Self::Treated,
        Self::Closed,
        Self::Exempt,
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

const OFFICERS: Awaiting = Awaiting::Roles(OFFICE);

/// Code, label, who is awaited, words; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 7] = [
    (
        "registered",
        "已登记",
        OFFICERS,
        "已登记建档，正在查清是谁家的坟墓。",
    ),
    (
        "ordered",
        "限期改正中",
        Awaiting::Time("改正期限届满"),
        "已责令墓主在期限内改正，可以迁入公益性公墓或者骨灰堂。",
    ),
    (
        "announced",
        "公告寻找墓主",
        Awaiting::Time("公告期满"),
        "已公告寻找墓主，知道情况的请与乡镇（街道）联系。",
    ),
    (
        "overdue",
        "期满未改正",
        OFFICERS,
        "期限已到，由乡镇、村组织整改。",
    ),
    (
        "treated",
        "待验收",
        OFFICERS,
        "整改完成，等两名工作人员到现场验收。",
    ),
    (
        "closed",
        "已销号",
        Awaiting::Standing,
        "验收合格，已销号；以后还会回头看，反弹的重新整治。",
    ),
    (
        "exempt",
        "列入保护",
        Awaiting::Nobody,
        "属于受保护的墓葬，不予整治，由文物部门保护。",
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
