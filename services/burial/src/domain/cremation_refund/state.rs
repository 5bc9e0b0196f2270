//! Where a refund stands (rules F10).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// The household's county decides.
pub(super) const OFFICE: &[Role] = &[Role::CountyOfficer];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待审核.
    Submitted,
    /// 发放中.
    Paying,
    /// 银行退回.
    Returned,
    /// 已发放.
    Paid,
    /// 不予报销.
    Rejected,
    /// 已撤回.
    Withdrawn,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Submitted,
        Self::Paying,
        Self::Returned,
        Self::Paid,
        Self::Rejected,
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
const TABLE: [(&str, &str, Awaiting, &str); 6] = [
    (
        "submitted",
        "待审核",
        Awaiting::Roles(OFFICE),
        "申请已收到，户籍地民政局正在核对票据。",
    ),
    (
        "paying",
        "发放中",
        Awaiting::Department("代发银行"),
        "报销款正在发放，几天内到账。",
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
        "报销款已发放到您的账户。",
    ),
    (
        "rejected",
        "不予报销",
        Awaiting::Nobody,
        "没有通过，理由和救济途径见告知书。",
    ),
    (
        "withdrawn",
        "已撤回",
        Awaiting::Nobody,
        "申请已撤回，期限内可以重新申请。",
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
