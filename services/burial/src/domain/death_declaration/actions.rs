//! The table of acts: who may do what from which state.

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, changes, grave, of, with},
    ripple::{Change, Whom},
};

use super::{action as data, form::DECLARED, state::State};

pub(super) use crate::domain::death_certificate::{APPROVERS, OFFICE};

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    changes(
        Change::Death,
        Whom::As(DECLARED),
        grave(with(
            act(
                "check",
                "核对登记",
                "由录入人以外的工作人员对照判决书原件核对；登记后婚姻、救助等同时得知。",
                By::Roles(OFFICE),
                &[State::Received],
            ),
            of::<data::Check>,
        )),
    ),
    with(
        act(
            "return_paper",
            "退回",
            "与判决书不一致的，说明理由退回。",
            By::Roles(OFFICE),
            &[State::Received],
        ),
        of::<data::Reasons>,
    ),
    grave(with(
        act(
            "ask_cancel",
            "登记撤销判决",
            "本人重新出现，人民法院撤销死亡宣告的，登记撤销判决，由另一名有审批权限的人员核对。",
            By::Roles(OFFICE),
            &[State::Declared],
        ),
        of::<data::Cancellation>,
    )),
    changes(
        Change::DeathRevoked,
        Whom::As(DECLARED),
        grave(with(
            act(
                "cancel",
                "同意撤销",
                "撤销后，因宣告死亡而终止的婚姻、救助随之恢复核查。",
                By::Roles(APPROVERS),
                &[State::CancelAsked],
            ),
            of::<data::Check>,
        )),
    ),
    with(
        act(
            "keep",
            "不同意撤销",
            "判决与登记对不上的，说明理由，宣告继续有效。",
            By::Roles(APPROVERS),
            &[State::CancelAsked],
        ),
        of::<data::Reasons>,
    ),
];
