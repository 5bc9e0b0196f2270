//! Where an application stands (rules A2.1), in the order of the law.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Handed in.
    Submitted,
    /// The one-time list is with the applicant.
    Correction,
    /// Taken on 受理; the total limit runs.
    Accepted,
    /// Visits and enquiries.
    Investigating,
    /// The check centre compares.
    Checking,
    /// The family was told that the check contradicts the form.
    CheckFailedTold,
    /// The township has an opinion.
    FirstOpinion,
    /// The opinion hangs out for seven days.
    PublicNotice,
    /// Somebody objects.
    Objected,
    /// The file is with the county.
    Reported,
    /// The county looks at it.
    CountyReview,
    /// Granted; paid from next month.
    Confirmed,
    /// Refused in writing; the paper is on its way.
    Rejected,
    /// Refused, and the paper reached the applicant.
    RefusalDelivered,
    /// Paid every month.
    InPayment,
    /// Looked at again.
    Recheck,
    /// Paid on for some months after taking up work 渐退期.
    Grace,
    /// A member died; within three months.
    DeathReview,
    /// Ended.
    Stopped,
    /// Ended; what was paid too much is still to come back.
    Recovering,
    /// Taken back by the applicant.
    Withdrawn,
    /// Ended: the family would not be investigated.
    TerminatedNoncooperation,
    /// Ended: obtained by fraud.
    FraudStopped,
}

/// Township clerks and reviewers.
pub const TOWNSHIP: &[Role] = &[Role::Clerk, Role::TownshipOfficer];
/// Township reviewer.
pub const REVIEWER: &[Role] = &[Role::TownshipOfficer];
/// County clerks.
pub const COUNTY: &[Role] = &[Role::CountyOfficer];
/// County approver.
pub const APPROVER: &[Role] = &[Role::Approver];
/// Check centre.
pub const CHECK_CENTRE: &[Role] = &[Role::CheckCentre];

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Submitted,
        Self::Correction,
        Self::Accepted,
        Self::Investigating,
        Self::Checking,
        Self::CheckFailedTold,
        Self::FirstOpinion,
        Self::PublicNotice,
        Self::Objected,
        Self::Reported,
        Self::CountyReview,
        Self::Confirmed,
        Self::Rejected,
        Self::RefusalDelivered,
        Self::InPayment,
        Self::Recheck,
        Self::Grace,
        Self::DeathReview,
        Self::Stopped,
        Self::Recovering,
        Self::Withdrawn,
        Self::TerminatedNoncooperation,
        Self::FraudStopped,
    ];

    fn spec(self) -> StateSpec {
        let (code, label, awaiting, explanation) = TABLE[self as usize];
        StateSpec {
            code,
            label,
            explanation,
            awaiting,
        }
    }
}

/// Code, label, who is awaited, words for the applicant; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 23] = [
    (
        "submitted",
        "待受理",
        Awaiting::Roles(TOWNSHIP),
        "申请已收到，乡镇（街道）正在查看材料是否齐全。",
    ),
    (
        "correction",
        "待补正",
        Awaiting::Applicant,
        "有内容需要补正，清单已一次性列出。补好后重新提交即可。",
    ),
    (
        "accepted",
        "已受理",
        Awaiting::Roles(TOWNSHIP),
        "申请已受理，乡镇（街道）会在3个工作日内开始调查。",
    ),
    (
        "investigating",
        "调查中",
        Awaiting::Roles(TOWNSHIP),
        "工作人员会上门了解情况，请保持电话畅通。",
    ),
    (
        "checking",
        "信息核对中",
        Awaiting::Department("家庭经济状况核对机构"),
        "核对机构正在与各部门比对信息，不需要您开证明。",
    ),
    (
        "check_failed_told",
        "核对结果已告知",
        Awaiting::Applicant,
        "核对结果与申报不一致，已告知您。有异议的，请提交说明和依据，会重新核对。",
    ),
    (
        "first_opinion",
        "已提出初审意见",
        Awaiting::Roles(TOWNSHIP),
        "乡镇（街道）已提出初审意见，下一步公示或上报。",
    ),
    (
        "public_notice",
        "公示中",
        Awaiting::Time("公示期满"),
        "初审意见正在村（社区）公示，公示7天。公示内容不含身份证号、住址和病情。",
    ),
    (
        "objected",
        "公示有异议",
        Awaiting::Roles(TOWNSHIP),
        "公示期间有人提出异议，乡镇（街道）会重新调查核实。",
    ),
    (
        "reported",
        "已上报",
        Awaiting::Roles(COUNTY),
        "材料已报县级民政部门，10个工作日内作出决定。",
    ),
    (
        "county_review",
        "县级审核中",
        Awaiting::Roles(COUNTY_REVIEWERS),
        "县级民政部门正在审核。",
    ),
    (
        "confirmed",
        "已确认",
        Awaiting::Time("下月起发放"),
        "已经确认，从下个月起按月发放。",
    ),
    (
        "rejected",
        "不予确认",
        Awaiting::Roles(TOWNSHIP),
        "不予确认，书面告知书写明了理由和申诉途径，3个工作日内送达。",
    ),
    (
        "refusal_delivered",
        "不予确认（已送达）",
        Awaiting::Nobody,
        "不予确认，书面告知书已送达，写明了理由和申诉途径。",
    ),
    (
        "in_payment",
        "发放中",
        Awaiting::Standing,
        "每月发放到登记的账户。家庭情况有变化请及时报告。",
    ),
    (
        "recheck",
        "复核中",
        Awaiting::Roles(RECHECKERS),
        "正在复核家庭情况，复核期间照常发放。减发或停发前会先听取您的意见。",
    ),
    (
        "grace",
        "渐退期",
        Awaiting::Standing,
        "因就业收入提高，渐退期内继续发放，期满停发。",
    ),
    (
        "death_review",
        "成员死亡复核",
        Awaiting::Roles(RECHECKERS),
        "家庭成员去世，3个月内完成复核；其他成员照常发放。",
    ),
    (
        "stopped",
        "已停发",
        Awaiting::Nobody,
        "已停发，告知书写明了理由和申诉途径。生活再有困难可以重新申请。",
    ),
    (
        "recovering",
        "已停发，待退回",
        Awaiting::Roles(RECHECKERS),
        "已停发。停发以后多发的部分需要退回，工作人员会与您联系。",
    ),
    (
        "withdrawn",
        "已撤回",
        Awaiting::Nobody,
        "申请已按您的意愿撤回，随时可以重新申请。",
    ),
    (
        "terminated_noncooperation",
        "已终止",
        Awaiting::Nobody,
        "因无法完成调查，申请已终止，理由见告知书。愿意配合时可以重新申请。",
    ),
    (
        "fraud_stopped",
        "已停止救助",
        Awaiting::Nobody,
        "已停止救助，理由、退回金额和申诉途径见告知书。",
    ),
];

const COUNTY_REVIEWERS: &[Role] = &[Role::CountyOfficer, Role::Approver];
const RECHECKERS: &[Role] = &[Role::Clerk, Role::TownshipOfficer, Role::Approver];

/// States before a decision: the applicant may still withdraw.
pub const UNDECIDED: &[State] = &[
    State::Submitted,
    State::Correction,
    State::Accepted,
    State::Investigating,
    State::Checking,
    State::CheckFailedTold,
    State::FirstOpinion,
    State::PublicNotice,
    State::Objected,
    State::Reported,
    State::CountyReview,
];

/// States with the total limit running: it may be extended for a coded reason.
pub const LIMITED: &[State] = &[
    State::Accepted,
    State::Investigating,
    State::Checking,
    State::CheckFailedTold,
    State::FirstOpinion,
    State::PublicNotice,
    State::Objected,
    State::Reported,
    State::CountyReview,
];

/// States of a case that has not ended.
pub const OPEN: &[State] = &[
    State::Submitted,
    State::Correction,
    State::Accepted,
    State::Investigating,
    State::Checking,
    State::CheckFailedTold,
    State::FirstOpinion,
    State::PublicNotice,
    State::Objected,
    State::Reported,
    State::CountyReview,
    State::Confirmed,
    State::InPayment,
    State::Recheck,
    State::Grace,
    State::DeathReview,
];

/// States in which money is paid, or will be from next month.
pub const SUPPORTED: &[State] = &[
    State::Confirmed,
    State::InPayment,
    State::Recheck,
    State::Grace,
    State::DeathReview,
];

#[cfg(test)]
mod tests {
    use yiwang_casework::State as _;

    use super::State;

    #[test]
    fn the_table_is_in_the_order_of_the_states() {
        for state in State::ALL {
            let code = serde_json::to_value(state).unwrap();
            assert_eq!(code, state.spec().code);
        }
    }
}
