//! The table of acts: who may do what from which state (rules A2.7).

use yiwang_casework::{ActionSpec, By};

use super::{
    action as data,
    state::{APPROVER, State},
};
use crate::domain::desk::OFFICE;
use yiwang_casework::acts::{act, changes, grave, of, with};
use yiwang_casework::ripple::{Change, Whom};

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "propose",
            "提出审核意见",
            "核对文书、事实与原登记。",
            By::Roles(OFFICE),
            &[State::Received],
        ),
        of::<data::Propose>,
    ),
    changes(
        Change::MarriageEnded,
        Whom::Everybody,
        grave(with(
            act(
                "approve",
                "审批",
                "由接收人和审核人以外的负责人决定；同意的，登记撤销、证件作废、备注并列入失信名单。",
                By::Roles(APPROVER),
                &[State::Proposed],
            ),
            of::<data::Approve>,
        )),
    ),
];
