//! The table of acts (rules F10).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{
    action as data,
    state::{OFFICE, State},
};
use crate::domain::eco_subsidy::action::{ChangeAccount, Reasons};

const COUNTY: By = By::Roles(OFFICE);

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "approve",
            "审核通过",
            "只报销本地惠民政策减免的项目，每位逝者一次。",
            COUNTY,
            &[State::Submitted],
        ),
        of::<data::Approve>,
    ),
    grave(with(
        act(
            "reject",
            "不予报销",
            "出具告知书，写明理由和救济途径。",
            COUNTY,
            &[State::Submitted],
        ),
        of::<Reasons>,
    )),
    grave(act(
        "withdraw",
        "撤回申请",
        "撤回以后，期限内可以重新申请。",
        By::Applicant,
        &[State::Submitted],
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
        of::<ChangeAccount>,
    ),
];
