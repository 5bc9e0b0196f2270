//! Who dissolves which adoption.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use crate::domain::{
    adoption::people::{Adult, Other, person, wrong_number},
    desk::filled,
    fields::{DivisionCode, LongText, ShortText},
};

/// The form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "解除收养关系登记申请", description = "")]
pub struct Form {
    /// Certificate.
    #[schemars(title = "收养登记证字号", description = "见收养登记证。", with = "ShortText", extend("x-step" = "收养关系"))]
    pub certificate: String,
    /// The adopter who applies.
    #[schemars(title = "收养人", description = "", extend("x-step" = "收养关系"))]
    pub adopter: Adult,
    /// The other adopter.
    #[serde(default)]
    #[schemars(title = "另一名收养人", description = "夫妻共同收养的填写。", extend("x-step" = "收养关系"))]
    pub spouse: Other,
    /// The adoptee.
    #[schemars(title = "被收养人", description = "", extend("x-step" = "收养关系"))]
    pub adoptee: Adult,
    /// Of age.
    #[schemars(title = "被收养人已成年", description = "年满18周岁。", extend("x-step" = "收养关系"))]
    pub grown: bool,
    /// Household of the adoptee.
    #[schemars(title = "被收养人户籍地", description = "在这里的县级民政部门办理。", with = "DivisionCode", extend("x-step" = "收养关系"))]
    pub division: String,
    /// Why.
    #[schemars(title = "解除理由", description = "", with = "LongText", extend("x-step" = "协议"))]
    pub reasons: String,
    /// What they agreed.
    #[schemars(title = "财产、生活费、补偿的协议", description = "没有的写“无”。", with = "LongText", extend("x-step" = "协议"))]
    pub agreement: String,
}

impl Form {
    /// Adopters and adoptee; who is grown up is a party.
    pub(super) fn people(&self) -> Vec<Person> {
        let relation = if self.grown { "adoptee" } else { "child" };
        let people = [
            person(&self.adopter.name, &self.adopter.id_number, "self"),
            person(&self.spouse.name, &self.spouse.id_number, "spouse"),
            person(&self.adoptee.name, &self.adoptee.id_number, relation),
        ];
        people.into_iter().flatten().collect()
    }

    /// What is wrong on its face.
    pub(super) fn violations(&self, today: Date, adult: u32, county: &str) -> Vec<FieldViolation> {
        let empty = [
            filled(&self.certificate, "/certificate", "请填写收养登记证字号。"),
            filled(&self.reasons, "/reasons", "请写明解除理由。"),
            filled(&self.agreement, "/agreement", "请写明协议；没有的写“无”。"),
            wrong_number(&self.adopter.id_number, "/adopter/id_number", today),
            wrong_number(&self.adoptee.id_number, "/adoptee/id_number", today),
        ];
        let mut found: Vec<_> = empty.into_iter().flatten().collect();
        found.extend(self.spouse.violations("/spouse", today));
        let grown = self
            .adoptee
            .id()
            .is_some_and(|id| id.age_on(today) >= adult);
        if grown != self.grown {
            let message = "与被收养人的身份证号不一致，请核对是否已成年。";
            found.push(FieldViolation::new("/grown", "WRONG_AGE", message));
        }
        if self.division.trim().get(..6) != Some(county) {
            let message = "解除收养关系要在被收养人户籍地的县级民政部门办理。";
            found.push(FieldViolation::new("/division", "PLACE_WRONG", message));
        }
        found
    }
}
