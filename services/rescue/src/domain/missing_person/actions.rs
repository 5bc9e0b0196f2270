//! The table of acts (rules R15).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

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
            "add_clue",
            "补充线索",
            "想起来什么就补什么，系统会马上重新比对。",
            By::Applicant,
            OPEN,
        ),
        of::<data::Clue>,
    ),
    with(
        act(
            "record_clue",
            "登记线索",
            "家属来电补充的线索。",
            STAFF,
            OPEN,
        ),
        of::<data::Clue>,
    ),
    with(
        act(
            "found_elsewhere",
            "人已找到",
            "告诉我们以后不再比对。",
            By::Applicant,
            OPEN,
        ),
        of::<data::Elsewhere>,
    ),
    with(
        act(
            "record_found",
            "登记人已找到",
            "家属来电告知的。",
            STAFF,
            OPEN,
        ),
        of::<data::Elsewhere>,
    ),
    grave(act(
        "withdraw",
        "撤回",
        "撤回以后不再比对，可以重新求助。",
        By::Applicant,
        OPEN,
    )),
    act(
        "checking",
        "正在核实线索",
        "",
        By::System,
        &[State::Searching],
    ),
    act("checked", "线索已排除", "", By::System, &[State::Checking]),
    with(
        act("matched", "比中", "", By::System, OPEN),
        of::<data::Matched>,
    ),
    with(
        act(
            "match_taken_back",
            "撤销比中",
            "",
            By::System,
            &[State::Matched],
        ),
        of::<Reasons>,
    ),
];
