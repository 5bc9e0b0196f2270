//! Which registration is questioned, and why.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use crate::domain::{
    adoption::{
        law::ending::Fraud,
        people::{Adult, Other, person, wrong_number},
    },
    desk::filled,
    fields::{LongText, ShortText},
};

/// The form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "撤销收养登记", description = "")]
pub struct Form {
    /// Certificate.
    #[schemars(title = "收养登记证字号", description = "", with = "ShortText", extend("x-step" = "收养登记"))]
    pub certificate: String,
    /// An adopter.
    #[schemars(title = "收养人", description = "", extend("x-step" = "收养登记"))]
    pub adopter: Adult,
    /// The other adopter.
    #[serde(default)]
    #[schemars(title = "另一名收养人", description = "夫妻共同收养的填写。", extend("x-step" = "收养登记"))]
    pub spouse: Other,
    /// The child.
    #[serde(default)]
    #[schemars(title = "被收养人", description = "", extend("x-step" = "收养登记"))]
    pub child: Other,
    /// What was false.
    #[schemars(title = "弄虚作假的情形", description = "", extend("x-step" = "线索"))]
    pub fraud: Fraud,
    /// What shows it.
    #[schemars(title = "线索和证据", description = "", with = "LongText", extend("x-step" = "线索"))]
    pub evidence: String,
}

impl Form {
    /// Adopters and child.
    pub(super) fn people(&self) -> Vec<Person> {
        let people = [
            person(&self.adopter.name, &self.adopter.id_number, "self"),
            person(&self.spouse.name, &self.spouse.id_number, "spouse"),
            person(&self.child.name, &self.child.id_number, "child"),
        ];
        people.into_iter().flatten().collect()
    }

    /// What is wrong on its face.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let empty = [
            filled(&self.certificate, "/certificate", "请填写收养登记证字号。"),
            filled(&self.evidence, "/evidence", "请写明线索和证据。"),
            wrong_number(&self.adopter.id_number, "/adopter/id_number", today),
        ];
        let mut found: Vec<_> = empty.into_iter().flatten().collect();
        found.extend(self.spouse.violations("/spouse", today));
        found.extend(self.child.violations("/child", today));
        found
    }
}
