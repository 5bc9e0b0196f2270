//! The table of acts (rules B2.11).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, changes, grave, of, with},
    ripple::{Change, Whom},
};

use super::{
    action as data,
    state::{OFFICE, State},
};
use crate::domain::settled::Settled;

const STAFF: By = By::Roles(OFFICE);
const OPEN: &[State] = &[
    State::Applied,
    State::Assessed,
    State::Trial,
    State::Agreement,
    State::Signed,
    State::Placed,
];

/// Months may be open after the end.
const PAID: &[State] = &[State::Agreement, State::Signed, State::Placed, State::Ended];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "assess",
            "登记评估",
            "上门看住房、收入、健康、家庭成员意见。",
            STAFF,
            &[State::Applied],
        ),
        of::<data::Assess>,
    ),
    with(
        act(
            "start_trial",
            "选定儿童、开始融合",
            "先听儿童本人意见；融合不少于60日。",
            STAFF,
            &[State::Assessed],
        ),
        of::<data::StartTrial>,
    ),
    with(
        act(
            "end_trial",
            "登记融合结果",
            "融合不好的，儿童回机构，重新选定。",
            STAFF,
            &[State::Trial],
        ),
        of::<data::EndTrial>,
    ),
    with(
        act(
            "agree",
            "签订寄养协议",
            "写明双方的责任、劳务费、探访。",
            STAFF,
            &[State::Agreement],
        ),
        of::<data::Agree>,
    ),
    changes(
        Change::Custody,
        Whom::As("child"),
        with(
            act(
                "place",
                "安置入户",
                "把儿童接到寄养家庭。",
                STAFF,
                &[State::Signed],
            ),
            of::<data::Place>,
        ),
    ),
    with(
        act(
            "account",
            "登记劳务费账户",
            "主要照料人本人的账户；银行退回的，换了以后自动再发。",
            STAFF,
            PAID,
        ),
        of::<data::Account>,
    ),
    with(
        act("payment_settled", "劳务费发放结果", "", By::System, PAID),
        of::<Settled>,
    ),
    with(
        act(
            "visit",
            "登记探访",
            "定期上门，见到儿童本人。",
            STAFF,
            &[State::Placed],
        ),
        of::<data::Visit>,
    ),
    changes(
        Change::Custody,
        Whom::As("child"),
        grave(with(
            act(
                "end",
                "结束寄养",
                "先安排好儿童去哪里，再结束。",
                STAFF,
                &[State::Trial, State::Agreement, State::Signed, State::Placed],
            ),
            of::<data::End>,
        )),
    ),
    grave(with(
        act(
            "refuse",
            "不符合条件",
            "写明理由，出具告知书。",
            STAFF,
            &[State::Applied, State::Assessed],
        ),
        of::<data::Reasons>,
    )),
    grave(with(
        act(
            "withdraw",
            "撤回申请",
            "儿童入户以前可以撤回；融合中的，先由工作人员接回儿童。",
            By::ApplicantInPerson,
            &[State::Applied, State::Assessed],
        ),
        of::<data::Reasons>,
    )),
    with(
        act("adopted", "儿童被收养", "", By::System, OPEN),
        of::<data::Adopted>,
    ),
    with(
        act("child_died", "儿童死亡", "", By::System, OPEN),
        of::<data::ChildDied>,
    ),
];
