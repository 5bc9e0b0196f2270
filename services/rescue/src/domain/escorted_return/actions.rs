//! The table of acts (rules R08).

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
const ANSWERED: &[State] = &[State::Asked, State::ToRaise];
const HANDED: &[State] = &[State::Agreed, State::OnWay];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "forward",
            "报省级民政部门",
            "跨省返回由两地省级民政部门联系。",
            STAFF,
            &[State::Opened],
        ),
        of::<data::Letter>,
    ),
    with(
        act(
            "ask",
            "商请流出地",
            "省内两地县级民政部门联系；跨省的登记省级民政部门的函。",
            STAFF,
            &[State::Opened, State::Forwarded],
        ),
        of::<data::Letter>,
    ),
    with(
        act(
            "agree",
            "登记同意",
            "写明怎么返回、谁来接收。",
            STAFF,
            ANSWERED,
        ),
        of::<data::Agree>,
    ),
    with(
        act(
            "decline",
            "登记不接收",
            "写明对方的理由，逐级上报。",
            STAFF,
            &[State::Asked],
        ),
        of::<data::Decline>,
    ),
    act(
        "unanswered",
        "到期没有答复",
        "",
        By::System,
        &[State::Asked],
    ),
    with(
        act(
            "raise",
            "上报协调",
            "逐级上报，不越级。",
            STAFF,
            &[State::ToRaise],
        ),
        of::<data::Raise>,
    ),
    with(
        act(
            "depart",
            "启程",
            "护送人员两人以上；护送女性有女工作人员，护送未成年人由公安机关协助。",
            STAFF,
            &[State::Agreed],
        ),
        of::<data::Depart>,
    ),
    with(
        act(
            "hand_over",
            "登记交接",
            "核对接收人的证件，当面清点，由两人签字。",
            STAFF,
            HANDED,
        ),
        of::<data::HandOver>,
    ),
    grave(act(
        "countersign",
        "复核交接",
        "由另一名工作人员用自己的账号复核。",
        STAFF,
        HANDED,
    )),
    with(
        act(
            "discard",
            "作废待复核的交接",
            "写错了的作废，重新登记。",
            STAFF,
            HANDED,
        ),
        of::<Reasons>,
    ),
    with(
        act(
            "turn_back",
            "折返回站",
            "途中不能继续的，返回救助管理站。",
            STAFF,
            &[State::OnWay],
        ),
        of::<Reasons>,
    ),
    grave(with(
        act(
            "end",
            "结束",
            "亲属已经接走，或者不再需要接送的。",
            STAFF,
            OPEN,
        ),
        of::<Reasons>,
    )),
];
