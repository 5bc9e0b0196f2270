//! The table of acts (rules R09).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{
    action as data,
    state::{OFFICE, State},
};
use crate::domain::stay::action::Reasons;

const STAFF: By = By::Roles(OFFICE);
const OPEN: &[State] = &[State::Opened, State::Assessed, State::Placed];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "assess",
            "登记健康评估",
            "不适合这家机构的不能转入。",
            STAFF,
            &[State::Opened, State::Assessed],
        ),
        of::<data::Assess>,
    ),
    with(
        act(
            "place",
            "转入托养",
            "机构证照、消防、食品、协议当天有效才能转入。",
            STAFF,
            &[State::Assessed],
        ),
        of::<data::Place>,
    ),
    with(
        act(
            "visit",
            "登记巡查",
            "每周到机构见到本人。",
            STAFF,
            &[State::Placed],
        ),
        of::<data::Visit>,
    ),
    with(
        act(
            "check",
            "登记检查",
            "每月检查消防、食品、照料。",
            STAFF,
            &[State::Placed],
        ),
        of::<data::Check>,
    ),
    with(
        act(
            "evaluate",
            "登记评估",
            "不适合继续托养的，办理转出。",
            STAFF,
            &[State::Placed],
        ),
        of::<data::Evaluate>,
    ),
    with(
        act(
            "take_out",
            "转出",
            "接回救助管理站。",
            STAFF,
            &[State::Placed],
        ),
        of::<data::TakeOut>,
    ),
    with(
        act(
            "institution_failed",
            "机构核查不合格",
            "",
            By::System,
            &[State::Placed],
        ),
        of::<Reasons>,
    ),
    with(
        act("stay_ended", "受助结束", "", By::System, OPEN),
        of::<Reasons>,
    ),
    grave(with(
        act(
            "cancel",
            "取消、结束",
            "还没有转入，或者已经离站的。",
            STAFF,
            OPEN,
        ),
        of::<Reasons>,
    )),
];
