//! Where a deposit stands (rules F07).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};

pub(super) use crate::domain::grave::state::STAFF;

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Handed in; the urn is awaited.
    Applied,
    /// On deposit.
    InStore,
    /// Paid for not much longer.
    DueSoon,
    /// The paid time is over.
    Overdue,
    /// Nobody came for long: public notice.
    Notice,
    /// Nobody came during the notice.
    Unclaimed,
    /// Taken by the family.
    Taken,
    /// Moved to a place.
    Moved,
    /// Laid to rest ecologically.
    Settled,
    /// Refused.
    Refused,
    /// Withdrawn.
    Withdrawn,
    /// A step is written down and waits for the second signature.
    Signing,
    /// The family has asked for something.
    Asked,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Applied,
        Self::InStore,
        Self::DueSoon,
        Self::Overdue,
        Self::Notice,
        Self::Unclaimed,
        Self::Taken,
        Self::Moved,
        Self::Settled,
        Self::Refused,
        Self::Withdrawn,
        Self::Signing,
        Self::Asked,
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

/// Code, label, who is awaited, words for the family; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 13] = [
    (
        "applied",
        "待入存",
        Awaiting::Roles(STAFF),
        "申请已收到，请带火化证明和身份证件到寄存单位办理入存。",
    ),
    (
        "in_store",
        "寄存中",
        Awaiting::Standing,
        "骨灰寄存在馆。到期以前会提前60天、30天提醒您。",
    ),
    (
        "due_soon",
        "即将到期",
        Awaiting::Standing,
        "寄存期快满了，请在这里申请续存，也可以预约领取或者安放。",
    ),
    (
        "overdue",
        "已到期",
        Awaiting::Roles(STAFF),
        "寄存期已满，请尽快在这里申请续存，或者领取、安放。骨灰仍然保管在馆。",
    ),
    (
        "notice",
        "无人认领公告",
        Awaiting::Roles(STAFF),
        "寄存期满很久没有人办理，正在公告。请尽快与寄存单位联系。",
    ),
    (
        "unclaimed",
        "待生态安葬",
        Awaiting::Roles(STAFF),
        "公告期满没有人办理，将报民政局后生态安葬。现在仍然可以领取。",
    ),
    ("taken", "已领取", Awaiting::Nobody, "骨灰已由家属领取。"),
    (
        "moved",
        "已转安放",
        Awaiting::Nobody,
        "骨灰已经安放（葬），寄存结束。",
    ),
    (
        "settled",
        "已生态安葬",
        Awaiting::Nobody,
        "无人认领的骨灰已经公告后生态安葬，档案永久保存。",
    ),
    (
        "refused",
        "不予办理",
        Awaiting::Nobody,
        "不符合条件，理由已书面告知。",
    ),
    ("withdrawn", "已撤回", Awaiting::Nobody, "申请已撤回。"),
    (
        "signing",
        "待第二人签名",
        Awaiting::Roles(STAFF),
        "寄存单位已经登记，还差一个签名。请您核对以后在手机上签名，或者由另一名工作人员复核。",
    ),
    (
        "asked",
        "家属申请待办",
        Awaiting::Roles(STAFF),
        "您的申请已经转给寄存单位。办好以后会告诉您；在这以前骨灰不动。",
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
