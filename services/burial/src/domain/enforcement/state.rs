//! Where a case of law enforcement stands (rules F19).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Who investigates.
pub const OFFICE: &[Role] = &[Role::CountyOfficer, Role::TownshipOfficer];
/// Who reviews.
pub const REVIEWERS: &[Role] = &[Role::CountyOfficer, Role::Approver];
/// Who decides.
pub const APPROVERS: &[Role] = &[Role::Approver];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 调查中.
    Filed,
    /// 已告知.
    Informed,
    /// 审核通过.
    Reviewed,
    /// 已决定.
    Decided,
    /// 已结案.
    Closed,
    /// 不予处罚.
    Dismissed,
    /// 已移送.
    Transferred,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Filed,
        Self::Informed,
        Self::Reviewed,
        Self::Decided,
        Self::Closed,
        Self::Dismissed,
        Self::Transferred,
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
        "filed",
        "调查中",
        Awaiting::Roles(OFFICE),
        "已立案，正在调查；请配合执法人员，执法人员会出示证件。",
    ),
    (
        "informed",
        "已告知，等陈述申辩",
        Awaiting::Roles(REVIEWERS),
        "已告知拟作出的决定；您可以陈述、申辩，符合条件的可以要求听证。",
    ),
    (
        "reviewed",
        "审核通过，待决定",
        Awaiting::Roles(APPROVERS),
        "法制审核已通过，等负责人决定。",
    ),
    (
        "decided",
        "已决定，待履行",
        Awaiting::Roles(OFFICE),
        "决定已经作出，请在期限内履行；不服的可以申请行政复议或者提起行政诉讼。",
    ),
    (
        "closed",
        "已结案",
        Awaiting::Nobody,
        "决定已经履行，案件办结。",
    ),
    (
        "dismissed",
        "不予处罚",
        Awaiting::Nobody,
        "依法不予处罚，案件办结。",
    ),
    (
        "transferred",
        "已移送",
        Awaiting::Nobody,
        "案件已移送有权机关办理。",
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
