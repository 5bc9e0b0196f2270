//! The table of acts.

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{action as data, state::State};
use crate::domain::adoption::REGISTRAR;

const DESK: By = By::Roles(REGISTRAR);
const OPEN: &[State] = &[State::Opened, State::Heard];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "hear",
            "听取意见",
            "撤销以前，告知事实、理由和权利，听取收养人、被收养人的陈述和申辩。",
            DESK,
            OPEN,
        ),
        of::<data::Hear>,
    ),
    grave(with(
        act(
            "propose",
            "提出审批意见",
            "第一名工作人员拟办。",
            DESK,
            &[State::Heard],
        ),
        of::<data::Propose>,
    )),
    grave(act(
        "confirm",
        "审批",
        "另一名工作人员用本人账号审批；撤销的，收养关系自始无效。",
        DESK,
        &[State::Heard],
    )),
    with(
        act(
            "send_back",
            "退回",
            "意见不对的退回重办。",
            DESK,
            &[State::Heard],
        ),
        of::<data::Reasons>,
    ),
];
