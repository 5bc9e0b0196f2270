//! After the decision.

use yiwang_casework::By;

use super::{Spec, TO_APPROVER, TO_OFFICE, TO_TOWNSHIP, act, grave, of, with};
use crate::domain::minimum_living::{
    action as data,
    state::{OPEN, SUPPORTED, State},
};

use State::{Confirmed, DeathReview, Grace, InPayment, Recheck, Recovering, Stopped};

const PAID: &[State] = &[InPayment, Recheck, Grace, DeathReview];
const PAID_OR_ENDED: &[State] = &[
    Confirmed,
    InPayment,
    Recheck,
    Grace,
    DeathReview,
    Stopped,
    Recovering,
];

/// The acts.
pub(super) const ACTS: &[Spec] = &[
    // 发放
    act("order_payment", "开始发放", "", By::System, &[Confirmed]),
    with(
        act(
            "change_account",
            "变更领取账户",
            "开户人须是家庭成员本人。",
            By::ApplicantInPerson,
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
    // A recheck under way decides by itself what follows.
    act("grace_over", "渐退期满", "", By::System, &[Grace]),
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
        By::ApplicantInPerson,
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
