//! The table of acts (rules F09).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};
use yiwang_chassis::identity::Role;

use super::{
    action as data,
    state::{OFFICE, State},
};

/// Who verifies: the place that took it in, counters, the county.
const VERIFIERS: By = By::Roles(&[
    Role::Funeral,
    Role::Clerk,
    Role::TownshipOfficer,
    Role::CountyOfficer,
]);
const COUNTY: By = By::Roles(OFFICE);
const OPEN: &[State] = &[State::Submitted, State::Verified];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "verify",
            "核实安葬",
            "看过现场和照片以后登记；本地登记的安葬自动核实。",
            VERIFIERS,
            &[State::Submitted],
        ),
        of::<data::Verify>,
    ),
    with(
        act(
            "approve",
            "审核通过",
            "每位逝者全国只奖补一次；公示期满或者不公示的，直接发放。",
            COUNTY,
            &[State::Verified],
        ),
        of::<data::Approve>,
    ),
    act(
        "notice_over",
        "公示期满",
        "系统到期自动办理。",
        By::System,
        &[State::Noticed],
    ),
    act(
        "objected",
        "收到异议",
        "停止公示，重新审核。",
        By::System,
        &[State::Noticed],
    ),
    grave(with(
        act(
            "reject",
            "不予奖补",
            "出具告知书，写明理由和救济途径。",
            COUNTY,
            OPEN,
        ),
        of::<data::Reasons>,
    )),
    grave(act(
        "withdraw",
        "撤回申请",
        "撤回以后可以重新申请。",
        By::Applicant,
        OPEN,
    )),
    act(
        "settled",
        "银行回盘",
        "代发银行答复。",
        By::System,
        &[State::Paying],
    ),
    with(
        act(
            "change_account",
            "更换收款账户",
            "银行退回的，换一个本人账户重新发放。",
            By::ApplicantInPerson,
            &[State::Returned],
        ),
        of::<data::ChangeAccount>,
    ),
    grave(with(
        act(
            "recover",
            "追回奖补",
            "骗取的追回；由另一名工作人员复核。",
            COUNTY,
            &[State::Paid],
        ),
        of::<data::Recover>,
    )),
    grave(act(
        "confirm_recovery",
        "复核追回",
        "不能是登记追回的人。",
        COUNTY,
        &[State::Paid],
    )),
];
