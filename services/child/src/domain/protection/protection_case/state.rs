//! Where a case stands (rules B2.7).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Who leads.
pub const COUNTY: &[Role] = &[Role::ChildCounty];
/// Who acts day by day.
pub const OFFICE: &[Role] = &[Role::ChildCounty, Role::ChildCentre];
/// The same with the township.
pub const LINE: &[Role] = &[Role::ChildCounty, Role::ChildCentre, Role::ChildSupervisor];
/// Who follows up.
pub const VISITORS: &[Role] = &[
    Role::ChildCounty,
    Role::ChildCentre,
    Role::ChildSupervisor,
    Role::ChildWorker,
];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 已报告.
    Reported,
    /// 已研判.
    Triaged,
    /// 应急处置中.
    Emergency,
    /// 评估中.
    Assessing,
    /// 待会商.
    CaseConference,
    /// 帮扶中.
    Helping,
    /// 监护干预中.
    Intervening,
    /// 回访中.
    FollowUp,
    /// 已结案.
    Closed,
    /// 已并案.
    Merged,
    /// 已移送.
    Transferred,
}

impl State {
    /// The step of the four it belongs to; `follow_up` and `closed` after them.
    #[must_use]
    pub fn step(self) -> &'static str {
        match self {
            Self::Reported | Self::Triaged => "report",
            Self::Emergency => "emergency",
            Self::Assessing | Self::CaseConference | Self::Helping => "assess",
            Self::Intervening => "intervene",
            Self::FollowUp => "follow_up",
            Self::Closed | Self::Merged | Self::Transferred => "closed",
        }
    }
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Reported,
        Self::Triaged,
        Self::Emergency,
        Self::Assessing,
        Self::CaseConference,
        Self::Helping,
        Self::Intervening,
        Self::FollowUp,
        Self::Closed,
        Self::Merged,
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
const TABLE: [(&str, &str, Awaiting, &str); 11] = [
    (
        "reported",
        "已报告",
        Awaiting::Roles(LINE),
        "马上告知公安机关，判断儿童是否有危险。",
    ),
    (
        "triaged",
        "已研判",
        Awaiting::Roles(LINE),
        "有危险的先应急处置，其余转入评估。",
    ),
    (
        "emergency",
        "应急处置中",
        Awaiting::Roles(OFFICE),
        "让儿童先安全下来：联系监护人、送医、安置。",
    ),
    (
        "assessing",
        "评估中",
        Awaiting::Roles(LINE),
        "见到儿童和监护人，评估监护情况。",
    ),
    (
        "case_conference",
        "待会商",
        Awaiting::Roles(COUNTY),
        "会商决定帮扶还是监护干预，写明谁做、哪天做完；要两个人签。",
    ),
    (
        "helping",
        "帮扶中",
        Awaiting::Roles(LINE),
        "按计划帮扶，做完一项登记一项。",
    ),
    (
        "intervening",
        "监护干预中",
        Awaiting::Roles(OFFICE),
        "训诫、保护令、撤销监护人资格，依法逐步进行。",
    ),
    (
        "follow_up",
        "回访中",
        Awaiting::Roles(VISITORS),
        "定期见到儿童本人，期满安全的可以结案。",
    ),
    (
        "closed",
        "已结案",
        Awaiting::Nobody,
        "见到儿童并且安全，已经结案；有变化的可以重新办理。",
    ),
    (
        "merged",
        "已并案",
        Awaiting::Nobody,
        "同一件事，并入另一件办理。",
    ),
    (
        "transferred",
        "已移送",
        Awaiting::Nobody,
        "已移送有管辖权的地方，由那里继续办理。",
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
