//! The application.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use crate::domain::{
    fields::ShortText,
    grave::form::CemeteryCode,
    rest::{Handler, User},
};

/// What is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "骨灰寄存", description = "")]
pub struct Form {
    /// Who arranges it.
    #[schemars(title = "承办人", description = "", extend("x-step" = "承办人"))]
    pub handler: Handler,
    /// Whose ashes.
    #[schemars(title = "逝者", description = "", extend("x-step" = "逝者"))]
    pub user: User,
    /// Number of the cremation certificate.
    #[schemars(
        title = "火化证明编号",
        description = "",
        with = "ShortText",
        extend("x-step" = "逝者")
    )]
    pub cremation_certificate: String,
    /// Cremated where our chain does not reach.
    #[serde(default)]
    #[schemars(
        title = "在外地火化，网上查不到证明",
        description = "请带火化证明原件，由工作人员核对。",
        extend("x-step" = "逝者", "x-widget" = "checkbox")
    )]
    pub cremated_elsewhere: bool,
    /// The hall.
    #[schemars(
        title = "寄存单位",
        description = "殡仪馆或者骨灰堂。",
        with = "CemeteryCode",
        extend("x-step" = "寄存")
    )]
    pub facility: String,
    /// Number on the urn's label, when the family has it.
    #[serde(default)]
    #[schemars(
        title = "骨灰编号",
        description = "骨灰盒上的标签；没有的不填，由工作人员扫。",
        with = "ShortText",
        extend("x-step" = "寄存")
    )]
    pub urn: String,
    /// Paid ahead.
    #[schemars(
        title = "寄存月数",
        description = "可以续存；有免费期的另算。",
        range(min = 1, max = 120),
        extend("x-step" = "寄存")
    )]
    pub months: u32,
}

impl Form {
    /// Both, for casework.
    pub(super) fn people(&self) -> Vec<Person> {
        let both = [self.handler.person(), self.user.person()];
        both.into_iter().flatten().collect()
    }

    /// What is wrong with the fields.
    pub(super) fn violations(&self) -> Vec<FieldViolation> {
        let mut found = self.handler.violations("/handler");
        found.extend(self.user.violations("/user"));
        if !(1..=120).contains(&self.months) {
            let message = "请填写寄存月数，1到120个月。";
            found.push(FieldViolation::new("/months", "OUT_OF_RANGE", message));
        }
        found
    }
}
