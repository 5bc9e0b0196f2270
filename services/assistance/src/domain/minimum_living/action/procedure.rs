//! What must be said in the acts up to the decision.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Material;

use crate::domain::minimum_living::{
    codes::{Delivery, ExtensionReason, VisitKind},
    form::{self, Form},
    guide::CorrectionCode,
};

/// A text.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Text {
    /// What is said.
    #[schemars(title = "内容", description = "", with = "form::LongText")]
    pub text: String,
}

/// Written reasons.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Reasons {
    /// Why; quoted in the document.
    #[schemars(
        title = "理由",
        description = "会写入告知书，请写明事实和依据。",
        with = "form::LongText"
    )]
    pub reasons: String,
}

/// One item of the list.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct CorrectionItem {
    /// Material or part of the form.
    #[schemars(title = "需要补正的内容", description = "", with = "CorrectionCode")]
    pub code: String,
    /// What is wrong, what to bring.
    #[schemars(
        title = "说明",
        description = "写明缺什么、怎样补。",
        with = "form::LongText"
    )]
    pub reason: String,
}

/// The whole list, once.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct RequestCorrection {
    /// Items.
    #[schemars(
        title = "一次性告知清单",
        description = "请一次列全，之后不能再要求补正。",
        length(min = 1, max = 30)
    )]
    pub items: Vec<CorrectionItem>,
}

/// Answer to the list: the form as corrected, and all materials.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Correct {
    /// Form.
    #[schemars(title = "申请内容", description = "")]
    pub form: Form,
    /// Materials, old and new.
    #[serde(default)]
    #[schemars(title = "材料", description = "", with = "Vec<serde_json::Value>")]
    pub materials: Vec<Material>,
}

/// Acceptance.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Accept {
    /// Officers who are near relatives of the family.
    #[serde(default)]
    #[schemars(
        title = "须回避的工作人员姓名",
        description = "与申请家庭有近亲属关系的经办人员；没有就不填。",
        length(max = 10),
        with = "Vec<form::Name>"
    )]
    pub relatives: Vec<String>,
}

/// Start of the investigation.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct StartInvestigation {
    /// Officers.
    #[schemars(
        title = "调查人员姓名",
        description = "每次调查至少两人。",
        length(min = 1, max = 6),
        with = "Vec<form::Name>"
    )]
    pub investigators: Vec<String>,
}

/// A visit.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct RecordVisit {
    /// Way.
    #[schemars(title = "方式", description = "")]
    pub kind: VisitKind,
    /// Beijing date.
    #[schemars(title = "日期", description = "", with = "form::Day")]
    pub on: Date,
    /// Officers.
    #[schemars(
        title = "调查人员姓名",
        description = "至少两人。",
        length(min = 1, max = 6),
        with = "Vec<form::Name>"
    )]
    pub officers: Vec<String>,
    /// Members present.
    #[serde(default)]
    #[schemars(title = "在场家庭成员", description = "", with = "form::ShortText")]
    pub present: String,
    /// What was seen.
    #[schemars(
        title = "调查记录",
        description = "由调查人员和在场成员签字后拍照留存。",
        with = "form::LongText"
    )]
    pub record: String,
}

/// A report entered by hand.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct EnterReport {
    /// Number.
    #[schemars(title = "核对报告编号", description = "", with = "form::ShortText")]
    pub number: String,
    /// Beijing date.
    #[schemars(title = "出具日期", description = "", with = "form::Day")]
    pub issued_on: Date,
    /// Last day of use.
    #[serde(default)]
    #[schemars(
        title = "有效期至",
        description = "不填则按当地规定计算。",
        with = "Option<form::Day>"
    )]
    pub valid_until: Option<Date>,
    /// Covers everybody asked for.
    #[schemars(title = "已覆盖全部应核对成员", description = "")]
    pub covers_all: bool,
    /// Contradictions, empty when there are none.
    #[serde(default)]
    #[schemars(
        title = "与申报不一致的情况",
        description = "一致的不填。",
        with = "form::LongText"
    )]
    pub contradictions: String,
}

/// First opinion.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct GiveOpinion {
    /// Recommends.
    #[schemars(title = "建议给予最低生活保障", description = "")]
    pub recommend: bool,
    /// Why.
    #[schemars(
        title = "初审意见",
        description = "不会公示。",
        with = "form::LongText"
    )]
    pub reasons: String,
    /// What an objection came to.
    #[serde(default)]
    #[schemars(
        title = "异议核查结果",
        description = "公示期间有异议的必须填写。",
        with = "form::LongText"
    )]
    pub objection_result: String,
}

/// Posting.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct PostNotice {
    /// Village board.
    #[schemars(
        title = "张贴地点",
        description = "如村（居）务公开栏，张贴后拍照留存。",
        with = "form::ShortText"
    )]
    pub place: String,
}

/// Grant.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Confirm {
    /// Tier.
    #[serde(default)]
    #[schemars(
        title = "档次",
        description = "实行分档定额的地方填写。",
        with = "Option<form::ShortText>"
    )]
    pub tier: Option<String>,
}

/// Delivery of a refusal.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct RecordDelivery {
    /// Beijing date.
    #[schemars(title = "送达日期", description = "", with = "form::Day")]
    pub on: Date,
    /// How.
    #[serde(default = "in_person")]
    #[schemars(title = "送达方式", description = "不选为直接送达。")]
    pub way: Delivery,
}

fn in_person() -> Delivery {
    Delivery::InPerson
}

/// Extension.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Extend {
    /// Code of the reason.
    #[schemars(title = "延期原因", description = "", with = "ExtensionReason")]
    pub reason: String,
    /// Total working days from acceptance.
    #[schemars(
        title = "自受理起总工作日数",
        description = "最长45个工作日。",
        range(min = 1, max = 1000)
    )]
    pub working_days: u32,
}
