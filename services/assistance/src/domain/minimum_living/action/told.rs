//! What other services tell, and what follows from it for money already paid.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_civic::money::Fen;

use crate::domain::minimum_living::form;

/// Death known from another service.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct RecordDeath {
    /// Person key.
    #[schemars(title = "人员标识", description = "")]
    pub person: String,
    /// Beijing date.
    #[schemars(title = "去世日期", description = "", with = "form::Day")]
    pub died_on: Date,
}

/// Somebody on the form.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct OfPerson {
    /// Person key.
    #[schemars(title = "人员标识", description = "")]
    pub person: String,
}

/// A doubt whether somebody lives.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct HoldShare {
    /// Person key.
    #[schemars(title = "人员标识", description = "")]
    pub person: String,
    /// Beijing date of what raised the doubt.
    #[schemars(title = "日期", description = "", with = "form::Day")]
    pub on: Date,
}

/// Marriage or divorce.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct RecordMarital {
    /// Person key.
    #[schemars(title = "人员标识", description = "")]
    pub person: String,
    /// In words.
    #[schemars(title = "婚姻状况变化", description = "")]
    pub change: String,
    /// The day the law counts from.
    #[schemars(title = "日期", description = "", with = "form::Day")]
    pub on: Date,
    /// The family is looked at again.
    #[schemars(title = "启动复核", description = "")]
    pub review: bool,
}

/// Money that came back.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct RecordRecovery {
    /// Amount.
    #[schemars(title = "退回金额", description = "", with = "form::Yuan")]
    pub amount: Fen,
    /// Number of the receipt.
    #[schemars(title = "缴款凭证编号", description = "", with = "form::ShortText")]
    pub receipt: String,
}

/// Money that is not asked back.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct WaiveRecovery {
    /// Why.
    #[schemars(
        title = "不予追回的理由",
        description = "写明无法追回的情况和依据。",
        with = "form::LongText"
    )]
    pub reasons: String,
}
