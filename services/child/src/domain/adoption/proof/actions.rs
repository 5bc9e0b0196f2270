//! The table of acts.

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{action as data, state::State};
use crate::domain::adoption::REGISTRAR;

const DESK: By = By::Roles(REGISTRAR);
const OPEN: &[State] = &[State::Applied, State::Found];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "found",
            "登记查档结果",
            "申请人本人到场；只核对收养登记，不翻阅送养人资料。",
            DESK,
            &[State::Applied],
        ),
        of::<data::Found>,
    ),
    grave(act(
        "issue",
        "发证",
        "补领的，原证同时作废。",
        DESK,
        &[State::Found],
    )),
    grave(with(
        act("refuse", "不予办理", "写明理由，出具告知书。", DESK, OPEN),
        of::<data::Reasons>,
    )),
    grave(with(
        act(
            "withdraw",
            "撤回申请",
            "发证以前可以撤回。",
            By::ApplicantInPerson,
            OPEN,
        ),
        of::<data::Reasons>,
    )),
];
