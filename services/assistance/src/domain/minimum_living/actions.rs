//! The table of acts: who may do what from which state (rules A2.1).

use schemars::{JsonSchema, Schema};
use yiwang_casework::{ActionSpec, By, form::schema_of};
use yiwang_chassis::identity::Role;

use super::{
    action as data,
    findings::Findings,
    state::{
        APPROVER, CHECK_CENTRE, COUNTY, LIMITED, REVIEWER, SUPPORTED, State, TOWNSHIP, UNDECIDED,
    },
};

type Spec = ActionSpec<State>;

const OFFICE: &[Role] = &[Role::Clerk, Role::TownshipOfficer, Role::CountyOfficer];

const TO_TOWNSHIP: By = By::Roles(TOWNSHIP);
const TO_REVIEWER: By = By::Roles(REVIEWER);
const TO_COUNTY: By = By::Roles(COUNTY);
const TO_APPROVER: By = By::Roles(APPROVER);
const TO_CENTRE: By = By::Roles(CHECK_CENTRE);
const TO_OFFICE: By = By::Roles(OFFICE);

const fn act(
    code: &'static str,
    label: &'static str,
    hint: &'static str,
    by: By,
    from: &'static [State],
) -> Spec {
    ActionSpec {
        code,
        label,
        hint,
        by,
        from,
        data: None,
        grave: false,
    }
}

const fn with(mut spec: Spec, data: fn() -> Schema) -> Spec {
    spec.data = Some(data);
    spec
}

const fn grave(mut spec: Spec) -> Spec {
    spec.grave = true;
    spec
}

/// The button's label stands above the form; the type's own name is not for people.
fn of<T: JsonSchema>() -> Schema {
    let mut schema = schema_of::<T>();
    schema.remove("title");
    schema
}

use State::{
    Accepted, CheckFailedTold, Checking, Confirmed, Correction, CountyReview, DeathReview,
    FirstOpinion, Grace, InPayment, Investigating, Objected, PublicNotice, Recheck, Rejected,
    Reported, Stopped, Submitted,
};

const INVESTIGATED: &[State] = &[Investigating, Checking, CheckFailedTold];
const VISITED: &[State] = &[
    Investigating,
    Checking,
    CheckFailedTold,
    Objected,
    Reported,
    CountyReview,
    Recheck,
    DeathReview,
];
const CHECKED: &[State] = &[
    Investigating,
    FirstOpinion,
    PublicNotice,
    Objected,
    Reported,
    CountyReview,
    Recheck,
    DeathReview,
    Grace,
    InPayment,
];
const CHECK_RUNS: &[State] = &[
    Checking,
    Investigating,
    FirstOpinion,
    PublicNotice,
    Objected,
    Reported,
    CountyReview,
    Recheck,
    DeathReview,
    Grace,
    InPayment,
];
const AMENDED: &[State] = &[
    Accepted,
    Investigating,
    CheckFailedTold,
    Objected,
    Recheck,
    DeathReview,
];
const OPEN: &[State] = &[
    Submitted,
    Correction,
    Accepted,
    Investigating,
    Checking,
    CheckFailedTold,
    FirstOpinion,
    PublicNotice,
    Objected,
    Reported,
    CountyReview,
    Confirmed,
    InPayment,
    Recheck,
    Grace,
    DeathReview,
];
const NOTICE_DONE: &[State] = &[PublicNotice, Objected, FirstOpinion];
const PAID: &[State] = &[InPayment, Recheck, Grace, DeathReview];
const PAID_OR_ENDED: &[State] = &[Confirmed, InPayment, Recheck, Grace, DeathReview, Stopped];

/// All acts.
pub(super) const ACTIONS: &[Spec] = &[
    // 受理
    with(
        act(
            "request_correction",
            "一次性告知补正",
            "一次列全缺少的内容；能共享、能核对的不得要求（社会救助法第六十二条）。",
            TO_TOWNSHIP,
            &[Submitted],
        ),
        of::<data::RequestCorrection>,
    ),
    with(
        act(
            "correct",
            "提交补正",
            "按清单补好后重新提交。",
            By::Applicant,
            &[Correction],
        ),
        of::<data::Correct>,
    ),
    with(
        act(
            "accept",
            "受理",
            "材料齐全即受理，不得拒绝符合规定的申请。从今天起计算办理期限。",
            TO_TOWNSHIP,
            &[Submitted, Correction],
        ),
        of::<data::Accept>,
    ),
    with(
        act(
            "amend",
            "变更家庭情况",
            "家庭成员或申报内容有变化时使用。",
            TO_TOWNSHIP,
            AMENDED,
        ),
        of::<data::Amend>,
    ),
    grave(act(
        "withdraw",
        "撤回申请",
        "撤回后可以重新申请。",
        By::Applicant,
        UNDECIDED,
    )),
    with(
        act(
            "extend",
            "延长办理期限",
            "只有四种情形可以延长，最长45个工作日。",
            TO_OFFICE,
            LIMITED,
        ),
        of::<data::Extend>,
    ),
    with(
        act(
            "record_complaint",
            "登记投诉举报",
            "实名举报逐一核查；县级须入户调查。",
            TO_OFFICE,
            OPEN,
        ),
        of::<data::Text>,
    ),
    // 调查核对
    with(
        act(
            "start_investigation",
            "启动调查",
            "受理后3个工作日内启动，每次至少两人。",
            TO_TOWNSHIP,
            &[Accepted],
        ),
        of::<data::StartInvestigation>,
    ),
    with(
        act(
            "record_visit",
            "登记调查",
            "入户调查、邻里访问、信函索证，由调查人员和在场成员签字。",
            TO_OFFICE,
            VISITED,
        ),
        of::<data::RecordVisit>,
    ),
    with(
        act(
            "record_findings",
            "登记核定结果",
            "与申报不一致的才填写。",
            TO_OFFICE,
            VISITED,
        ),
        of::<Findings>,
    ),
    with(
        act(
            "record_review",
            "登记民主评议",
            "有争议时组织，不是必经程序。",
            TO_TOWNSHIP,
            &[Investigating, Objected],
        ),
        of::<data::Text>,
    ),
    act(
        "request_check",
        "提请信息核对",
        "凡审批必核对；须有每位成年成员的授权。",
        TO_OFFICE,
        CHECKED,
    ),
    act(
        "start_check",
        "启动核对",
        "收到请求后3个工作日内启动。",
        TO_CENTRE,
        &[Checking],
    ),
    act("check_answered", "核对机构答复", "", By::System, CHECK_RUNS),
    with(
        act(
            "enter_report",
            "录入核对报告",
            "系统不可用时由核对机构人工录入。",
            TO_CENTRE,
            CHECK_RUNS,
        ),
        of::<data::EnterReport>,
    ),
    with(
        act(
            "tell_check_failure",
            "告知核对结果",
            "与申报不一致的及时告知申请人，并告知可以提出异议。",
            TO_TOWNSHIP,
            &[Checking, Investigating],
        ),
        of::<data::Text>,
    ),
    with(
        act(
            "object_check",
            "对核对结果提出异议",
            "写明理由，会重新核对。",
            By::Applicant,
            &[CheckFailedTold],
        ),
        of::<data::Text>,
    ),
    act(
        "resume_investigation",
        "继续调查",
        "申请人没有异议的，继续调查。",
        TO_TOWNSHIP,
        &[CheckFailedTold],
    ),
    grave(with(
        act(
            "terminate_noncooperation",
            "终止审核",
            "无正当理由拒不配合调查的，书面告知理由。",
            TO_OFFICE,
            INVESTIGATED,
        ),
        of::<data::Reasons>,
    )),
    // 初审公示
    with(
        act(
            "give_first_opinion",
            "提出初审意见",
            "根据调查和核对结果提出建议。",
            TO_REVIEWER,
            &[Investigating],
        ),
        of::<data::GiveOpinion>,
    ),
    with(
        act(
            "post_notice",
            "公示",
            "在村（社区）公示7天，不得公示与救助无关的信息。",
            TO_TOWNSHIP,
            &[FirstOpinion],
        ),
        of::<data::PostNotice>,
    ),
    act("notice_ended", "公示期满", "", By::System, &[PublicNotice]),
    with(
        act(
            "object",
            "公示异议",
            "",
            By::System,
            &[PublicNotice, Objected],
        ),
        of::<data::Text>,
    ),
    act(
        "reinvestigate",
        "重新调查",
        "就异议重新调查或组织民主评议。",
        TO_TOWNSHIP,
        &[Objected],
    ),
    act(
        "report_to_county",
        "上报县级",
        "公示期满无异议的及时上报。",
        TO_REVIEWER,
        NOTICE_DONE,
    ),
    // 审核确认
    grave(with(
        act(
            "township_confirm",
            "审核确认（下放）",
            "仅限审核确认权已下放的地方，确认后报县级备案。",
            TO_REVIEWER,
            NOTICE_DONE,
        ),
        of::<data::Confirm>,
    )),
    grave(with(
        act(
            "township_reject",
            "不予确认（下放）",
            "仅限审核确认权已下放的地方，书面说明理由。",
            TO_REVIEWER,
            NOTICE_DONE,
        ),
        of::<data::Reasons>,
    )),
    act(
        "review",
        "开始审核",
        "收到后10个工作日内作出决定。",
        TO_COUNTY,
        &[Reported],
    ),
    with(
        act(
            "send_back",
            "退回补充调查",
            "写明需要补充的内容。",
            TO_COUNTY,
            &[Reported, CountyReview],
        ),
        of::<data::Reasons>,
    ),
    grave(with(
        act(
            "confirm",
            "审核确认",
            "金额按当日标准自动核算。",
            TO_APPROVER,
            &[CountyReview],
        ),
        of::<data::Confirm>,
    )),
    grave(with(
        act(
            "reject",
            "不予确认",
            "3个工作日内书面告知理由和申诉途径。",
            TO_APPROVER,
            &[CountyReview],
        ),
        of::<data::Reasons>,
    )),
    with(
        act(
            "record_delivery",
            "登记送达",
            "不予确认告知书送达后登记。",
            TO_TOWNSHIP,
            &[Rejected],
        ),
        of::<data::RecordDelivery>,
    ),
    // 发放
    act("order_payment", "开始发放", "", By::System, &[Confirmed]),
    with(
        act(
            "change_account",
            "变更领取账户",
            "开户人须是家庭成员本人。",
            By::Applicant,
            OPEN,
        ),
        of::<data::ChangeAccount>,
    ),
    with(
        act("payment_settled", "发放结果", "", By::System, PAID_OR_ENDED),
        of::<data::PaymentSettled>,
    ),
    act(
        "payee_stored",
        "登记领取账户",
        "",
        By::System,
        PAID_OR_ENDED,
    ),
    // 动态管理
    with(
        act(
            "report_change",
            "报告家庭变化",
            "人口、收入、财产发生变化的，3个月内报告。",
            By::Applicant,
            &[InPayment, Grace],
        ),
        of::<data::ReportChange>,
    ),
    with(
        act(
            "start_recheck",
            "启动复核",
            "定期核查，或者发现情况变化时启动。",
            TO_TOWNSHIP,
            &[InPayment, Grace],
        ),
        of::<data::StartRecheck>,
    ),
    act(
        "recheck_due",
        "定期核查到期",
        "",
        By::System,
        &[InPayment, Grace],
    ),
    with(
        act(
            "propose",
            "提出复核建议",
            "建议不变、增发、减发、停发或进入渐退期。",
            TO_TOWNSHIP,
            &[Recheck, DeathReview],
        ),
        of::<data::Propose>,
    ),
    with(
        act(
            "record_hearing",
            "听取意见",
            "减发、停发前必须听取救助对象意见（社会救助法第四十八条）。",
            TO_OFFICE,
            PAID,
        ),
        of::<data::RecordHearing>,
    ),
    grave(with(
        act(
            "decide_recheck",
            "作出复核决定",
            "减发、停发须先听取意见并书面说明理由。",
            TO_APPROVER,
            &[Recheck, DeathReview, Grace],
        ),
        of::<data::Decide>,
    )),
    with(
        act(
            "extend_grace",
            "延长渐退期",
            "合计不超过6个月。",
            TO_APPROVER,
            &[Grace],
        ),
        of::<data::Months>,
    ),
    act("grace_over", "渐退期满", "", By::System, PAID),
    with(
        act(
            "report_death",
            "登记成员死亡",
            "死亡次月起不再发放其份额，3个月内完成复核。",
            TO_OFFICE,
            OPEN,
        ),
        of::<data::ReportDeath>,
    ),
    with(
        act("record_death", "收到死亡信息", "", By::System, OPEN),
        of::<data::RecordDeath>,
    ),
    with(
        act(
            "record_job_offer",
            "登记介绍就业",
            "有劳动能力的成员连续三次拒绝合适工作的，减发或停发本人份额。",
            TO_TOWNSHIP,
            PAID,
        ),
        of::<data::RecordJobOffer>,
    ),
    grave(act(
        "stop_voluntarily",
        "自愿退出",
        "从下个月起停发，以后可以重新申请。",
        By::Applicant,
        SUPPORTED,
    )),
    grave(with(
        act(
            "fraud_stop",
            "停止救助（骗取）",
            "查实骗取的停止救助、责令退回，可处骗取金额二倍以下罚款；须先听取意见。",
            TO_APPROVER,
            OPEN,
        ),
        of::<data::FraudStop>,
    )),
];
