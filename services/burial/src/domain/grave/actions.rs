//! The table of acts: who may do what from which state (rules F08).

use yiwang_casework::{ActionSpec, By};

use super::{
    action as data,
    state::{APPROVER, OFFICE, STAFF, State},
};
use yiwang_casework::acts::{act, grave, of, with};

const BEFORE_CONTRACT: &[State] = &[State::Submitted, State::Approval, State::Approved];
const LAID: &[State] = &[
    State::Placed,
    State::Expiring,
    State::Expired,
    State::NoticeOver,
];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "accept",
            "审核通过",
            "核对死亡证明、火化证明、户籍和亲属关系。",
            By::Roles(OFFICE),
            &[State::Submitted],
        ),
        of::<data::Accept>,
    ),
    grave(with(
        act(
            "approve",
            "批准特殊情形",
            "为健在的人预留位置只限法定特殊情形，由审核人以外的审批人员决定。",
            By::Roles(APPROVER),
            &[State::Approval],
        ),
        of::<data::Approve>,
    )),
    grave(with(
        act(
            "refuse",
            "不予办理",
            "书面说明理由，位置不再保留。",
            By::Roles(OFFICE),
            &[State::Submitted],
        ),
        of::<data::Reasons>,
    )),
    grave(act(
        "withdraw",
        "撤回申请",
        "撤回后位置不再为您保留。",
        By::Applicant,
        BEFORE_CONTRACT,
    )),
    grave(with(
        act(
            "sign",
            "签合同",
            "使用人姓名签合同以后不能更改；位置不能转让、买卖。",
            By::Roles(STAFF),
            &[State::Approved],
        ),
        of::<data::Sign>,
    )),
    grave(with(
        act(
            "lay",
            "安放（葬）",
            "核对骨灰编号和位置，两人签名；生态安葬另要见证人和现场照片。",
            By::Roles(STAFF),
            &[State::Contracted],
        ),
        of::<data::Lay>,
    )),
    with(
        act(
            "renew",
            "续期",
            "从原期限届满时接着算。",
            By::Roles(STAFF),
            LAID,
        ),
        of::<data::Renew>,
    ),
    grave(with(
        act(
            "relocate",
            "迁葬",
            "骨灰凭身份证件交给家属，两人签名；腾空的位置验收以后再用。",
            By::Roles(STAFF),
            LAID,
        ),
        of::<data::Relocate>,
    )),
    grave(with(
        act(
            "give_back",
            "退还",
            "没有安放过的位置可以退还。",
            By::Roles(STAFF),
            &[State::Contracted],
        ),
        of::<data::GiveBack>,
    )),
    grave(with(
        act(
            "release",
            "依法收回",
            "公告期满、有法律依据才可以收回；骨灰移到本馆存放。",
            By::Roles(APPROVER),
            &[State::NoticeOver],
        ),
        of::<data::Release>,
    )),
    act("hold_ended", "保留期满", "", By::System, BEFORE_CONTRACT),
    act(
        "period_ending",
        "到期提醒",
        "",
        By::System,
        &[State::Placed, State::Expiring],
    ),
    act(
        "period_ended",
        "使用期满",
        "",
        By::System,
        &[State::Placed, State::Expiring],
    ),
    act(
        "notice_ended",
        "公告期满",
        "",
        By::System,
        &[State::Expired],
    ),
];
