//! What investigation and check found, where it differs from the form.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_civic::money::Fen;

use super::form;

/// Figures the office found 核定结果; an absent one leaves what was declared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(description = "")]
pub struct Findings {
    /// Net income of the counted persons in twelve months, job costs already off.
    #[schemars(
        title = "核定的家庭近12个月净收入",
        description = "与申报一致的不填。只算计入家庭的成员，已扣除就业成本。",
        with = "Option<form::Yuan>"
    )]
    pub yearly_income: Option<Fen>,
    /// Net income of the one who applies alone, in twelve months.
    #[schemars(
        title = "核定的单独申请人本人近12个月净收入",
        description = "只在单独申请时填写，与申报一致的不填。已扣除就业成本。",
        with = "Option<form::Yuan>"
    )]
    pub single_income: Option<Fen>,
    /// Recognised costs of illness and disability in twelve months.
    #[schemars(
        title = "核定的近12个月因病因残支出",
        description = "与申报一致的不填。",
        with = "Option<form::Yuan>"
    )]
    pub yearly_costs: Option<Fen>,
    /// Financial assets.
    #[schemars(
        title = "核定的金融资产合计",
        description = "与申报一致的不填。",
        with = "Option<form::Yuan>"
    )]
    pub financial_assets: Option<Fen>,
    /// Dwellings.
    #[schemars(
        title = "核定的住房套数",
        description = "与申报一致的不填。",
        range(min = 0, max = 20)
    )]
    pub dwellings: Option<u32>,
    /// Owns a vehicle that counts.
    #[schemars(title = "有须计入的机动车辆", description = "与申报一致的不填。")]
    pub counted_vehicle: Option<bool>,
    /// Has a business registration that counts.
    #[schemars(title = "有须计入的市场主体登记", description = "与申报一致的不填。")]
    pub counted_business: Option<bool>,
    /// Indices of counted persons who do not take part in the application.
    #[schemars(
        title = "应计入家庭但未一起申请的成员",
        description = "填成员序号，申请人为0，第一位家庭成员为1。家庭须整体申请。",
        length(max = 20)
    )]
    pub not_applying: Vec<usize>,
}
