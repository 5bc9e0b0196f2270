//! The table of acts: who may do what from which state (rules F07).

use yiwang_casework::{ActionSpec, By};

use super::{
    action as data,
    state::{STAFF, State},
};
use yiwang_casework::acts::{act, grave, of, with};

const STORED: &[State] = &[
    State::InStore,
    State::DueSoon,
    State::Overdue,
    State::Notice,
    State::Unclaimed,
];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "store",
            "入存",
            "核对火化证明和骨灰编号，签寄存合同。",
            By::Roles(STAFF),
            &[State::Applied],
        ),
        of::<data::Store>,
    ),
    grave(with(
        act(
            "refuse",
            "不予办理",
            "书面说明理由。",
            By::Roles(STAFF),
            &[State::Applied],
        ),
        of::<data::Reasons>,
    )),
    act(
        "withdraw",
        "撤回申请",
        "还没有入存的可以撤回。",
        By::Applicant,
        &[State::Applied],
    ),
    with(
        act(
            "renew",
            "续存",
            "从原到期日接着算。",
            By::Roles(STAFF),
            STORED,
        ),
        of::<data::Renew>,
    ),
    grave(with(
        act(
            "hand_out",
            "领取",
            "凭身份证件和寄存证（收据）领取，双方签名。",
            By::Roles(STAFF),
            STORED,
        ),
        of::<data::HandOut>,
    )),
    act(
        "moved",
        "转安放",
        "骨灰已经在公墓安放（葬）的，寄存结束。",
        By::Roles(STAFF),
        STORED,
    ),
    grave(with(
        act(
            "settle",
            "生态安葬",
            "公告期满无人认领、已报民政局的，生态安葬，档案永久保存。",
            By::Roles(STAFF),
            &[State::Unclaimed],
        ),
        of::<data::Settle>,
    )),
    act(
        "remind",
        "到期前提醒",
        "",
        By::System,
        &[State::InStore, State::DueSoon],
    ),
    act(
        "period_ended",
        "寄存期满",
        "",
        By::System,
        &[State::InStore, State::DueSoon],
    ),
    act(
        "remind_overdue",
        "到期后提醒",
        "",
        By::System,
        &[State::Overdue],
    ),
    act(
        "unclaimed",
        "无人认领公告",
        "",
        By::System,
        &[State::Overdue],
    ),
    act("notice_ended", "公告期满", "", By::System, &[State::Notice]),
];
