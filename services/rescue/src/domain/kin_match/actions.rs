//! The table of acts (rules R06).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};
use yiwang_chassis::identity::Role;

use super::{
    action as data,
    state::{OFFICE, OPEN, State},
};
use crate::domain::stay::action::Reasons;

const STAFF: By = By::Roles(OFFICE);

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "compare",
            "比对",
            "两边逐项对照；由两个人各用自己的账号比对。",
            STAFF,
            &[State::Candidate, State::First],
        ),
        of::<data::Compare>,
    ),
    with(
        act(
            "ask",
            "请公安机关核实",
            "两人都认为是同一个人的，请公安机关核实身份或者做DNA亲缘比对。",
            STAFF,
            &[State::Compared, State::Answered],
        ),
        of::<data::Ask>,
    ),
    with(
        act(
            "answer",
            "登记答复",
            "照公安机关的书面答复登记。",
            STAFF,
            &[State::Asked],
        ),
        of::<data::Answer>,
    ),
    grave(with(
        act(
            "confirm",
            "确认比中",
            "确认后受助人员的身份随之查明，寻亲公告撤下，家属得到通知。",
            STAFF,
            &[State::Answered],
        ),
        of::<data::Confirm>,
    )),
    grave(with(
        act("reject", "排除", "写明理由。", STAFF, OPEN),
        of::<Reasons>,
    )),
    with(
        act(
            "reopen",
            "重新比对",
            "有了新线索的，从头比对。",
            STAFF,
            &[State::Rejected, State::Lapsed],
        ),
        of::<Reasons>,
    ),
    grave(with(
        act(
            "take_back",
            "撤销确认",
            "认错了的撤销，双方都接着寻亲；不能是确认的人。",
            By::Roles(&[Role::CountyOfficer]),
            &[State::Confirmed],
        ),
        of::<Reasons>,
    )),
    with(
        act("lapse", "寻亲结束", "", By::System, OPEN),
        of::<Reasons>,
    ),
];
