//! The applicant, a family member, and what is asked of both.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_civic::money::Fen;

use super::fields;
use crate::domain::minimum_living::codes::{
    Disability, Health, IncomeBasis, Labour, Marital, Relation, Scale, Situation, Student,
};

/// Who applies 申请人.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Applicant {
    /// Name as on the ID card.
    #[schemars(title = "姓名", description = "与身份证一致。", with = "fields::Name")]
    pub name: String,
    /// ID number.
    #[schemars(
        title = "身份证号码",
        description = "18位，末位可以是X。",
        with = "fields::IdNumber"
    )]
    pub id_number: String,
    /// Phone.
    #[schemars(
        title = "联系电话",
        description = "工作人员会打这个电话。",
        with = "fields::Phone"
    )]
    pub phone: String,
    /// 9-digit township of the household registration.
    #[schemars(
        title = "户籍所在地",
        description = "选到乡镇或街道。",
        with = "fields::DivisionCode"
    )]
    pub registration_division: String,
    /// Rural or urban.
    #[schemars(title = "户籍类型", description = "")]
    pub registration_kind: Scale,
    /// 9-digit township where the family lives.
    #[schemars(
        title = "现居住地",
        description = "选到乡镇或街道。",
        with = "fields::DivisionCode"
    )]
    pub residence_division: String,
    /// Street and house.
    #[schemars(
        title = "详细住址",
        description = "村组、街道、门牌号，入户调查时要用。",
        with = "fields::Address"
    )]
    pub address: String,
    /// Holds a residence permit of the place of application.
    #[serde(default)]
    #[schemars(
        title = "我持有现居住地的居住证",
        description = "",
        extend("x-widget" = "checkbox")
    )]
    pub residence_permit: bool,
    /// Everything else.
    #[schemars(title = "本人情况", description = "")]
    pub about: Circumstances,
}

/// A member of the family 家庭成员.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Member {
    /// Name as on the ID card or in the household register.
    #[schemars(title = "姓名", description = "", with = "fields::Name")]
    pub name: String,
    /// ID number; children have one too.
    #[schemars(
        title = "身份证号码",
        description = "没有身份证的孩子，号码在户口簿上。",
        with = "fields::IdNumber"
    )]
    pub id_number: String,
    /// Relation to the applicant.
    #[schemars(title = "与申请人的关系", description = "")]
    pub relation: Relation,
    /// Everything else.
    #[schemars(title = "本人情况", description = "")]
    pub about: Circumstances,
}

/// What decides who counts, how much is earned and which supplement is due.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Circumstances {
    /// Where the person lives.
    #[serde(default = "together")]
    #[schemars(title = "居住情况", description = "")]
    pub situation: Situation,
    /// Since when, for clergy.
    #[serde(default)]
    #[schemars(
        title = "从哪天起在宗教场所生活",
        description = "",
        with = "Option<fields::Day>",
        extend("x-show-if" = {"pointer": "situation", "equals": "clergy"})
    )]
    pub situation_since: Option<Date>,
    /// Marital status.
    #[schemars(title = "婚姻状况", description = "")]
    pub marital: Marital,
    /// School.
    #[serde(default = "no_school")]
    #[schemars(title = "在校情况", description = "")]
    pub student: Student,
    /// Health.
    #[schemars(title = "健康状况", description = "")]
    pub health: Health,
    /// Kind of disability.
    #[serde(default = "no_disability")]
    #[schemars(title = "残疾类别", description = "以残疾人证为准，不需要上传。")]
    pub disability: Disability,
    /// Grade 1 to 4, 1 heaviest.
    #[serde(default)]
    #[schemars(
        title = "残疾等级",
        description = "1级最重，4级最轻。",
        range(min = 1, max = 4)
    )]
    pub disability_grade: Option<u8>,
    /// Labour ability.
    #[schemars(title = "劳动能力", description = "")]
    pub labour: Labour,
    /// Income.
    #[serde(default)]
    #[schemars(title = "收入", description = "没有的项目不用填。")]
    pub income: Income,
    /// Consent to the economic check of an adult.
    #[serde(default)]
    #[schemars(
        title = "本人同意授权民政部门核对家庭经济状况（成年人须本人同意；不能辨认自己行为的，由监护人同意）",
        description = "授权只用于本次申请和领取期间的核查。",
        extend("x-widget" = "checkbox")
    )]
    pub check_consent: bool,
    /// Guardian who consents for an adult without full capacity.
    #[serde(default)]
    #[schemars(
        title = "代为同意的监护人姓名",
        description = "本人能够自己同意的不用填。",
        with = "Option<fields::Name>"
    )]
    pub guardian: Option<String>,
}

/// Income of one person before tax; every kind the law names (民发〔2021〕57号第十二条).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(description = "")]
pub struct Income {
    /// Per month or for twelve months.
    #[schemars(title = "怎样填写", description = "", extend("x-widget" = "radio"))]
    pub basis: IncomeBasis,
    /// Wages.
    #[schemars(title = "工资和务工收入", description = "", with = "fields::Yuan")]
    pub wage: Fen,
    /// Farming and business, net.
    #[schemars(title = "种养和经营净收入", description = "", with = "fields::Yuan")]
    pub business: Fen,
    /// Rent, interest, dividends.
    #[schemars(
        title = "租金、利息等财产净收入",
        description = "",
        with = "fields::Yuan"
    )]
    pub property: Fen,
    /// Pensions, alimony and the like.
    #[schemars(
        title = "养老金、赡养费等转移净收入",
        description = "",
        with = "fields::Yuan"
    )]
    pub transfer: Fen,
    /// Anything else.
    #[schemars(title = "其他收入", description = "", with = "fields::Yuan")]
    pub other: Fen,
    /// Costs of going to work, deducted.
    #[schemars(
        title = "必要的就业成本",
        description = "如上下班交通费，会从收入中扣除。",
        with = "fields::Yuan"
    )]
    pub job_costs: Fen,
}

impl Default for Income {
    fn default() -> Self {
        let zero = Fen::ZERO;
        Self {
            basis: IncomeBasis::Monthly,
            wage: zero,
            business: zero,
            property: zero,
            transfer: zero,
            other: zero,
            job_costs: zero,
        }
    }
}

fn together() -> Situation {
    Situation::Together
}

fn no_school() -> Student {
    Student::None
}

fn no_disability() -> Disability {
    Disability::None
}
