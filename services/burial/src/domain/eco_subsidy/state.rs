//! Where an application stands (rules F09).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// The county decides.
pub(super) const OFFICE: &[Role] = &[Role::CountyOfficer];
/// Whoever has seen the burial.
const SEEN: &[Role] = &[
    Role::Funeral,
    Role::Clerk,
    Role::TownshipOfficer,
    Role::CountyOfficer,
];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待核实.
    Submitted,
    /// 待审核.
    Verified,
    /// 公示中.
    Noticed,
    /// 发放中.
    Paying,
    /// 银行退回.
    Returned,
    /// 已发放.
    Paid,
    /// 不予奖补.
    Rejected,
    /// 已追回.
    Recovered,
    /// 已撤回.
    Withdrawn,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Submitted,
        Self::Verified,
        Self::Noticed,
        Self::Paying,
        Self::Returned,
        Self::Paid,
        Self::Rejected,
        Self::Recovered,
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
const TABLE: [(&str, &str, Awaiting, &str); 9] = [
    (
        "submitted",
        "待核实",
        Awaiting::Roles(SEEN),
        "申请已收到，正在核实安葬的时间、地点和照片。",
    ),
    (
        "verified",
        "待审核",
        Awaiting::Roles(OFFICE),
        "安葬已经核实，正在由民政局审核。",
    ),
    (
        "noticed",
        "公示中",
        Awaiting::Time("公示期满"),
        "审核已通过，正在公示；没有异议的，公示期满后发放。",
    ),
    (
        "paying",
        "发放中",
        Awaiting::Department("代发银行"),
        "奖补正在发放，几天内到账。",
    ),
    (
        "returned",
        "银行退回",
        Awaiting::Applicant,
        "银行退回了这笔钱，请换一个本人的银行账户。",
    ),
    (
        "paid",
        "已发放",
        Awaiting::Nobody,
        "奖补已发放到您的账户。感谢您选择生态安葬。",
    ),
    (
        "rejected",
        "不予奖补",
        Awaiting::Nobody,
        "没有通过，理由和救济途径见告知书。",
    ),
    ("recovered", "已追回", Awaiting::Nobody, "奖补已经追回。"),
    (
        "withdrawn",
        "已撤回",
        Awaiting::Nobody,
        "申请已撤回，可以重新申请。",
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
