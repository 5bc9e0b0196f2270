//! Who asks for another certificate or for a proof.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use crate::domain::{
    adoption::people::{Adult, Other, person, wrong_number},
    desk::filled,
    fields::{LongText, ShortText},
};

yiwang_casework::code_list! {
    /// What is asked for.
    What {
        Reissue = "reissue", "补领收养登记证";
        Proof = "proof", "出具收养关系证明";
    }
}

/// The form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "补领收养登记证、出具证明", description = "")]
pub struct Form {
    /// What.
    #[schemars(title = "办什么", description = "", extend("x-step" = "申请"))]
    pub what: What,
    /// The adopter.
    #[schemars(title = "收养人", description = "", extend("x-step" = "申请"))]
    pub adopter: Adult,
    /// The other adopter.
    #[serde(default)]
    #[schemars(title = "另一名收养人", description = "夫妻共同收养的填写。", extend("x-step" = "申请"))]
    pub spouse: Other,
    /// The adoptee.
    #[schemars(title = "被收养人", description = "", extend("x-step" = "申请"))]
    pub child: Other,
    /// Certificate.
    #[serde(default)]
    #[schemars(title = "原收养登记证字号", description = "不记得的不填。", with = "ShortText", extend("x-step" = "申请"))]
    pub certificate: String,
    /// Why.
    #[schemars(title = "原因、用途", description = "遗失、损毁的经过，或者证明给谁看。", with = "LongText", extend("x-step" = "申请"))]
    pub reasons: String,
}

impl Form {
    /// Adopters and adoptee.
    pub(super) fn people(&self) -> Vec<Person> {
        let people = [
            person(&self.adopter.name, &self.adopter.id_number, "self"),
            person(&self.spouse.name, &self.spouse.id_number, "spouse"),
            person(&self.child.name, &self.child.id_number, "child"),
        ];
        people.into_iter().flatten().collect()
    }

    /// Places of the holders in [`Form::people`].
    pub(super) fn holders(&self) -> Vec<usize> {
        match self.spouse.is_there() {
            true => vec![0, 1],
            false => vec![0],
        }
    }

    /// What is wrong on its face.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let empty = [
            filled(&self.reasons, "/reasons", "请写明原因和用途。"),
            filled(&self.child.name, "/child/name", "请填写被收养人姓名。"),
            wrong_number(&self.adopter.id_number, "/adopter/id_number", today),
        ];
        let mut found: Vec<_> = empty.into_iter().flatten().collect();
        found.extend(self.spouse.violations("/spouse", today));
        found.extend(self.child.violations("/child", today));
        found
    }
}
