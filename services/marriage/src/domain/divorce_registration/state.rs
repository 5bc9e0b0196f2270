//! Where a divorce stands (rules A2.4), in the order of the law.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};

use crate::domain::desk::{COUNTER, OFFICE};

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Both have applied.
    Applied,
    /// 不予受理.
    NotAccepted,
    /// Accepted; the cooling-off 冷静期 runs.
    Cooling,
    /// Taken back by one of them.
    Withdrawn,
    /// Both may come for the certificate.
    CertWindow,
    /// Nobody came in time.
    DeemedWithdrawn,
    /// Divorced.
    Registered,
    /// Both hold their certificate.
    HandedOver,
    /// In the archive.
    Archived,
    /// Ended from outside: death, court, revocation.
    Terminated,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Applied,
        Self::NotAccepted,
        Self::Cooling,
        Self::Withdrawn,
        Self::CertWindow,
        Self::DeemedWithdrawn,
        Self::Registered,
        Self::HandedOver,
        Self::Archived,
        Self::Terminated,
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

/// Code, label, who is awaited, words for the two; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 10] = [
    (
        "applied",
        "待受理",
        Awaiting::Roles(COUNTER),
        "申请书和离婚协议已交，登记员正在审查。",
    ),
    (
        "not_accepted",
        "不予受理",
        Awaiting::Nobody,
        "申请不予受理，理由见告知书。",
    ),
    (
        "cooling",
        "冷静期",
        Awaiting::Time("冷静期届满"),
        "申请已受理，正在冷静期内。任何一方不愿离婚的，可以在回执单写明的日期前到受理的婚姻登记处撤回申请。",
    ),
    (
        "withdrawn",
        "已撤回",
        Awaiting::Nobody,
        "申请已撤回，婚姻关系不变。仍要离婚的，需要重新申请并重新计算冷静期。",
    ),
    (
        "cert_window",
        "待领离婚证",
        Awaiting::Applicant,
        "冷静期已满。请双方在回执单写明的期限内一同到受理的婚姻登记处申领离婚证，逾期视为撤回申请。",
    ),
    (
        "deemed_withdrawn",
        "视为撤回",
        Awaiting::Nobody,
        "双方没有在期限内申领离婚证，视为撤回离婚登记申请，婚姻关系不变。仍要离婚的，可以重新申请。",
    ),
    (
        "registered",
        "已登记离婚",
        Awaiting::Roles(COUNTER),
        "离婚登记已完成，婚姻关系已经解除，正在发给离婚证。",
    ),
    (
        "handed_over",
        "已发证",
        Awaiting::Roles(OFFICE),
        "离婚证已发给双方。",
    ),
    (
        "archived",
        "已归档",
        Awaiting::Nobody,
        "离婚登记已办结，档案已归档。",
    ),
    (
        "terminated",
        "已终止",
        Awaiting::Nobody,
        "婚姻关系已因其他原因终止，离婚登记程序随之终止。",
    ),
];

/// Accepted and not yet decided; the dates of the receipt tell what may be done.
pub(super) const RUNNING: &[State] = &[State::Cooling, State::CertWindow];

/// Not yet decided.
pub(super) const UNDECIDED: &[State] = &[State::Applied, State::Cooling, State::CertWindow];

/// As long as the two come to the hall.
pub(super) const SEEN: &[State] = &[
    State::Applied,
    State::Cooling,
    State::CertWindow,
    State::Registered,
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
