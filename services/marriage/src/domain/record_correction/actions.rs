//! The table of acts: who may do what from which state (rules A5.7).

use yiwang_casework::{ActionSpec, By};

use super::{
    action as data,
    state::{DECIDING, State},
};
use crate::domain::desk::COUNTER;
use yiwang_casework::acts::{act, grave, of, with};

const TO_COUNTER: By = By::Roles(COUNTER);

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    act(
        "identity_answered",
        "身份核验结果",
        "",
        By::System,
        &[State::Applied, State::Proposed],
    ),
    act(
        "recheck_identity",
        "重新核验身份",
        "长时间没有结果、结果有误，或者结果不是当天的，使用这一步。",
        By::Roles(DECIDING),
        &[State::Applied, State::Proposed],
    ),
    with(
        act(
            "propose",
            "提出审核意见",
            "核对原登记档案、证件和证明。",
            TO_COUNTER,
            &[State::Applied],
        ),
        of::<data::Propose>,
    ),
    grave(with(
        act(
            "approve",
            "审批",
            "由受理人和审核人以外的负责人或者另一名婚姻登记员决定；同意的，登记簿形成新版本，旧版本保留，记载有误的证件作废并换发。",
            By::Roles(DECIDING),
            &[State::Proposed],
        ),
        of::<data::Approve>,
    )),
    with(
        act(
            "deliver",
            "领取新证",
            "当场签收。",
            TO_COUNTER,
            &[State::Corrected],
        ),
        of::<data::Deliver>,
    ),
];
