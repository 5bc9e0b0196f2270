//! Every act on a registration, with what must be said in it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    fields::{KinChoice, LongText, StatedChoice, Tick},
    paper::Paper,
};
use crate::domain::{identity::Answer, kinship::Kin, party::StatedStatus};

pub use crate::domain::desk::suspicion::ReportViolence;

yiwang_casework::actions! {
    /// The police answer.
    IdentityAnswered(Answer) = "identity_answered";
    /// Asks the police again.
    RecheckIdentity = "recheck_identity";
    /// A paper for what the network does not show.
    ProveStatus(ProveStatus) = "prove_status";
    /// Both have signed 《申请结婚登记声明书》.
    Declare(Declare) = "declare";
    /// 准予登记, on the spot.
    Register(Register) = "register";
    /// 不予登记.
    Refuse(Refuse) = "refuse";
    /// 颁证.
    Deliver(Deliver) = "deliver";
    /// 归档.
    Archive = "archive";
    /// Given up.
    Cancel(Cancel) = "cancel";
    /// Signs of violence, coercion or trafficking.
    ReportViolence(ReportViolence) = "report_violence";
}

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "")]
pub enum Side {
    /// 申请人一
    A,
    /// 申请人二
    B,
}

impl Side {
    /// Index in the form's people.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::A => 0,
            Self::B => 1,
        }
    }
}

/// A paper.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct ProveStatus {
    /// Whose.
    #[schemars(title = "谁的材料", description = "")]
    pub party: Side,
    /// Which.
    #[schemars(title = "材料", description = "当面查验原件，复印或者拍照留存。")]
    pub paper: Paper,
    /// Its number.
    #[schemars(
        title = "文书编号",
        description = "如案号、离婚证字号、死亡证明编号。",
        length(min = 1, max = 60)
    )]
    pub number: String,
    /// Who issued it.
    #[schemars(
        title = "出具单位",
        description = "如某某人民法院、某某公证处。",
        length(min = 1, max = 60)
    )]
    pub issuer: String,
}

/// Both have declared.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Declare {
    /// Both stand at the counter.
    #[serde(default)]
    #[schemars(title = "男女双方都在现场，人证一致", description = "", with = "Tick")]
    pub both_present: bool,
    /// Signature and fingerprint of `a`.
    #[serde(default)]
    #[schemars(title = "申请人一已当面签名、按指印", description = "", with = "Tick")]
    pub a_signed: bool,
    /// Signature and fingerprint of `b`.
    #[serde(default)]
    #[schemars(title = "申请人二已当面签名、按指印", description = "", with = "Tick")]
    pub b_signed: bool,
    /// The duty of 民法典 1053 was explained.
    #[serde(default)]
    #[schemars(
        title = "已告知重大疾病须在登记前如实告知对方",
        description = "只是提示义务，患病不影响登记（民法典第一千零五十三条）。",
        with = "Tick"
    )]
    pub illness_told: bool,
    /// What they are to each other.
    #[serde(default)]
    #[schemars(
        title = "双方声明的亲属关系",
        description = "不选就是没有亲属关系。",
        with = "KinChoice"
    )]
    pub kin: Kin,
    /// Status of `a`, where it is not the one of the form.
    #[serde(default)]
    #[schemars(
        title = "申请人一声明的婚姻状况",
        description = "与申请时所说一致的不用选。",
        with = "Option<StatedChoice>"
    )]
    pub a_status: Option<StatedStatus>,
    /// Status of `b`, where it is not the one of the form.
    #[serde(default)]
    #[schemars(
        title = "申请人二声明的婚姻状况",
        description = "与申请时所说一致的不用选。",
        with = "Option<StatedChoice>"
    )]
    pub b_status: Option<StatedStatus>,
    /// Joint photographs; all that are needed when it is left out.
    #[serde(default)]
    #[schemars(
        title = "已收2寸双人合影照片张数",
        description = "收齐的不用填。",
        range(min = 0, max = 20)
    )]
    pub photos: Option<u32>,
}

/// Both were asked, one at a time.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Register {
    /// `a` says yes.
    #[serde(default)]
    #[schemars(title = "申请人一回答：自愿结婚", description = "", with = "Tick")]
    pub a_willing: bool,
    /// `b` says yes.
    #[serde(default)]
    #[schemars(title = "申请人二回答：自愿结婚", description = "", with = "Tick")]
    pub b_willing: bool,
}

/// Grounds of the law for 不予登记 (rules A3.3). Illness is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "")]
pub enum Ground {
    /// 未到法定结婚年龄
    UnderAge,
    /// 非男女双方完全自愿
    NotVoluntary,
    /// 一方或者双方已有配偶
    Married,
    /// 属于直系血亲或者三代以内旁系血亲
    Kin,
    /// 其他不符合登记条件的情形
    Other,
}

impl Ground {
    /// In Chinese.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::UnderAge => "未到法定结婚年龄",
            Self::NotVoluntary => "非男女双方完全自愿",
            Self::Married => "一方或者双方已有配偶",
            Self::Kin => "属于直系血亲或者三代以内旁系血亲",
            Self::Other => "其他不符合登记条件的情形",
        }
    }
}

/// A refusal.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Refuse {
    /// Ground of the law.
    #[schemars(title = "不予登记的情形", description = "患病不是不予登记的理由。")]
    pub ground: Ground,
    /// In words; quoted in the paper.
    #[schemars(
        title = "具体理由",
        description = "会写入《不予办理结婚登记告知书》，请写明事实。",
        with = "LongText"
    )]
    pub reasons: String,
}

/// The certificates change hands.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Deliver {
    /// `a` has it and signed for it.
    #[serde(default)]
    #[schemars(title = "申请人一已领证签收", description = "", with = "Tick")]
    pub a_received: bool,
    /// `b` has it and signed for it.
    #[serde(default)]
    #[schemars(title = "申请人二已领证签收", description = "", with = "Tick")]
    pub b_received: bool,
    /// 颁证仪式
    #[serde(default)]
    #[schemars(
        title = "举行了颁证仪式",
        description = "自愿参加，可以邀请父母到场。",
        with = "Tick"
    )]
    pub ceremony: bool,
}

/// Given up before registration.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Cancel {
    /// Why.
    #[schemars(
        title = "取消的原因",
        description = "如当事人改日再办、信息录入有误重新受理。",
        with = "LongText"
    )]
    pub reasons: String,
}
