//! Where an adoption stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

use crate::domain::adoption::REGISTRAR;

/// Who assesses: never who decides (rules B5.14).
pub const ASSESSORS: &[Role] = &[Role::ChildCounty, Role::ChildCentre];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 已申请，待核对.
    Applied,
    /// 材料已核对.
    PapersChecked,
    /// 寻亲公告中.
    SearchNotice,
    /// 评估中.
    Assessing,
    /// 待登记.
    Reviewed,
    /// 已登记.
    Registered,
    /// 不予登记.
    Refused,
    /// 已撤回.
    Withdrawn,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Applied,
        Self::PapersChecked,
        Self::SearchNotice,
        Self::Assessing,
        Self::Reviewed,
        Self::Registered,
        Self::Refused,
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
const TABLE: [(&str, &str, Awaiting, &str); 8] = [
    (
        "applied",
        "已申请，待核对",
        Awaiting::Roles(REGISTRAR),
        "请收养人夫妻一起到县级民政部门，当面核对材料、询问意愿。",
    ),
    (
        "papers_checked",
        "材料已核对",
        Awaiting::Roles(REGISTRAR),
        "材料齐全，接下来公告寻找生父母，或者进行收养评估。评估不收费。",
    ),
    (
        "search_notice",
        "寻找生父母公告中",
        Awaiting::Roles(ASSESSORS),
        "正在公告寻找儿童的生父母，公告60日；公告时间不计入办理期限。",
    ),
    (
        "assessing",
        "收养评估中",
        Awaiting::Roles(ASSESSORS),
        "评估人员会上门了解情况。评估不收费，评估时间不计入办理期限。",
    ),
    (
        "reviewed",
        "待登记",
        Awaiting::Roles(REGISTRAR),
        "核对婚姻状况后，由两名工作人员审批登记。",
    ),
    (
        "registered",
        "已登记",
        Awaiting::Nobody,
        "收养关系自登记之日起成立。请凭收养登记证到公安机关办理儿童的户口。",
    ),
    (
        "refused",
        "不予登记",
        Awaiting::Nobody,
        "不符合收养条件，理由和救济途径见告知书。",
    ),
    ("withdrawn", "已撤回", Awaiting::Nobody, "申请已经撤回。"),
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
