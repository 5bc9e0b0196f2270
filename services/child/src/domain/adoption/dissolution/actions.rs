//! The table of acts.

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{action as data, state::State};
use crate::domain::adoption::REGISTRAR;

const DESK: By = By::Roles(REGISTRAR);
const OPEN: &[State] = &[State::Applied, State::Agreed];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "agree",
            "登记当面确认",
            "双方一起到场；被收养人未成年的，送养人也要到场，满8周岁的要本人同意。",
            DESK,
            &[State::Applied],
        ),
        of::<data::Agree>,
    ),
    grave(with(
        act(
            "propose",
            "提出审批意见",
            "第一名工作人员拟办。",
            DESK,
            OPEN,
        ),
        of::<data::Propose>,
    )),
    grave(act(
        "confirm",
        "审批",
        "另一名工作人员用本人账号审批。",
        DESK,
        OPEN,
    )),
    with(
        act("send_back", "退回", "意见不对的退回重办。", DESK, OPEN),
        of::<data::Reasons>,
    ),
    grave(with(
        act(
            "withdraw",
            "撤回申请",
            "办结以前可以撤回。",
            By::ApplicantInPerson,
            OPEN,
        ),
        of::<data::Reasons>,
    )),
];
