//! Every act on a divorce, with what must be said in it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::agreement::Agreement;
use crate::domain::{desk::fields::LongText, identity::Answer};

pub use crate::domain::desk::suspicion::ReportViolence;

yiwang_casework::actions! {
    /// The police answer.
    IdentityAnswered(Answer) = "identity_answered";
    /// Asks the police again.
    RecheckIdentity = "recheck_identity";
    /// 受理.
    Accept(Accept) = "accept";
    /// 不予受理.
    NotAccept(NotAccept) = "not_accept";
    /// One of the two takes the application back.
    Withdraw(Withdraw) = "withdraw";
    /// The two agree on something else.
    AmendAgreement(AmendAgreement) = "amend_agreement";
    /// The cooling-off is over.
    CoolingEnded = "cooling_ended";
    /// The window is over.
    WindowEnded = "window_ended";
    /// Divorced on the spot.
    Register(Register) = "register";
    /// Both receive the certificate.
    Deliver(Deliver) = "deliver";
    /// Into the archive.
    Archive = "archive";
    /// The marriage ended in another way.
    End(End) = "end";
    /// Signs of violence.
    ReportViolence(ReportViolence) = "report_violence";
    /// 心理疏导、纠纷调解、婚姻家庭辅导.
    OfferCounselling(OfferCounselling) = "offer_counselling";
}

/// Acceptance.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Accept {
    /// Both stand at the counter.
    #[schemars(title = "双方都已到场", description = "")]
    pub both_present: bool,
}

yiwang_casework::code_list! {
    /// Why an application is not accepted (条例; rules A2.4).
    Ground {
        NoAgreement = "no_agreement", "未达成离婚协议";
        LimitedCapacity = "limited_capacity", "一方属于无民事行为能力人或者限制民事行为能力人";
        NotRegisteredHere = "not_registered_here", "结婚登记不是在内地办理的";
        Other = "other", "不符合受理条件的其他情形";
    }
}

/// Refusal to accept.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct NotAccept {
    /// Ground of the law.
    #[schemars(title = "不予受理的情形", description = "")]
    pub ground: Ground,
    /// Why; quoted in the paper.
    #[schemars(title = "理由", description = "会写入告知书。", with = "LongText")]
    pub reasons: String,
}

yiwang_casework::code_list! {
    /// One of the two.
    Side {
        A = "a", "申请人一";
        B = "b", "申请人二";
    }
}

/// Withdrawal.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Withdraw {
    /// Who came; one is enough.
    #[schemars(
        title = "由谁撤回",
        description = "任何一方都可以单独撤回，须本人到场并出示身份证。"
    )]
    pub by: Side,
    /// The receipt was brought.
    #[schemars(title = "已交回受理回执单", description = "")]
    pub receipt: bool,
    /// Or a written statement of its loss.
    #[serde(default)]
    #[schemars(title = "已交回执单遗失声明", description = "回执单遗失的需要。")]
    pub lost_statement: bool,
    /// 《撤回离婚登记申请书》 in their own hand.
    #[schemars(title = "本人已填写并签署《撤回离婚登记申请书》", description = "")]
    pub handwritten: bool,
}

/// A changed agreement.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct AmendAgreement {
    /// Both stand at the counter.
    #[schemars(title = "双方都已到场", description = "")]
    pub both_present: bool,
    /// The whole text.
    #[schemars(title = "变更后的离婚协议", description = "")]
    pub agreement: Agreement,
}

/// Registration.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Register {
    /// Both stand at the counter.
    #[schemars(title = "双方都已到场", description = "")]
    pub both_present: bool,
    /// Asked alone, the first wants it.
    #[schemars(title = "申请人一自愿离婚", description = "分别询问。")]
    pub a_willing: bool,
    /// Asked alone, the second wants it.
    #[schemars(title = "申请人二自愿离婚", description = "分别询问。")]
    pub b_willing: bool,
    /// Nothing changed in what they agreed on.
    #[schemars(
        title = "双方确认离婚协议没有变更",
        description = "有变更的，先办理变更离婚协议。"
    )]
    pub agreement_confirmed: bool,
    /// 《离婚登记声明书》 and agreement, signed on the spot.
    #[schemars(
        title = "申请人一已签署声明书和协议",
        description = "当面签名、按指纹。"
    )]
    pub a_signed: bool,
    /// The same by the second.
    #[schemars(
        title = "申请人二已签署声明书和协议",
        description = "当面签名、按指纹。"
    )]
    pub b_signed: bool,
}

/// Receipt of the certificate.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Deliver {
    /// By the first.
    #[schemars(title = "申请人一已签收", description = "")]
    pub a_received: bool,
    /// By the second.
    #[schemars(title = "申请人二已签收", description = "")]
    pub b_received: bool,
}

yiwang_casework::code_list! {
    /// What ended the marriage instead (rules A4).
    Cause {
        Death = "death", "一方死亡";
        Court = "court", "法院裁判";
        Revoked = "revoked", "结婚登记被撤销";
    }
}

/// End from outside.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct End {
    /// Why.
    #[schemars(title = "终止原因", description = "")]
    pub cause: Cause,
}

yiwang_casework::code_list! {
    /// Kinds of help.
    Counselling {
        Psychological = "psychological", "心理疏导";
        Mediation = "mediation", "纠纷调解";
        Family = "family", "婚姻家庭辅导";
    }
}

/// An offer of help.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct OfferCounselling {
    /// Kind.
    #[schemars(title = "服务", description = "")]
    pub kind: Counselling,
    /// Taken up.
    #[schemars(title = "当事人愿意接受", description = "不接受不影响办理。")]
    pub accepted: bool,
}
