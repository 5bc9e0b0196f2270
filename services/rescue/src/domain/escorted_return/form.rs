//! Who is brought home, and where that is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::division;

use crate::domain::{
    desk::filled,
    fields::{DivisionCode, LongText, ShortText},
};

/// The form.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "接送返回", description = "")]
pub struct Form {
    /// The stay.
    #[schemars(title = "受助编号", description = "站内救助的办件编号；身份已经查明。", with = "ShortText", extend("x-step" = "返回"))]
    pub stay: String,
    /// 流出地.
    #[schemars(title = "流出地", description = "户籍地或者住所地所在的县（市、区）。", with = "DivisionCode", extend("x-step" = "返回"))]
    pub origin: String,
    /// What the other side should know.
    #[serde(default)]
    #[schemars(title = "情况说明", description = "身体情况、沿途要注意的事项。", with = "LongText", extend("x-step" = "返回", "x-mask" = "hidden"))]
    pub remarks: String,
}

impl Form {
    /// Nobody: who it is stands in the stay.
    #[expect(clippy::unused_self, reason = "asked of every form")]
    pub(super) fn people(&self) -> Vec<Person> {
        Vec::new()
    }

    /// What is wrong.
    pub(super) fn violations(&self) -> Vec<FieldViolation> {
        let empty = filled(&self.stay, "/stay", "请填写受助编号。");
        let mut found: Vec<_> = empty.into_iter().collect();
        let origin = self.origin.trim();
        if origin.len() < 6 || division::find(origin).is_none() {
            let message = "请选择流出地，精确到县（市、区）。";
            found.push(FieldViolation::new("/origin", "WRONG_VALUE", message));
        }
        found
    }
}
