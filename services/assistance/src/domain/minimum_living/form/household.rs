//! Property, costs, cause, payee and commitment: once per family.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_civic::money::Fen;

use super::fields;
use crate::domain::minimum_living::codes::{Business, Cause, UncountedKind, Vehicle};

/// Property of the family 家庭财产.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Assets {
    /// Deposits, securities, funds, insurance with cash value, claims.
    #[schemars(
        title = "存款、理财、股票、商业保险现金价值、借出的钱合计",
        description = "全家合计，大致数额即可，不需要开证明。",
        with = "fields::Yuan"
    )]
    pub financial: Fen,
    /// Dwellings owned.
    #[schemars(
        title = "自有住房套数",
        description = "含农村自建房。",
        range(min = 0, max = 20)
    )]
    pub dwellings: u8,
    /// Vehicles.
    #[serde(default)]
    #[schemars(
        title = "车辆",
        description = "残疾人代步车、燃油摩托车、电动自行车不受影响。",
        length(max = 10)
    )]
    pub vehicles: Vec<VehicleRow>,
    /// Business registration.
    #[schemars(title = "办了营业执照的生意", description = "")]
    pub business: Business,
}

/// One vehicle.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct VehicleRow {
    /// Kind.
    #[schemars(title = "种类", description = "")]
    pub kind: Vehicle,
}

/// Costs of twelve months that cannot be avoided 刚性支出.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(description = "")]
pub struct RigidCosts {
    /// Own share of medical bills.
    #[schemars(title = "看病自己负担的费用", description = "", with = "fields::Yuan")]
    pub medical: Fen,
    /// Own share of rehabilitation and aids.
    #[schemars(
        title = "残疾康复和辅具自己负担的费用",
        description = "",
        with = "fields::Yuan"
    )]
    pub rehabilitation: Fen,
}

/// Money received that is not income.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Uncounted {
    /// Kind.
    #[schemars(title = "款项", description = "")]
    pub kind: UncountedKind,
    /// Sum of the last twelve months.
    #[schemars(title = "近12个月合计", description = "", with = "fields::Yuan")]
    pub yearly: Fen,
}

/// Why the family is in need 致困原因.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Hardship {
    /// Main cause.
    #[schemars(title = "主要原因", description = "")]
    pub cause: Cause,
    /// In one's own words.
    #[serde(default)]
    #[schemars(
        title = "想说明的情况",
        description = "用自己的话写就行，可以不填。",
        with = "fields::LongText"
    )]
    pub story: String,
}

/// Where the money goes 领取账户.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Payee {
    /// Holder; applicant or a member of the family.
    #[schemars(
        title = "开户人姓名",
        description = "必须是申请人或家庭成员本人。",
        with = "fields::Name"
    )]
    pub holder: String,
    /// Bank.
    #[schemars(title = "开户银行", description = "", with = "fields::ShortText")]
    pub bank: String,
    /// Account number.
    #[schemars(
        title = "银行账号",
        description = "社保卡的银行账号也可以。",
        with = "fields::Account"
    )]
    pub account: String,
}

/// Commitment 承诺书 and declared relatives.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Pledge {
    /// Everything is true.
    #[schemars(
        title = "我承诺所填内容真实、完整；家庭人口、收入、财产发生变化会及时告知乡镇（街道）",
        description = "虚报、隐瞒骗取救助的，要退回并承担法律责任（社会救助法第七十三条）。",
        extend("x-widget" = "checkbox")
    )]
    pub truthful: bool,
    /// Near relative of an officer or a member of the village committee.
    #[serde(default)]
    #[schemars(
        title = "家里有人是低保经办人员或村（居）委会成员的近亲属",
        description = "只作单独登记备案，不影响申请（民发〔2021〕57号第十一条）。",
        extend("x-widget" = "checkbox")
    )]
    pub near_relative: bool,
    /// Who that is.
    #[serde(default)]
    #[schemars(
        title = "这位经办人员或村（居）委会成员的姓名和职务",
        description = "",
        with = "fields::ShortText",
        extend("x-show-if" = {"pointer": "near_relative", "equals": true})
    )]
    pub near_relative_of: String,
}
