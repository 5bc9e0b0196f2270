//! The table of acts: who may do what from which state (rules A2.6).

use yiwang_casework::{ActionSpec, By};

use super::{action as data, state::State};
use crate::domain::desk::OFFICE;
use yiwang_casework::acts::{act, changes, grave, of, with};
use yiwang_casework::ripple::{Change, Whom};

const TO_OFFICE: By = By::Roles(OFFICE);

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    changes(
        Change::MarriageEnded,
        Whom::Everybody,
        grave(with(
            act(
                "note",
                "核对并备注",
                "由接收人以外的工作人员核对；备注后婚姻状况随之改变，电子证照注销。",
                TO_OFFICE,
                &[State::Received],
            ),
            of::<data::Note>,
        )),
    ),
    grave(with(
        act(
            "return_paper",
            "退回",
            "当事人或者登记与裁判文书不一致的，说明理由退回。",
            TO_OFFICE,
            &[State::Received],
        ),
        of::<data::Reasons>,
    )),
];
