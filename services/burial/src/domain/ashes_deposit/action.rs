//! Every act on a deposit, with what must be said in it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Photos;

use jiff::civil::Date;

use crate::domain::{
    benefit::Group,
    fields::{Day, DocumentNumber, LongText, Name, ShortText},
    grave::form::SpotChoice,
    rest::Relation,
    signer::{OwnHand, Rescan},
    wish::{AskCorrection, ChangeContact, Correct, Decline},
};

yiwang_casework::actions! {
    /// 入存.
    Store(Store) = "store";
    /// 不予办理.
    Refuse(Reasons) = "refuse";
    /// 撤回.
    Withdraw = "withdraw";
    /// 续存.
    Renew(Renew) = "renew";
    /// 领取.
    HandOut(HandOut) = "hand_out";
    /// 转安放.
    Moved = "moved";
    /// 生态安葬.
    Settle(Settle) = "settle";
    /// 第二人复核.
    Countersign(Rescan) = "countersign";
    /// 家属签名.
    FamilySign(OwnHand) = "family_sign";
    /// 作废待签名的一步.
    Discard(Reasons) = "discard";
    /// 申请续存.
    AskRenewal(AskRenewal) = "ask_renewal";
    /// 预约领取.
    AskCollection(AskCollection) = "ask_collection";
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
    /// Sixty and thirty days before.
    Remind = "remind";
    /// The last paid day is over.
    PeriodEnded = "period_ended";
    /// Thirty days after.
    RemindOverdue = "remind_overdue";
    /// Long enough nobody came.
    Unclaimed = "unclaimed";
    /// The notice is over.
    NoticeEnded = "notice_ended";
}

/// The contract, with the urn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Store {
    /// Number on the label.
    #[serde(default)]
    #[schemars(
        title = "骨灰编号",
        description = "扫骨灰盒上的标签；外地火化、没有标签的不填，由系统编号。",
        with = "ShortText"
    )]
    pub urn: String,
    /// Originals, where the chain cannot answer.
    #[serde(default)]
    #[schemars(
        title = "已核对火化证明原件",
        description = "外地火化的必须核对。",
        extend("x-widget" = "checkbox")
    )]
    pub originals_seen: bool,
    /// Receipt, or the waiver.
    #[schemars(
        title = "收费票据号（减免的填减免决定编号）",
        description = "",
        with = "ShortText"
    )]
    pub receipt: String,
    /// Group for which more is free.
    #[serde(default)]
    #[schemars(
        title = "惠民减免对象",
        description = "核对过证件的选；免费的月数自动另加。"
    )]
    pub group: Option<Group>,
}

/// Written reasons.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Reasons {
    /// Why.
    #[schemars(title = "理由", description = "", with = "LongText")]
    pub reasons: String,
}

/// Paid for longer.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Renew {
    /// Months.
    #[schemars(
        title = "续存月数",
        description = "从原到期日接着算。",
        range(min = 1, max = 120)
    )]
    pub months: u32,
    /// Receipt.
    #[schemars(title = "收费票据号", description = "", with = "ShortText")]
    pub receipt: String,
}

/// Taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct HandOut {
    /// Who takes it.
    #[schemars(title = "领取人姓名", description = "", with = "Name")]
    pub taker: String,
    /// Their document.
    #[schemars(
        title = "领取人身份证件号码",
        description = "",
        with = "DocumentNumber"
    )]
    pub taker_number: String,
    /// What they are to the dead.
    #[schemars(title = "领取人与逝者的关系", description = "")]
    pub relation: Relation,
    /// Card seen.
    #[schemars(
        title = "已核对领取人的身份证件",
        description = "",
        extend("x-widget" = "checkbox")
    )]
    pub id_checked: bool,
    /// Not the handler: with their word.
    #[serde(default)]
    #[schemars(
        title = "委托书编号",
        description = "领取人不是承办人的，要有承办人的委托书。",
        with = "ShortText"
    )]
    pub authorisation: String,
    /// Receipt.
    #[schemars(
        title = "寄存证（收据）编号",
        description = "没有收据骨灰不能领走。",
        with = "ShortText"
    )]
    pub receipt: String,
}

/// Laid to rest after the notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Settle {
    /// What the county said.
    #[schemars(
        title = "报民政局的文号",
        description = "公告期满、报民政局以后才能生态安葬。",
        with = "ShortText"
    )]
    pub report: String,
    /// Where.
    #[schemars(
        title = "生态安葬位置",
        description = "树葬、花坛葬、草坪葬等位置。",
        with = "SpotChoice"
    )]
    pub spot: String,
    /// Who stands by.
    #[schemars(title = "见证人", description = "", with = "Name")]
    pub witness: String,
    /// Photo.
    #[schemars(title = "现场照片", description = "看得出安葬的位置。")]
    pub photo: Photos,
}

/// The family wants them kept longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct AskRenewal {
    /// Months.
    #[schemars(
        title = "续几个月",
        description = "从原到期日接着算。",
        range(min = 1, max = 120)
    )]
    pub months: u32,
}

/// The family comes for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct AskCollection {
    /// When.
    #[schemars(
        title = "哪天来领取",
        description = "来时带身份证件和寄存证。",
        with = "Day"
    )]
    pub on: Date,
}
