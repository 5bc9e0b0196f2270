//! Who has come home.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::identity_document::IdentityDocument;

use crate::domain::{
    desk::filled,
    document::Document,
    fields::{Day, DocumentNumber, Name, Phone, ShortText},
};

/// The form.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "返乡人员登记", description = "")]
pub struct Form {
    /// Case of the stay.
    #[serde(default)]
    #[schemars(title = "救助编号", description = "从救助管理站返乡的填写。", with = "ShortText", extend("x-step" = "返乡"))]
    pub stay: String,
    /// Name.
    #[schemars(title = "姓名", description = "", with = "Name", extend("x-step" = "返乡"))]
    pub name: String,
    /// Document.
    #[serde(default)]
    #[schemars(title = "证件种类", description = "", extend("x-step" = "返乡"))]
    pub document: Document,
    /// Who issued it.
    #[serde(default)]
    #[schemars(title = "签发国家（地区）", description = "用护照、旅行证件的才填。", with = "ShortText", extend("x-step" = "返乡"))]
    pub country: String,
    /// Number.
    #[schemars(title = "证件号码", description = "", with = "DocumentNumber", extend("x-step" = "返乡"))]
    pub number: String,
    /// When.
    #[schemars(title = "返乡日期", description = "", with = "Day", extend("x-step" = "返乡"))]
    pub returned_on: Date,
    /// How.
    #[serde(default)]
    #[schemars(title = "返乡方式", description = "亲属接回、护送返乡、自行返乡等。", with = "ShortText", extend("x-step" = "返乡"))]
    pub how: String,
    /// Needs somebody who looks after them.
    #[serde(default)]
    #[schemars(title = "未成年，或者有精神、智力障碍", description = "要落实监护。", extend("x-step" = "情况"))]
    pub guarded: bool,
    /// Address.
    #[serde(default)]
    #[schemars(title = "现住址", description = "", with = "ShortText", extend("x-step" = "情况"))]
    pub address: String,
    /// Telephone.
    #[serde(default)]
    #[schemars(title = "联系电话", description = "本人或者家人的。", with = "Phone", extend("x-step" = "情况"))]
    pub phone: String,
}

impl Form {
    fn id(&self) -> Option<IdentityDocument> {
        self.document.read(&self.country, &self.number).ok()
    }

    /// Who has come home.
    pub(super) fn people(&self) -> Vec<Person> {
        let person = self.id().map(|id| Person {
            id,
            name: self.name.trim().to_owned(),
            relation: "self".to_owned(),
        });
        person.into_iter().collect()
    }

    /// What is wrong.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let empty = filled(&self.name, "/name", "请填写姓名。");
        let mut found: Vec<_> = empty.into_iter().collect();
        if let Err(error) = self.document.read(&self.country, &self.number) {
            let (reason, message) = (error.reason(), error.message());
            found.push(FieldViolation::new("/number", reason, message));
        }
        if self.returned_on > today {
            let message = "返乡日期晚于今天，请核对。";
            found.push(FieldViolation::new("/returned_on", "FUTURE", message));
        }
        found
    }
}
