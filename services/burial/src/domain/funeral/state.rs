//! Where a body stands in the chain (rules F02 to F07).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Who works at a home.
pub const HOME: &[Role] = &[Role::Funeral];
const COUNTY: &[Role] = &[Role::CountyOfficer];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 报丧.
    Notified,
    /// 派车.
    Dispatched,
    /// 接运.
    PickedUp,
    /// 入馆.
    Received,
    /// 存放.
    Stored,
    /// 火化排期.
    Scheduled,
    /// 火化前核验.
    Verified,
    /// 火化中.
    Cremating,
    /// 火化完成.
    Cremated,
    /// 已出具火化证明.
    Certified,
    /// 骨灰交接.
    Handed,
    /// 骨灰寄存.
    Deposited,
    /// 外运待审批.
    TransferAsked,
    /// 外运已批准.
    TransferAllowed,
    /// 已外运.
    Transferred,
    /// 已撤销.
    Withdrawn,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Notified,
        Self::Dispatched,
        Self::PickedUp,
        Self::Received,
        Self::Stored,
        Self::Scheduled,
        Self::Verified,
        Self::Cremating,
        Self::Cremated,
        Self::Certified,
        Self::Handed,
        Self::Deposited,
        Self::TransferAsked,
        Self::TransferAllowed,
        Self::Transferred,
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

const AT_HOME: Awaiting = Awaiting::Roles(HOME);

/// Code, label, who is awaited, words for the family; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 16] = [
    (
        "notified",
        "待派车",
        AT_HOME,
        "殡仪馆已经收到，正在安排车辆。请保持电话畅通，准备好死亡证明和您的身份证。",
    ),
    (
        "dispatched",
        "接运途中",
        AT_HOME,
        "接运车辆已经出发。请在约定的地点等候，把死亡证明交给接运人员核对。",
    ),
    (
        "picked_up",
        "正在送往殡仪馆",
        AT_HOME,
        "已经接到逝者，正在送往殡仪馆。",
    ),
    (
        "received",
        "已入馆",
        AT_HOME,
        "逝者已到殡仪馆。您可以在这里预约告别和火化的时间。",
    ),
    (
        "stored",
        "安放在馆",
        AT_HOME,
        "逝者安放在殡仪馆。请选定火化时间；需要告别的，可以预约告别厅。",
    ),
    (
        "scheduled",
        "火化时间已定",
        AT_HOME,
        "火化时间已经定好，请按下面的安排到场，带上您的身份证。",
    ),
    (
        "verified",
        "已核验，等候火化",
        AT_HOME,
        "证件和火化确认书已经由两名工作人员核对无误。",
    ),
    (
        "cremating",
        "正在火化",
        AT_HOME,
        "正在火化，请在休息区等候。",
    ),
    (
        "cremated",
        "火化完成",
        AT_HOME,
        "火化已经完成，正在出具火化证明。",
    ),
    (
        "certified",
        "待领取骨灰",
        AT_HOME,
        "火化证明已经出具，在“我的证照”里可以查看。请凭身份证领取骨灰，或者在馆寄存。",
    ),
    (
        "handed",
        "骨灰已领取",
        Awaiting::Nobody,
        "骨灰已由您签收。可以凭火化证明申请格位、墓位或者生态安葬。",
    ),
    (
        "deposited",
        "骨灰已寄存",
        Awaiting::Nobody,
        "骨灰寄存在殡仪馆，凭身份证和收据领取。",
    ),
    (
        "transfer_asked",
        "外运待审批",
        Awaiting::Roles(COUNTY),
        "外运申请已经交给县（市、区）民政局审批。",
    ),
    (
        "transfer_allowed",
        "外运已批准",
        AT_HOME,
        "民政局已经批准外运，请与殡仪馆约定出发时间。",
    ),
    (
        "transferred",
        "已外运",
        Awaiting::Nobody,
        "遗体已由殡仪馆的专用车辆运出。",
    ),
    (
        "withdrawn",
        "已撤销",
        Awaiting::Nobody,
        "这次治丧服务已经撤销，没有产生费用。",
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
