//! The table of acts: who may do what from which state (rules A2.5).

use yiwang_casework::{ActionSpec, By};

use super::{action as data, state::State};
use crate::domain::desk::{COUNTER, OFFICE};
use yiwang_casework::acts::{act, grave, of, with};

use State::{Applied, HandedOver, Reissued};

const TO_COUNTER: By = By::Roles(COUNTER);

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    act(
        "identity_answered",
        "身份核验结果",
        "",
        By::System,
        &[Applied],
    ),
    act(
        "recheck_identity",
        "重新核验身份",
        "长时间没有结果、结果有误，或者结果不是当天的，使用这一步。",
        TO_COUNTER,
        &[Applied],
    ),
    with(
        act(
            "search_archive",
            "登记查档结果",
            "档案或者全国婚姻基础信息库能证明登记的，才能补发。",
            TO_COUNTER,
            &[Applied],
        ),
        of::<data::SearchArchive>,
    ),
    grave(act(
        "reissue",
        "补发",
        "结婚证只在婚姻关系存续时补发，离婚证只在双方没有复婚时补发；旧证立即作废。",
        TO_COUNTER,
        &[Applied],
    )),
    grave(with(
        act(
            "refuse",
            "不予补发",
            "书面说明理由。",
            TO_COUNTER,
            &[Applied],
        ),
        of::<data::Reasons>,
    )),
    with(
        act("deliver", "领取新证", "当场签收。", TO_COUNTER, &[Reissued]),
        of::<data::Deliver>,
    ),
    act("archive", "归档", "", By::Roles(OFFICE), &[HandedOver]),
];
