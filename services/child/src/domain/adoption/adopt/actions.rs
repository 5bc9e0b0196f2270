//! The table of acts (rules B2.10).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, changes, grave, of, with},
    ripple::{Change, Whom},
};

use super::{
    action as data,
    form::Form,
    state::{ASSESSORS, State},
};
use crate::domain::adoption::REGISTRAR;

const DESK: By = By::Roles(REGISTRAR);
const ASSESSOR: By = By::Roles(ASSESSORS);
const OPEN: &[State] = &[
    State::Applied,
    State::PapersChecked,
    State::SearchNotice,
    State::Assessing,
    State::Reviewed,
];
/// Consents may come as long as nothing was decided.
const BEFORE: &[State] = OPEN;
/// Birth parents may come from the notice on.
const NOTED: &[State] = &[State::SearchNotice, State::Assessing, State::Reviewed];
/// An assessment goes on while a notice hangs.
const ASSESSED: &[State] = &[State::SearchNotice, State::Assessing];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "amend",
            "更正申请内容",
            "收养人在场，改错别字或者补填；改后要重新签名、重新核对婚姻状况。",
            DESK,
            &[State::Applied],
        ),
        of::<Form>,
    ),
    act(
        "sign",
        "本人签名",
        "我自愿收养这名儿童，申请内容属实，没有收取、支付财物。",
        By::ApplicantVerified,
        &[State::Applied],
    ),
    with(
        act(
            "sign_at_desk",
            "登记当面签名",
            "夫妻要一起到场；一方不能到场的，要有经村（居）民委员会证明或者公证的委托书。",
            DESK,
            &[State::Applied],
        ),
        of::<data::SignAtDesk>,
    ),
    with(
        act(
            "check_marital",
            "核对婚姻状况",
            "核对材料的当天、登记的当天各核对一次。",
            DESK,
            &[State::Applied, State::Assessing, State::Reviewed],
        ),
        of::<data::CheckMarital>,
    ),
    with(
        act(
            "interview",
            "登记询问笔录",
            "分别询问收养人、送养人，确认自愿、没有收取财物。",
            DESK,
            &[State::Applied],
        ),
        of::<data::Interview>,
    ),
    with(
        act(
            "consent",
            "登记同意",
            "生父母双方都要同意；一方死亡、下落不明的，由另一方同意。",
            DESK,
            BEFORE,
        ),
        of::<data::Consent>,
    ),
    with(
        act(
            "hear_child",
            "听取儿童意见",
            "任何年龄都要听；年满8周岁的，本人不同意不能收养。",
            DESK,
            BEFORE,
        ),
        of::<data::HearChild>,
    ),
    with(
        act(
            "choose_child",
            "选定儿童",
            "收养福利机构儿童的，评估中选定；选定后登记同意、听取儿童意见。",
            DESK,
            &[State::Applied, State::PapersChecked, State::Assessing],
        ),
        of::<data::Chosen>,
    ),
    with(
        act(
            "check_papers",
            "确认材料齐全",
            "当面查看原件；生父母不明的要报案证明，亲属之间的要亲属关系证明。",
            DESK,
            &[State::Applied, State::Assessing, State::Reviewed],
        ),
        of::<data::CheckPapers>,
    ),
    with(
        act(
            "post_notice",
            "发布寻找生父母公告",
            "查找不到生父母的，登记前公告60日；公告里不能出现姓名、号码。",
            DESK,
            &[State::PapersChecked, State::Assessing],
        ),
        of::<data::PostSearch>,
    ),
    act(
        "notice_over",
        "公告期满",
        "",
        By::System,
        &[State::SearchNotice],
    ),
    act(
        "objected",
        "公告期间有人反映",
        "",
        By::System,
        &[State::SearchNotice],
    ),
    with(
        act(
            "settle",
            "核实公告期间的反映",
            "逐件核实，写明结果；没有核实完的不能登记。",
            DESK,
            NOTED,
        ),
        of::<data::Settle>,
    ),
    grave(with(
        act(
            "parents_found",
            "登记生父母认领",
            "核对身份后登记；儿童不能再由别人收养。",
            DESK,
            NOTED,
        ),
        of::<data::Reasons>,
    )),
    with(
        act(
            "begin_assessment",
            "开始评估",
            "收养人书面同意后60日内出报告；评估不收费。",
            DESK,
            &[State::PapersChecked, State::SearchNotice],
        ),
        of::<data::BeginAssessment>,
    ),
    with(
        act(
            "visit",
            "登记上门调查",
            "评估人员不少于两人，不能是当事人的亲属，不能参加审批。",
            ASSESSOR,
            ASSESSED,
        ),
        of::<data::Visit>,
    ),
    with(
        act(
            "score",
            "评分",
            "每名评估人员用本人账号评分；有一票否决情形的直接不合格。",
            ASSESSOR,
            ASSESSED,
        ),
        of::<data::Score>,
    ),
    with(
        act(
            "begin_bond",
            "开始融合",
            "先听取儿童意见，签订融合协议；融合不少于30日。",
            DESK,
            ASSESSED,
        ),
        of::<data::BeginBond>,
    ),
    with(
        act(
            "end_bond",
            "登记融合结果",
            "期满评估；儿童不适应的马上结束。",
            DESK,
            ASSESSED,
        ),
        of::<data::EndBond>,
    ),
    with(
        act(
            "report",
            "出具评估报告",
            "平均分达到合格线、没有一票否决、融合良好的合格。",
            ASSESSOR,
            ASSESSED,
        ),
        of::<data::Report>,
    ),
    grave(with(
        act(
            "propose",
            "提出审批意见",
            "第一名工作人员拟办；参加评估的不能办。",
            DESK,
            &[
                State::Applied,
                State::PapersChecked,
                State::Assessing,
                State::Reviewed,
            ],
        ),
        of::<data::Propose>,
    )),
    changes(
        Change::Adoption,
        Whom::As("child"),
        grave(act(
            "confirm",
            "审批",
            "另一名工作人员用本人账号审批；登记后送养人资料立即封存。",
            DESK,
            &[
                State::Applied,
                State::PapersChecked,
                State::Assessing,
                State::Reviewed,
            ],
        )),
    ),
    with(
        act(
            "send_back",
            "退回",
            "意见不对的退回重办。",
            DESK,
            &[
                State::Applied,
                State::PapersChecked,
                State::Assessing,
                State::Reviewed,
            ],
        ),
        of::<data::Reasons>,
    ),
    grave(with(
        act(
            "withdraw",
            "撤回申请",
            "登记以前可以撤回。",
            By::ApplicantInPerson,
            OPEN,
        ),
        of::<data::Reasons>,
    )),
];
