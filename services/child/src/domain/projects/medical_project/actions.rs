//! The table of acts (rules B2.12).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{action as data, state::State};
use crate::domain::{
    projects::{
        payment::PayTo,
        words::{self, Adopted, Check, ChildDied, NEAR, TOWNSHIP},
    },
    settled::Settled,
};

const COUNTY: By = By::Roles(words::COUNTY);
const NEXT: By = By::Roles(NEAR);
const OPEN: &[State] = &[
    State::Applied,
    State::Checked,
    State::CountyOk,
    State::Treated,
    State::Billed,
];
const UNTREATED: &[State] = &[State::Applied, State::Checked, State::CountyOk];
const UNBILLED: &[State] = &[
    State::Applied,
    State::Checked,
    State::CountyOk,
    State::Treated,
];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "check",
            "登记核实情况",
            "核实孩子的孤儿身份、病情和就学情况。",
            By::Roles(TOWNSHIP),
            &[State::Applied],
        ),
        of::<Check>,
    ),
    with(
        act(
            "approve",
            "同意",
            "孤儿身份和定点医院都核对过才能同意。",
            COUNTY,
            &[State::Checked],
        ),
        of::<data::Approve>,
    ),
    grave(with(
        act(
            "refuse",
            "不予同意",
            "写明理由，书面告知。",
            COUNTY,
            &[State::Checked],
        ),
        words::reasons,
    )),
    with(
        act(
            "treat",
            "登记治疗",
            "出院或者康复结束以后登记。",
            NEXT,
            &[State::CountyOk],
        ),
        of::<data::Treat>,
    ),
    with(
        act(
            "bill",
            "报账",
            "只报医保和救助以后自己负担的部分；写错了可以重新报。",
            NEXT,
            &[State::Treated, State::Billed],
        ),
        of::<data::Bill>,
    ),
    with(
        act(
            "pay",
            "登记支付",
            "填写收款账户，由另一名工作人员复核后交银行；银行退回的，换了账户再登记。",
            COUNTY,
            &[State::Billed],
        ),
        of::<PayTo>,
    ),
    grave(act(
        "sign",
        "复核支付",
        "核对金额和收款账户，复核后交银行。",
        COUNTY,
        &[State::Billed],
    )),
    with(
        act(
            "void",
            "作废登记的支付",
            "写错了的，作废以后重新登记。",
            COUNTY,
            &[State::Billed],
        ),
        words::reasons,
    ),
    grave(with(
        act(
            "cancel",
            "取消",
            "不再治疗，或者没有要支付的费用。",
            NEXT,
            UNBILLED,
        ),
        words::reasons,
    )),
    grave(act("withdraw", "撤回申请", "", By::Applicant, UNTREATED)),
    with(
        act(
            "payment_settled",
            "银行回复",
            "",
            By::System,
            &[State::Billed],
        ),
        of::<Settled>,
    ),
    with(
        act("adopted", "孩子已被收养", "", By::System, OPEN),
        of::<Adopted>,
    ),
    with(
        act("child_died", "孩子已经去世", "", By::System, OPEN),
        of::<ChildDied>,
    ),
];
