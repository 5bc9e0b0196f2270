//! The table of acts (rules B2.12).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{action as data, state::State};
use crate::domain::{
    projects::words::{self, Adopted, Check, ChildDied, NEAR, TOWNSHIP},
    settled::Settled,
};

const COUNTY: By = By::Roles(words::COUNTY);
const OPEN: &[State] = &[
    State::Applied,
    State::Checked,
    State::Studying,
    State::YearOver,
];
const GRANTED: &[State] = &[State::Studying, State::YearOver];
/// What was ordered before is settled in all of them.
const SETTLES: &[State] = &[
    State::Applied,
    State::Checked,
    State::Studying,
    State::YearOver,
    State::Ended,
];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "check",
            "登记核实情况",
            "核实孤儿认定、收养情况和就学情况。",
            By::Roles(TOWNSHIP),
            &[State::Applied],
        ),
        of::<Check>,
    ),
    with(
        act(
            "confirm",
            "同意资助",
            "孤儿身份和学籍都核对过才能同意；一个学年只发一次。",
            COUNTY,
            &[State::Checked],
        ),
        of::<data::Confirm>,
    ),
    grave(with(
        act(
            "refuse",
            "不予资助",
            "写明理由，书面告知。",
            COUNTY,
            &[State::Checked],
        ),
        words::reasons,
    )),
    with(
        act(
            "ask_year",
            "申请新学年",
            "请交新学年的在校证明。",
            By::Applicant,
            GRANTED,
        ),
        of::<data::NextYear>,
    ),
    with(
        act(
            "renew",
            "登记新学年",
            "看过新学年的在校证明再登记。",
            By::Roles(NEAR),
            GRANTED,
        ),
        of::<data::NextYear>,
    ),
    act(
        "pay",
        "登记支付",
        "按顺序支付下一期，由另一名工作人员复核后交银行。",
        COUNTY,
        GRANTED,
    ),
    with(
        act(
            "account",
            "更换账户",
            "只能是学生本人的账户；银行退回的，换了以后自动再发。",
            COUNTY,
            SETTLES,
        ),
        of::<data::NewAccount>,
    ),
    with(
        act("payment_settled", "银行回复", "", By::System, SETTLES),
        of::<Settled>,
    ),
    grave(act(
        "sign",
        "复核支付",
        "核对金额和本人账户，复核后交银行。",
        COUNTY,
        GRANTED,
    )),
    with(
        act(
            "void",
            "作废登记的支付",
            "写错了的，作废以后重新登记。",
            COUNTY,
            GRANTED,
        ),
        words::reasons,
    ),
    grave(with(
        act(
            "end",
            "结束资助",
            "毕业、退学的，结束以前要发的先发完。",
            By::Roles(NEAR),
            GRANTED,
        ),
        of::<data::End>,
    )),
    grave(act(
        "withdraw",
        "撤回申请",
        "",
        By::Applicant,
        &[State::Applied, State::Checked],
    )),
    act(
        "year_over",
        "学年结束",
        "",
        By::System,
        &[State::Applied, State::Checked, State::Studying],
    ),
    with(
        act("adopted", "已被收养", "", By::System, OPEN),
        of::<Adopted>,
    ),
    with(
        act("child_died", "已经去世", "", By::System, OPEN),
        of::<ChildDied>,
    ),
];
