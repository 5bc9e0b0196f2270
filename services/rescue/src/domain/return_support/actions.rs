//! The table of acts (rules R13).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{
    action as data,
    state::{OFFICE, State, TOWNSHIP},
};

const TOWN: By = By::Roles(TOWNSHIP);
const BOTH: By = By::Roles(OFFICE);
const AT_HOME: &[State] = &[
    State::Opened,
    State::Received,
    State::Assessed,
    State::Supporting,
];

const OPEN: &[State] = &[
    State::Opened,
    State::Received,
    State::Assessed,
    State::Supporting,
    State::Again,
];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "receive",
            "接收",
            "与救助管理站、亲属当面交接，写明交接单编号。",
            TOWN,
            &[State::Opened],
        ),
        of::<data::Receive>,
    ),
    with(
        act(
            "assess",
            "评估需求",
            "入户了解，列清需要落实的救助和监护；相关科室马上收到。",
            TOWN,
            &[State::Received],
        ),
        of::<data::Assess>,
    ),
    with(
        act(
            "plan",
            "制定帮扶计划",
            "确定责任人，按月回访。",
            TOWN,
            &[State::Assessed],
        ),
        of::<data::Plan>,
    ),
    with(
        act(
            "visit",
            "登记回访",
            "上门见到本人。",
            TOWN,
            &[State::Supporting],
        ),
        of::<data::Visit>,
    ),
    with(
        act(
            "stable",
            "认定稳固",
            "各次回访都做完以后办理。",
            TOWN,
            &[State::Supporting],
        ),
        of::<data::Reasons>,
    ),
    grave(with(
        act(
            "again",
            "登记再次外出流浪",
            "尽快寻找，必要时报警。",
            BOTH,
            AT_HOME,
        ),
        of::<data::Again>,
    )),
    with(
        act(
            "returned",
            "登记再次返乡",
            "重新帮扶，等级提高。",
            BOTH,
            OPEN,
        ),
        of::<data::Returned>,
    ),
    grave(with(
        act("close", "结束帮扶", "写明原因。", BOTH, OPEN),
        of::<data::Close>,
    )),
];
