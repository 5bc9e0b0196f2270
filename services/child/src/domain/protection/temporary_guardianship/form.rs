//! Which child, why, and where it lives from now on.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use crate::domain::{
    desk::filled,
    fields::ShortText,
    protection::{
        person::Ward,
        placing::{Placing, Voice},
        words::TemporaryGround,
    },
};

/// The form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "临时监护", description = "")]
pub struct Form {
    /// The child.
    #[schemars(title = "儿童", description = "", extend("x-step" = "儿童"))]
    pub child: Ward,
    /// Ground.
    #[schemars(title = "临时监护的情形", description = "", extend("x-step" = "决定"))]
    pub ground: TemporaryGround,
    /// Number of the decision.
    #[schemars(title = "临时监护决定书编号", description = "", with = "ShortText", extend("x-step" = "决定"))]
    pub decision: String,
    /// Case GA, or stay at a rescue station.
    #[serde(default)]
    #[schemars(title = "来自哪个办件", description = "保护个案GA、受助编号；没有的不填。", with = "ShortText", extend("x-step" = "决定"))]
    pub from_case: String,
    /// Where the child lives.
    #[schemars(title = "安置", description = "", extend("x-step" = "安置"))]
    pub placing: Placing,
    /// What the child said.
    #[schemars(title = "儿童本人的意见", description = "", extend("x-step" = "安置"))]
    pub voice: Voice,
    /// The child is there.
    #[serde(default)]
    #[schemars(title = "已经交接", description = "儿童已经到照护人那里。", extend("x-step" = "安置"))]
    pub handed_over: bool,
}

impl Form {
    /// The child: named, no party.
    pub(super) fn people(&self) -> Vec<Person> {
        self.child.person().into_iter().collect()
    }

    /// What is wrong.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let mut found = self.child.violations("/child", today);
        let message = "请填写临时监护决定书编号。";
        found.extend(filled(&self.decision, "/decision", message));
        found
    }
}
