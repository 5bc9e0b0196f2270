//! Where a settlement stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Who asks.
pub const STATION: &[Role] = &[Role::Station];
/// Who reviews.
pub const COUNTY: &[Role] = &[Role::CountyOfficer];
/// Who records the government's approval.
pub const GOVERNMENT: &[Role] = &[Role::Approver];
/// Station and civil affairs.
pub const OFFICE: &[Role] = &[Role::Station, Role::CountyOfficer];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待审核.
    Applied,
    /// 退回补充.
    Returned,
    /// 待政府批准.
    Reviewed,
    /// 待落户.
    Approved,
    /// 待落实待遇.
    Registered,
    /// 已安置.
    Settled,
    /// 待注销临时户口.
    Found,
    /// 已撤销.
    Cancelled,
    /// 已终止.
    Ended,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Applied,
        Self::Returned,
        Self::Reviewed,
        Self::Approved,
        Self::Registered,
        Self::Settled,
        Self::Found,
        Self::Cancelled,
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
const TABLE: [(&str, &str, Awaiting, &str); 9] = [
    (
        "applied",
        "待审核",
        Awaiting::Roles(COUNTY),
        "等民政部门审核。",
    ),
    (
        "returned",
        "退回补充",
        Awaiting::Roles(STATION),
        "请按退回的意见补充。",
    ),
    (
        "reviewed",
        "待政府批准",
        Awaiting::Roles(GOVERNMENT),
        "安置方案已报政府，批准以后登记文号。",
    ),
    (
        "approved",
        "待落户",
        Awaiting::Roles(OFFICE),
        "请到公安机关办理落户。",
    ),
    (
        "registered",
        "待落实待遇",
        Awaiting::Roles(COUNTY),
        "已经落户，请落实救助供养、医保等待遇。",
    ),
    (
        "settled",
        "已安置",
        Awaiting::Standing,
        "已经安置；每年再次比对，继续寻亲。",
    ),
    (
        "found",
        "待注销临时户口",
        Awaiting::Roles(OFFICE),
        "已经查明真实身份，请到公安机关注销临时户口、恢复原来的户口。",
    ),
    (
        "cancelled",
        "已撤销",
        Awaiting::Nobody,
        "已经查明真实身份，临时户口注销。",
    ),
    (
        "ended",
        "已终止",
        Awaiting::Nobody,
        "没有落户安置，原因见记录。",
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
