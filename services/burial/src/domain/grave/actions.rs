//! The table of acts: who may do what from which state (rules F08).

use yiwang_casework::{ActionSpec, By};

use super::{
    action as data,
    state::{APPROVER, BOTH, OFFICE, STAFF, State},
};
use crate::domain::{signer, wish};
use yiwang_casework::acts::{act, grave, of, with};

const BEFORE_CONTRACT: &[State] = &[State::Submitted, State::Approval, State::Approved];
const LAID: &[State] = &[
    State::Placed,
    State::Expiring,
    State::Expired,
    State::NoticeOver,
];

/// The same, also when the family has asked for something.
const LAID_OR_ASKED: &[State] = &[
    State::Placed,
    State::Expiring,
    State::Expired,
    State::NoticeOver,
    State::Asked,
];
/// There is a contract with papers on which something may be written wrong.
const WITH_CONTRACT: &[State] = &[
    State::Contracted,
    State::Placed,
    State::Expiring,
    State::Expired,
    State::NoticeOver,
];
/// Time goes on beneath a signature or a wish.
const RUNNING: &[State] = &[State::Placed, State::Expiring, State::Asked, State::Signing];

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
            "核对骨灰编号和位置后登记，再由家属或者另一名工作人员签名；生态安葬另要见证人和现场照片。",
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
            LAID_OR_ASKED,
        ),
        of::<data::Renew>,
    ),
    grave(with(
        act(
            "relocate",
            "迁葬",
            "骨灰凭身份证件交给家属，登记后由家属或者另一名工作人员签名；腾空的位置验收以后再用。",
            By::Roles(STAFF),
            LAID_OR_ASKED,
        ),
        of::<data::Relocate>,
    )),
    grave(with(
        act(
            "give_back",
            "退还",
            "没有安放过的位置可以退还；要退费的，由另一名工作人员复核。",
            By::Roles(STAFF),
            &[State::Contracted],
        ),
        of::<data::GiveBack>,
    )),
    grave(act(
        "confirm_give_back",
        "复核退还",
        "核对退费金额和收款人，不能是登记退还的人。",
        By::Roles(STAFF),
        &[State::Contracted],
    )),
    grave(with(
        act(
            "release",
            "依法收回",
            "公告期满、有法律依据才可以收回；登记后由另一名工作人员签名，骨灰移到本馆存放。",
            By::Roles(APPROVER),
            &[State::NoticeOver],
        ),
        of::<data::Release>,
    )),
    with(
        act(
            "countersign",
            "第二人复核",
            "不能是登记的人；再扫一次骨灰盒上的标签。",
            By::Roles(BOTH),
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
            By::Roles(BOTH),
            &[State::Signing],
        ),
        of::<data::Reasons>,
    ),
    with(
        act(
            "ask_renewal",
            "申请续期",
            "从原到期日接着算。公墓收到缴费后续期。",
            By::Applicant,
            LAID,
        ),
        of::<data::AskRenewal>,
    ),
    with(
        act(
            "ask_relocation",
            "申请迁出",
            "写明迁往何处、哪天来办；骨灰当面凭身份证件交给您。",
            By::ApplicantInPerson,
            LAID,
        ),
        of::<data::AskRelocation>,
    ),
    with(
        act(
            "ask_correction",
            "申请更正错字",
            "合同、证明上写错的字可以更正；不能换成另一个人。",
            By::Applicant,
            WITH_CONTRACT,
        ),
        of::<wish::AskCorrection>,
    ),
    with(
        act(
            "change_contact",
            "换联系电话",
            "到期提醒会打新的号码，马上生效。",
            By::Applicant,
            WITH_CONTRACT,
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
            &[
                State::Contracted,
                State::Placed,
                State::Expiring,
                State::Expired,
                State::NoticeOver,
                State::Asked,
            ],
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
    act("hold_ended", "保留期满", "", By::System, BEFORE_CONTRACT),
    act("period_ending", "到期提醒", "", By::System, RUNNING),
    act("period_ended", "使用期满", "", By::System, RUNNING),
    act(
        "notice_ended",
        "公告期满",
        "",
        By::System,
        &[State::Expired, State::Asked, State::Signing],
    ),
];
