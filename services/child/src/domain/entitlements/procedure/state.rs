//! Where a case stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// The township window elsewhere that received it.
pub const WINDOW: &[Role] = &[Role::TownshipOfficer, Role::ChildSupervisor];
/// The township of the household verifies.
pub const TOWNSHIP: &[Role] = &[Role::ChildSupervisor];
/// The county confirms.
pub const COUNTY: &[Role] = &[Role::ChildCounty];
/// Both.
pub const OFFICE: &[Role] = &[Role::ChildSupervisor, Role::ChildCounty];
/// Whose eyes a case is not hidden from, within their division.
pub const LINE: &[Role] = &[Role::ChildWorker, Role::ChildSupervisor, Role::ChildCounty];
/// Who may file for a family.
pub const FILERS: &[Role] = &[Role::ChildWorker, Role::ChildSupervisor, Role::WelfareHome];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待转户籍地 (KS).
    Received,
    /// 待补充.
    Returned,
    /// 待查验.
    Verifying,
    /// 待核实: the system opened it.
    Review,
    /// 待确认.
    Confirming,
    /// 享受中.
    Paid,
    /// 待复核: something has changed.
    Recheck,
    /// 复核待确认.
    Reconfirming,
    /// 暂停发放.
    Suspended,
    /// 待告知: refused, the township elsewhere tells it (KS).
    ToTell,
    /// 未通过.
    Refused,
    /// 已撤回.
    Withdrawn,
    /// 已终止.
    Ended,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Received,
        Self::Returned,
        Self::Verifying,
        Self::Review,
        Self::Confirming,
        Self::Paid,
        Self::Recheck,
        Self::Reconfirming,
        Self::Suspended,
        Self::ToTell,
        Self::Refused,
        Self::Withdrawn,
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

impl State {
    /// Confirmed, and not over.
    #[must_use]
    pub fn is_granted(self) -> bool {
        GRANTED.contains(&self)
    }

    /// Not confirmed yet.
    #[must_use]
    pub fn is_before(self) -> bool {
        BEFORE.contains(&self)
    }

    /// Over.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Refused | Self::Withdrawn | Self::Ended)
    }
}

/// Not confirmed yet.
pub const BEFORE: &[State] = &[
    State::Received,
    State::Returned,
    State::Verifying,
    State::Review,
    State::Confirming,
];
/// Confirmed.
pub const GRANTED: &[State] = &[
    State::Paid,
    State::Recheck,
    State::Reconfirming,
    State::Suspended,
];
/// Not over.
pub const OPEN: &[State] = &[
    State::Received,
    State::Returned,
    State::Verifying,
    State::Review,
    State::Confirming,
    State::Paid,
    State::Recheck,
    State::Reconfirming,
    State::Suspended,
];
/// With the home township.
pub const AT_HOME: &[State] = &[State::Verifying, State::Review, State::Recheck];
/// Where two sign.
pub const SIGNED: &[State] = &[
    State::Confirming,
    State::Paid,
    State::Recheck,
    State::Reconfirming,
    State::Suspended,
];

/// While there is money to talk about.
pub const AFTER: &[State] = &[
    State::Paid,
    State::Recheck,
    State::Reconfirming,
    State::Suspended,
    State::Ended,
];

/// Code, label, who is awaited, words; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 13] = [
    (
        "received",
        "待转户籍地",
        Awaiting::Roles(WINDOW),
        "已经受理，3个工作日内转给孩子户籍地的乡镇（街道）。",
    ),
    (
        "returned",
        "待补充",
        Awaiting::Applicant,
        "请按一次性告知的内容补充；能核对到的不用再交。",
    ),
    (
        "verifying",
        "待查验",
        Awaiting::Roles(TOWNSHIP),
        "户籍地乡镇（街道）正在查验父母的情况，先用部门数据核对。",
    ),
    (
        "review",
        "待核实",
        Awaiting::Roles(TOWNSHIP),
        "孩子的父母情况有变化，乡镇（街道）正在核实是否符合条件，不用您申请。",
    ),
    (
        "confirming",
        "待确认",
        Awaiting::Roles(COUNTY),
        "县级民政部门正在确认，由两个人分别审核。",
    ),
    (
        "paid",
        "享受中",
        Awaiting::Standing,
        "按月发放；情况有变化请及时告诉乡镇（街道）或者村（居）委会。",
    ),
    (
        "recheck",
        "待复核",
        Awaiting::Roles(TOWNSHIP),
        "情况有变化，正在核实；核实清楚以前照常发放。",
    ),
    (
        "reconfirming",
        "复核待确认",
        Awaiting::Roles(COUNTY),
        "乡镇（街道）已经核实，等县级民政部门确认。",
    ),
    (
        "suspended",
        "暂停发放",
        Awaiting::Roles(COUNTY),
        "暂停发放，原因见记录；恢复以后补发。",
    ),
    (
        "to_tell",
        "待告知",
        Awaiting::Roles(WINDOW),
        "没有通过，受理的乡镇（街道）3个工作日内把决定书交给申请人。",
    ),
    (
        "refused",
        "未通过",
        Awaiting::Nobody,
        "没有通过，理由和救济途径见决定书；情况变化后可以再申请。",
    ),
    ("withdrawn", "已撤回", Awaiting::Nobody, "申请已经撤回。"),
    (
        "ended",
        "已终止",
        Awaiting::Nobody,
        "已经终止，原因见记录。",
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
