//! What must be said in the acts after the decision.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_civic::{money::Fen, time::Month};

use crate::domain::minimum_living::{
    codes::{Outcome, RecheckCause, StopReason},
    form::{self, Form},
};

/// Changed family or figures.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Amend {
    /// Form.
    #[schemars(title = "变更后的申请内容", description = "")]
    pub form: Form,
    /// Why.
    #[schemars(title = "变更原因", description = "", with = "form::LongText")]
    pub reasons: String,
}

/// A change the family reports.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct ReportChange {
    /// Since when.
    #[schemars(title = "从哪天开始变化", description = "", with = "form::Day")]
    pub changed_on: Date,
    /// What.
    #[schemars(
        title = "发生了什么变化",
        description = "人口、收入、财产的变化。",
        with = "form::LongText"
    )]
    pub text: String,
}

/// New account.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct ChangeAccount {
    /// Payee.
    #[schemars(title = "新的领取账户", description = "")]
    pub payee: form::Payee,
}

/// Start of a recheck.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct StartRecheck {
    /// Why.
    #[schemars(title = "复核原因", description = "")]
    pub cause: RecheckCause,
}

/// Proposal.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Propose {
    /// Outcome.
    #[schemars(title = "复核建议", description = "")]
    pub outcome: Outcome,
    /// Why.
    #[schemars(title = "理由", description = "", with = "form::LongText")]
    pub reasons: String,
}

/// Hearing.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct RecordHearing {
    /// Beijing date.
    #[schemars(title = "听取意见日期", description = "", with = "form::Day")]
    pub on: Date,
    /// What the recipient said.
    #[schemars(
        title = "救助对象的意见",
        description = "如实记录，没有意见也请写明。",
        with = "form::LongText"
    )]
    pub said: String,
}

/// Decision of a recheck.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Decide {
    /// Outcome.
    #[schemars(title = "决定", description = "")]
    pub outcome: Outcome,
    /// Why; quoted in the document.
    #[schemars(
        title = "理由",
        description = "会写入告知书。",
        with = "form::LongText"
    )]
    pub reasons: String,
    /// Code of A4.4 for a stop.
    #[serde(default)]
    #[schemars(
        title = "停发原因",
        description = "停发时填写。",
        with = "Option<StopReason>"
    )]
    pub stop_reason: Option<StopReason>,
    /// Months of grace.
    #[serde(default)]
    #[schemars(
        title = "渐退期月数",
        description = "进入渐退期时填写，最长6个月。",
        range(min = 1, max = 1000)
    )]
    pub months: Option<u32>,
    /// Tier.
    #[serde(default)]
    #[schemars(
        title = "档次",
        description = "实行分档定额的地方填写。",
        with = "Option<form::ShortText>"
    )]
    pub tier: Option<String>,
}

/// A number of months.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Months {
    /// Months.
    #[schemars(title = "月数", description = "", range(min = 1, max = 1000))]
    pub months: u32,
}

/// Death known to the office.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct ReportDeath {
    /// Name on the form.
    #[schemars(
        title = "去世的家庭成员姓名",
        description = "有同名成员的填身份证号码。",
        with = "form::Name"
    )]
    pub name: String,
    /// Beijing date.
    #[schemars(title = "去世日期", description = "", with = "form::Day")]
    pub died_on: Date,
}

/// Job offer.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct RecordJobOffer {
    /// Name on the form.
    #[schemars(
        title = "家庭成员姓名",
        description = "有同名成员的填身份证号码。",
        with = "form::Name"
    )]
    pub name: String,
    /// Beijing date.
    #[schemars(title = "介绍日期", description = "", with = "form::Day")]
    pub on: Date,
    /// Suitable.
    #[schemars(title = "工作与其健康和能力相适应", description = "")]
    pub suitable: bool,
    /// Taken.
    #[schemars(title = "本人接受", description = "")]
    pub accepted: bool,
}

/// Fraud.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct FraudStop {
    /// Facts and evidence.
    #[schemars(
        title = "认定的事实和依据",
        description = "会写入告知书。",
        with = "form::LongText"
    )]
    pub reasons: String,
    /// To be paid back.
    #[serde(default)]
    #[schemars(title = "应退回金额", description = "", with = "form::Yuan")]
    pub recover: Fen,
    /// Fine.
    #[serde(default)]
    #[schemars(
        title = "罚款",
        description = "不超过骗取金额的二倍（社会救助法第七十三条）。",
        with = "form::Yuan"
    )]
    pub fine: Fen,
}

/// Outcome of a transfer.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct PaymentSettled {
    /// Month, e.g. `2026-06`.
    #[schemars(title = "月份", description = "", with = "String")]
    pub month: Month,
    /// Amount.
    #[schemars(title = "金额", description = "", with = "form::Yuan")]
    pub amount: Fen,
    /// The bank's reason for sending it back; absent when it was paid.
    #[serde(default)]
    #[schemars(title = "退回原因", description = "")]
    pub returned: Option<String>,
    /// Made afterwards, for other months.
    #[serde(default)]
    #[schemars(title = "补发", description = "")]
    pub arrears: bool,
}
