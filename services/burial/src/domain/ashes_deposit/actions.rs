//! The table of acts: who may do what from which state (rules F07).

use yiwang_casework::{ActionSpec, By};

use super::{
    action as data,
    state::{STAFF, State},
};
use crate::domain::{signer, wish};
use yiwang_casework::acts::{act, grave, of, with};

const STORED: &[State] = &[
    State::InStore,
    State::DueSoon,
    State::Overdue,
    State::Notice,
    State::Unclaimed,
];

/// The same, also when the family has asked for something.
const STORED_OR_ASKED: &[State] = &[
    State::InStore,
    State::DueSoon,
    State::Overdue,
    State::Notice,
    State::Unclaimed,
    State::Asked,
];
/// Time goes on beneath a signature or a wish.
const PAID: &[State] = &[State::InStore, State::DueSoon, State::Asked, State::Signing];
const PAST: &[State] = &[State::Overdue, State::Asked, State::Signing];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "store",
            "入存",
            "核对火化证明和骨灰编号后登记，再由家属或者另一名工作人员签名，寄存合同就签好了。",
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
            STORED_OR_ASKED,
        ),
        of::<data::Renew>,
    ),
    grave(with(
        act(
            "hand_out",
            "领取",
            "凭身份证件和寄存证（收据）领取；登记后由家属或者另一名工作人员签名。",
            By::Roles(STAFF),
            STORED_OR_ASKED,
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
            "公告期满无人认领、已报民政局的，生态安葬；登记后由另一名工作人员签名，档案永久保存。",
            By::Roles(STAFF),
            &[State::Unclaimed],
        ),
        of::<data::Settle>,
    )),
    with(
        act(
            "countersign",
            "第二人复核",
            "不能是登记的人；再扫一次骨灰盒上的标签。",
            By::Roles(STAFF),
            &[State::Signing],
        ),
        of::<signer::Rescan>,
    ),
    with(
        act(
            "family_sign",
            "核对并签名",
            "在现场核对无误后签名，和在纸上签字一样。",
            By::ApplicantInPerson,
            &[State::Signing],
        ),
        of::<signer::OwnHand>,
    ),
    with(
        act(
            "discard",
            "作废待签名的一步",
            "写错了的，作废后重新登记。",
            By::Roles(STAFF),
            &[State::Signing],
        ),
        of::<data::Reasons>,
    ),
    with(
        act(
            "ask_renewal",
            "申请续存",
            "从原到期日接着算。寄存单位收到缴费后续存。",
            By::Applicant,
            STORED,
        ),
        of::<data::AskRenewal>,
    ),
    with(
        act(
            "ask_collection",
            "预约领取",
            "告诉寄存单位您哪天来领取。",
            By::Applicant,
            STORED,
        ),
        of::<data::AskCollection>,
    ),
    with(
        act(
            "ask_correction",
            "申请更正错字",
            "寄存证上写错的字可以更正；不能换成另一个人。",
            By::Applicant,
            STORED,
        ),
        of::<wish::AskCorrection>,
    ),
    with(
        act(
            "change_contact",
            "换联系电话",
            "到期提醒会打新的号码，马上生效。",
            By::Applicant,
            STORED,
        ),
        of::<wish::ChangeContact>,
    ),
    act(
        "take_back",
        "撤回这次申请",
        "撤回后一切照旧。",
        By::Applicant,
        &[State::Asked],
    ),
    with(
        act(
            "correct",
            "更正",
            "只更正笔误；姓名只能改成死亡证明上登记的姓名。",
            By::Roles(STAFF),
            STORED_OR_ASKED,
        ),
        of::<wish::Correct>,
    ),
    with(
        act(
            "decline",
            "暂不办理家属的申请",
            "写明为什么、怎样才能办。",
            By::Roles(STAFF),
            &[State::Asked],
        ),
        of::<wish::Decline>,
    ),
    act("remind", "到期前提醒", "", By::System, PAID),
    act("period_ended", "寄存期满", "", By::System, PAID),
    act("remind_overdue", "到期后提醒", "", By::System, PAST),
    act("unclaimed", "无人认领公告", "", By::System, PAST),
    act(
        "notice_ended",
        "公告期满",
        "",
        By::System,
        &[State::Notice, State::Asked, State::Signing],
    ),
];
