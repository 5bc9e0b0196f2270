//! Which pair.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use crate::domain::{desk::filled, fields::ShortText};

yiwang_casework::field_kinds! {
    /// A percentage.
    Percent => { "type": ["integer", "null"], "minimum": 0, "maximum": 100 };
}

/// The pair.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "寻亲比对", description = "")]
pub struct Form {
    /// The stay.
    #[schemars(title = "受助编号", description = "站内救助的办件编号。", with = "ShortText", extend("x-step" = "双方"))]
    pub stay: String,
    /// The report.
    #[schemars(title = "寻人信息编号", description = "", with = "ShortText", extend("x-step" = "双方"))]
    pub report: String,
    /// What the search gave.
    #[serde(default)]
    #[schemars(title = "检索给出的可能性（%）", description = "", with = "Percent", extend("x-step" = "双方"))]
    pub percent: Option<u8>,
}

impl Form {
    /// Nobody: who it is is what is to be found out.
    #[expect(clippy::unused_self, reason = "asked of every form")]
    pub(super) fn people(&self) -> Vec<Person> {
        Vec::new()
    }

    /// What is wrong.
    pub(super) fn violations(&self) -> Vec<FieldViolation> {
        let empty = [
            filled(&self.stay, "/stay", "请填写受助编号。"),
            filled(&self.report, "/report", "请填写寻人信息编号。"),
        ];
        empty.into_iter().flatten().collect()
    }
}
