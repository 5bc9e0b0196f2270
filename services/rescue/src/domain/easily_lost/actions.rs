//! The table of acts (rules R12).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{
    action as data,
    state::{COUNTY, OFFICE, State, TOWNSHIP},
};

const ON_IT: &[State] = &[State::Listed, State::Due];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "list",
            "审核入库",
            "核对采集的信息，定等级和责任人。不能是采集的人。",
            By::Roles(COUNTY),
            &[State::Proposed],
        ),
        of::<data::Listing>,
    ),
    grave(with(
        act(
            "reject",
            "不予纳入",
            "写明理由。",
            By::Roles(COUNTY),
            &[State::Proposed],
        ),
        of::<data::Reasons>,
    )),
    act("visit_due", "到回访月份", "", By::System, ON_IT),
    with(
        act(
            "visit",
            "登记回访",
            "上门见到本人。",
            By::Roles(TOWNSHIP),
            ON_IT,
        ),
        of::<data::Visit>,
    ),
    with(
        act(
            "collect",
            "重新采集",
            "每半年采集一次。",
            By::Roles(TOWNSHIP),
            ON_IT,
        ),
        of::<data::Collected>,
    ),
    with(
        act("relevel", "调整等级、责任人", "", By::Roles(COUNTY), ON_IT),
        of::<data::Listing>,
    ),
    act(
        "raise",
        "提高等级",
        "返乡以后又外出流浪的。",
        By::System,
        ON_IT,
    ),
    with(
        act(
            "alarm",
            "失联预警",
            "先报警。登记以后，各地救助管理站马上能比对。",
            By::Roles(OFFICE),
            ON_IT,
        ),
        of::<data::Alarm>,
    ),
    with(
        act(
            "found",
            "登记找回",
            "",
            By::Roles(OFFICE),
            &[State::Missing],
        ),
        of::<data::Found>,
    ),
    grave(with(
        act(
            "remove",
            "移出",
            "写明原因。",
            By::Roles(COUNTY),
            &[State::Listed, State::Due, State::Missing],
        ),
        of::<data::Remove>,
    )),
];
