//! The complaint.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::identity_document::{IdentityDocument, Part};

use super::action::YuanOrNone;
use crate::domain::{
    desk::filled,
    document::Document,
    fields::{Day, DocumentNumber, LongText, Name, Phone, ShortText},
};

yiwang_casework::field_kinds! {
    /// Code of a funeral home or cemetery.
    FacilityCode => { "type": "string", "minLength": 1, "maxLength": 14, "x-widget": "burial-facility" };
}

yiwang_casework::code_list! {
    /// What is wrong with the charge.
    Kind {
        OffList = "off_list", "收了价目清单以外的费用";
        AbovePrice = "above_price", "高于公布的价格";
        Bundled = "bundled", "强制搭售、强制服务";
        Split = "split", "拆分项目重复收费";
        NotWaived = "not_waived", "该减免的没有减免";
        Other = "other", "其他";
    }
}

/// Who complains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Complainant {
    /// Name.
    #[schemars(title = "姓名", description = "与身份证件一致。", with = "Name")]
    pub name: String,
    /// Document.
    #[serde(default = "card")]
    #[schemars(title = "证件种类", description = "")]
    pub document: Document,
    /// Who issued it; not for ID cards.
    #[serde(default)]
    #[schemars(
        title = "签发国家（地区）",
        description = "用护照、永久居留身份证、旅行证件的才填。",
        with = "ShortText"
    )]
    pub country: String,
    /// Number.
    #[schemars(
        title = "证件号码",
        description = "只有核查人员能看到。",
        with = "DocumentNumber"
    )]
    pub id_number: String,
    /// Telephone.
    #[schemars(title = "联系电话", description = "", with = "Phone")]
    pub phone: String,
}

fn card() -> Document {
    Document::CitizenId
}

/// What is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "殡葬收费投诉", description = "")]
pub struct Form {
    /// Who complains.
    #[schemars(title = "投诉人", description = "", extend("x-step" = "投诉人"))]
    pub complainant: Complainant,
    /// Against whom.
    #[schemars(
        title = "被投诉单位编码",
        description = "价目公示牌和账单上有，例如421224100-BY01。",
        with = "FacilityCode",
        extend("x-step" = "收费")
    )]
    pub facility: String,
    /// What is wrong.
    #[schemars(title = "投诉事由", description = "", extend("x-step" = "收费"))]
    pub kind: Kind,
    /// When.
    #[schemars(title = "收费日期", description = "", with = "Day", extend("x-step" = "收费"))]
    pub charged_on: Date,
    /// Which bill.
    #[serde(default)]
    #[schemars(
        title = "账单编号",
        description = "没有账单的不填，请上传票据照片。",
        with = "ShortText",
        extend("x-step" = "收费")
    )]
    pub bill: String,
    /// Which item.
    #[serde(default)]
    #[schemars(title = "收费项目", description = "", with = "ShortText", extend("x-step" = "收费"))]
    pub item: String,
    /// How much.
    #[serde(default)]
    #[schemars(
        title = "认为多收的金额（元）",
        description = "不清楚的不填。",
        with = "YuanOrNone",
        extend("x-step" = "收费")
    )]
    pub yuan: String,
    /// In words.
    #[schemars(title = "情况说明", description = "", with = "LongText", extend("x-step" = "说明"))]
    pub text: String,
}

impl Form {
    fn id(&self) -> Option<IdentityDocument> {
        let who = &self.complainant;
        who.document.read(&who.country, &who.id_number).ok()
    }

    /// The complainant.
    pub(super) fn people(&self) -> Vec<Person> {
        let person = self.id().map(|id| Person {
            id,
            name: self.complainant.name.trim().to_owned(),
            relation: "self".to_owned(),
        });
        person.into_iter().collect()
    }

    /// What is wrong.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let who = &self.complainant;
        let mut found = Vec::new();
        found.extend(filled(&who.name, "/complainant/name", "请填写姓名。"));
        found.extend(filled(&who.phone, "/complainant/phone", "请填写联系电话。"));
        if let Err(error) = who.document.read(&who.country, &who.id_number) {
            let field = match error.part() {
                Part::Kind => "/complainant/document",
                Part::Country => "/complainant/country",
                Part::Number => "/complainant/id_number",
            };
            found.push(FieldViolation::new(field, error.reason(), error.message()));
        }
        found.extend(filled(&self.text, "/text", "请说明情况。"));
        if self.charged_on > today {
            let message = "收费日期晚于今天，请核对。";
            found.push(FieldViolation::new("/charged_on", "FUTURE", message));
        }
        found
    }
}
