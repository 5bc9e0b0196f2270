//! Where an application for a place stands (rules F08).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Cemetery staff.
pub(crate) const STAFF: &[Role] = &[Role::Funeral];
/// Whoever looks at applications: the cemetery, the counters, the county.
pub(crate) const OFFICE: &[Role] = &[
    Role::Funeral,
    Role::Clerk,
    Role::TownshipOfficer,
    Role::CountyOfficer,
];
/// Whoever approves exceptions and releases by law.
pub(crate) const APPROVER: &[Role] = &[Role::Approver];

/// Who signs second: whoever moves ashes, and whoever releases by law.
pub(crate) const BOTH: &[Role] = &[Role::Funeral, Role::Approver];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Handed in; the place is held for it.
    Submitted,
    /// For a living person: the county approves.
    Approval,
    /// To be signed.
    Approved,
    /// Signed, nobody lies there yet.
    Contracted,
    /// Laid to rest.
    Placed,
    /// The period ends soon.
    Expiring,
    /// The period is over, the notice runs.
    Expired,
    /// Nobody came during the notice.
    NoticeOver,
    /// Moved out 迁葬.
    Relocated,
    /// Never used and given back.
    Returned,
    /// Released by law.
    Released,
    /// Refused.
    Refused,
    /// Withdrawn.
    Withdrawn,
    /// Not signed in time; the place is free again.
    Lapsed,
    /// A step is written down and waits for the second signature.
    Signing,
    /// The family has asked for something.
    Asked,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Submitted,
        Self::Approval,
        Self::Approved,
        Self::Contracted,
        Self::Placed,
        Self::Expiring,
        Self::Expired,
        Self::NoticeOver,
        Self::Relocated,
        Self::Returned,
        Self::Released,
        Self::Refused,
        Self::Withdrawn,
        Self::Lapsed,
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
const TABLE: [(&str, &str, Awaiting, &str); 16] = [
    (
        "submitted",
        "待审核",
        Awaiting::Roles(OFFICE),
        "申请已收到，位置已为您保留，正在审核证明材料。",
    ),
    (
        "approval",
        "待批准",
        Awaiting::Roles(APPROVER),
        "为健在的人申请属于特殊情形，正在由民政局批准，位置继续为您保留。",
    ),
    (
        "approved",
        "待签合同",
        Awaiting::Roles(STAFF),
        "审核通过，请在保留期内到公墓签合同、结清费用。",
    ),
    (
        "contracted",
        "待安放",
        Awaiting::Roles(STAFF),
        "合同已签，请与公墓约定安放（葬）的日子。",
    ),
    (
        "placed",
        "已安放",
        Awaiting::Standing,
        "已经安放（葬）。到期以前会提前提醒您。",
    ),
    (
        "expiring",
        "即将到期",
        Awaiting::Standing,
        "使用期快满了，请在这里申请续期，也可以申请迁出。",
    ),
    (
        "expired",
        "到期公告",
        Awaiting::Roles(STAFF),
        "使用期已满，正在公告。请尽快在这里申请续期或者迁出；公告期间骨灰不会移动。",
    ),
    (
        "notice_over",
        "公告期满",
        Awaiting::Roles(APPROVER),
        "公告期满没有人来办理。仍然可以续期或者迁出，请尽快与公墓联系。",
    ),
    (
        "relocated",
        "已迁出",
        Awaiting::Nobody,
        "已经迁出，骨灰由家属带走。",
    ),
    (
        "returned",
        "已退还",
        Awaiting::Nobody,
        "没有使用的位置已经退还。",
    ),
    (
        "released",
        "已依法处置",
        Awaiting::Nobody,
        "位置已依法收回，骨灰存放在本馆，可以凭证件领取。",
    ),
    (
        "refused",
        "不予办理",
        Awaiting::Nobody,
        "不符合条件，理由已书面告知，位置不再保留。",
    ),
    (
        "withdrawn",
        "已撤回",
        Awaiting::Nobody,
        "申请已撤回，位置不再保留。",
    ),
    (
        "lapsed",
        "保留期满",
        Awaiting::Nobody,
        "保留期内没有签合同，位置不再保留。需要的话请重新选位申请。",
    ),
    (
        "signing",
        "待第二人签名",
        Awaiting::Roles(BOTH),
        "公墓已经登记，还差一个签名。请您核对以后在手机上签名，或者由另一名工作人员复核。",
    ),
    (
        "asked",
        "家属申请待办",
        Awaiting::Roles(STAFF),
        "您的申请已经转给公墓。公墓办好以后会告诉您；在这以前骨灰和位置都不动。",
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
