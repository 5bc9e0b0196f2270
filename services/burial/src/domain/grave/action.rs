//! Every act on a grave, with what must be said in it. There is none that changes the name,
//! passes the place on or sells it again (国令824号).

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Photos;

pub use super::ask::{AskRelocation, AskRenewal};
use crate::domain::{
    fields::{Day, LongText, Name, ShortText},
    signer::{OwnHand, Rescan},
    wish::{AskCorrection, ChangeContact, Correct, Decline},
};

yiwang_casework::actions! {
    /// 审核通过.
    Accept(Accept) = "accept";
    /// 批准特殊情形.
    Approve(Approve) = "approve";
    /// 不予办理.
    Refuse(Reasons) = "refuse";
    /// 撤回.
    Withdraw = "withdraw";
    /// 签合同.
    Sign(Sign) = "sign";
    /// 安放（葬）.
    Lay(Lay) = "lay";
    /// 续期.
    Renew(Renew) = "renew";
    /// 迁葬.
    Relocate(Relocate) = "relocate";
    /// 退还.
    GiveBack(GiveBack) = "give_back";
    /// 复核退还.
    ConfirmGiveBack = "confirm_give_back";
    /// 依法收回.
    Release(Release) = "release";
    /// 第二人复核.
    Countersign(Rescan) = "countersign";
    /// 家属签名.
    FamilySign(OwnHand) = "family_sign";
    /// 作废待签名的一步.
    Discard(Reasons) = "discard";
    /// 申请续期.
    AskRenewal(AskRenewal) = "ask_renewal";
    /// 申请迁出.
    AskRelocation(AskRelocation) = "ask_relocation";
    /// 申请更正.
    AskCorrection(AskCorrection) = "ask_correction";
    /// 换联系电话.
    ChangeContact(ChangeContact) = "change_contact";
    /// 撤回这次申请.
    TakeBack = "take_back";
    /// 更正.
    Correct(Correct) = "correct";
    /// 暂不办理家属的申请.
    Decline(Decline) = "decline";
    /// The hold ends.
    HoldEnded = "hold_ended";
    /// The period ends soon.
    PeriodEnding = "period_ending";
    /// The period is over.
    PeriodEnded = "period_ended";
    /// The notice is over.
    NoticeEnded = "notice_ended";
}

/// What the office has looked at.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Accept {
    /// Originals, where the register cannot answer.
    #[serde(default)]
    #[schemars(
        title = "已核对证明原件",
        description = "外地火化、网上查不到证明的，要核对死亡证明和火化证明原件。",
        extend("x-widget" = "checkbox")
    )]
    pub originals_seen: bool,
    /// The list of the area.
    #[serde(default)]
    #[schemars(
        title = "已与村（社区）户籍、常住名单核对",
        description = "户籍不在服务区域内、按常住居民申请的必须核对。",
        extend("x-widget" = "checkbox")
    )]
    pub on_list: bool,
    /// Proof of kinship.
    #[serde(default)]
    #[schemars(
        title = "已核对亲属关系证明",
        description = "合葬的必须核对，例如结婚证、户口簿。",
        extend("x-widget" = "checkbox")
    )]
    pub kinship_seen: bool,
}

/// The county's word.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Approve {
    /// Yes or no.
    #[schemars(title = "同意", description = "", extend("x-widget" = "checkbox"))]
    pub agree: bool,
    /// Why.
    #[schemars(title = "理由", description = "", with = "LongText")]
    pub reasons: String,
}

/// Written reasons.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Reasons {
    /// Why.
    #[schemars(title = "理由", description = "写明哪一条不符合。", with = "LongText")]
    pub reasons: String,
}

/// The contract.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Sign {
    /// Maintenance paid ahead, in years.
    #[serde(default)]
    #[schemars(
        title = "一次交清的维护管理费年数",
        description = "一次最多交20年；减免的填0。",
        range(min = 0, max = 100)
    )]
    pub maintenance_years: u32,
    /// Agreed price of the place.
    #[serde(default)]
    #[schemars(
        title = "商定的使用费单价（元）",
        description = "价目清单上是一个范围的才填，只能在范围以内。",
        with = "ShortText"
    )]
    pub price: String,
    /// Receipt, or the number of the waiver.
    #[schemars(
        title = "收费票据号（减免的填减免决定编号）",
        description = "",
        with = "ShortText"
    )]
    pub receipt: String,
}

/// Laid to rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Lay {
    /// Number on the urn's label.
    #[serde(default)]
    #[schemars(
        title = "骨灰编号",
        description = "扫骨灰盒上的标签；外地火化、没有标签的不填，由系统编号；遗体安葬不填。",
        with = "ShortText"
    )]
    pub urn: String,
    /// Witness of an ecological burial.
    #[serde(default)]
    #[schemars(title = "见证人", description = "生态安葬要有见证人。", with = "Name")]
    pub witness: String,
    /// Photo of an ecological burial.
    #[serde(default)]
    #[schemars(title = "现场照片", description = "生态安葬要拍照，照片上能看到位置。")]
    pub photo: Photos,
    /// When.
    #[schemars(title = "安放（葬）日期", description = "", with = "Day")]
    pub on: Date,
    /// Where exactly, of an ecological burial.
    #[serde(default)]
    #[schemars(
        title = "具体地点",
        description = "生态安葬写明地点，例如树号、海域坐标。",
        with = "ShortText"
    )]
    pub place: String,
    /// Of somebody who lived when the contract was signed.
    #[serde(default)]
    #[schemars(
        title = "死亡证明编号",
        description = "签合同时健在的，安放时补交。",
        with = "ShortText",
        extend("x-mask" = "id_number")
    )]
    pub death_certificate: String,
    /// The same.
    #[serde(default)]
    #[schemars(
        title = "火化证明编号",
        description = "签合同时健在的，安放时补交。",
        with = "ShortText"
    )]
    pub cremation_certificate: String,
}

/// A new period.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Renew {
    /// Years.
    #[schemars(
        title = "续期年数",
        description = "一次最多续20年。",
        range(min = 1, max = 100)
    )]
    pub years: u32,
    /// Maintenance paid with it.
    #[serde(default)]
    #[schemars(
        title = "一并交的维护管理费年数",
        description = "不填的按续期年数；已经交过或者减免的填0。",
        range(min = 0, max = 100)
    )]
    pub maintenance_years: Option<u32>,
    /// Receipt.
    #[schemars(title = "收费票据号", description = "", with = "ShortText")]
    pub receipt: String,
}

/// Moved out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Relocate {
    /// Where to.
    #[schemars(title = "迁往何处", description = "", with = "ShortText")]
    pub destination: String,
    /// Who takes it.
    #[schemars(
        title = "接收的家属",
        description = "骨灰凭身份证件交给家属。",
        with = "Name"
    )]
    pub taker: String,
    /// Card seen.
    #[schemars(
        title = "已核对接收人的身份证件",
        description = "",
        extend("x-widget" = "checkbox")
    )]
    pub id_checked: bool,
    /// Receipt.
    #[schemars(title = "交接单号", description = "", with = "ShortText")]
    pub receipt: String,
}

/// Given back unused.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct GiveBack {
    /// Why.
    #[schemars(title = "理由", description = "", with = "LongText")]
    pub reasons: String,
    /// Refund.
    #[serde(default)]
    #[schemars(
        title = "退费单号",
        description = "没有收费的不填；要退的金额由系统按剩余整年算。只退给原交费人，不能转给别人。",
        with = "ShortText"
    )]
    pub refund: String,
}

/// Released by law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Release {
    /// Under what.
    #[schemars(
        title = "依据的法律文书或者决定编号",
        description = "没有法律依据不得移动骨灰。",
        with = "ShortText"
    )]
    pub document: String,
    /// Why.
    #[schemars(
        title = "理由",
        description = "写明如何公告、如何查找家属。",
        with = "LongText"
    )]
    pub reasons: String,
}
