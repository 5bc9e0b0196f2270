//! The table of acts (rules F15).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{
    action as data,
    state::{OFFICE, State},
};
use crate::domain::eco_subsidy::action::Reasons;

const INSPECTOR: By = By::Roles(OFFICE);

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    act(
        "accept",
        "受理",
        "受理以后开始核查。",
        INSPECTOR,
        &[State::Submitted],
    ),
    with(
        act(
            "find",
            "登记认定",
            "核对账单和当日有效的价目清单；由另一人复核后生效。",
            INSPECTOR,
            &[State::Inspecting],
        ),
        of::<data::Finding>,
    ),
    grave(act(
        "countersign",
        "第二人复核",
        "不能是登记认定的人。",
        INSPECTOR,
        &[State::Found],
    )),
    with(
        act(
            "discard",
            "作废认定",
            "写错了的，作废后重新登记。",
            INSPECTOR,
            &[State::Found],
        ),
        of::<Reasons>,
    ),
    grave(act(
        "withdraw",
        "撤回投诉",
        "",
        By::Applicant,
        &[State::Submitted, State::Inspecting],
    )),
];
