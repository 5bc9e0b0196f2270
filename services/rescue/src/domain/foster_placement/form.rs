//! Who goes where.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use crate::domain::{
    desk::filled,
    fields::{InstitutionCode, LongText, ShortText},
};

/// The form.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "站外托养", description = "")]
pub struct Form {
    /// The stay.
    #[schemars(title = "受助编号", description = "站内救助的办件编号。", with = "ShortText", extend("x-step" = "托养"))]
    pub stay: String,
    /// The institution.
    #[schemars(title = "托养机构", description = "已登记并核查合格的机构。", with = "InstitutionCode", extend("x-step" = "托养"))]
    pub institution: String,
    /// Why.
    #[schemars(title = "托养理由", description = "", with = "LongText", extend("x-step" = "托养"))]
    pub reasons: String,
}

impl Form {
    /// Nobody: who it is stands in the stay, when anybody knows.
    #[expect(clippy::unused_self, reason = "asked of every form")]
    pub(super) fn people(&self) -> Vec<Person> {
        Vec::new()
    }

    /// What is wrong.
    pub(super) fn violations(&self) -> Vec<FieldViolation> {
        let empty = [
            filled(&self.stay, "/stay", "请填写受助编号。"),
            filled(&self.institution, "/institution", "请选择托养机构。"),
            filled(&self.reasons, "/reasons", "请写明托养理由。"),
        ];
        empty.into_iter().flatten().collect()
    }
}
