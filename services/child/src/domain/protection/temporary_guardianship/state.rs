//! Where a temporary guardianship stands (rules B2.8).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Who decides.
pub const COUNTY: &[Role] = &[Role::ChildCounty];
/// Who looks after the children.
pub const CARE: &[Role] = &[Role::ChildCounty, Role::ChildCentre, Role::WelfareHome];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 已决定，待交接.
    Ordered,
    /// 已安置.
    Placed,
    /// 已评估.
    Assessed,
    /// 已送回.
    Returned,
    /// 已确定其他监护人.
    OtherGuardian,
    /// 已转长期监护.
    ToLong,
    /// 已终止.
    Ended,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Ordered,
        Self::Placed,
        Self::Assessed,
        Self::Returned,
        Self::OtherGuardian,
        Self::ToLong,
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
const TABLE: [(&str, &str, Awaiting, &str); 7] = [
    (
        "ordered",
        "已决定，待交接",
        Awaiting::Roles(CARE),
        "民政部门已是临时监护人，请马上把儿童交接到照护人那里。",
    ),
    (
        "placed",
        "已安置",
        Awaiting::Roles(CARE),
        "检查身体，查找监护人，安排上学，评估监护人。",
    ),
    (
        "assessed",
        "已评估",
        Awaiting::Roles(COUNTY),
        "评估合格的送回；不合格的确定其他监护人，或者转长期监护。",
    ),
    (
        "returned",
        "已送回",
        Awaiting::Nobody,
        "监护人重新具备监护条件，已经送回。",
    ),
    (
        "other_guardian",
        "已确定其他监护人",
        Awaiting::Nobody,
        "已由其他监护人监护。",
    ),
    (
        "to_long",
        "已转长期监护",
        Awaiting::Nobody,
        "民政部门继续监护，转为长期监护。",
    ),
    (
        "ended",
        "已终止",
        Awaiting::Nobody,
        "临时监护已经终止，原因见记录。",
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
