//! Which child, on what ground, and where it lives.

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
        words::LongGround,
    },
};

/// The form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "长期监护", description = "")]
pub struct Form {
    /// The child.
    #[schemars(title = "儿童", description = "", extend("x-step" = "儿童"))]
    pub child: Ward,
    /// Ground.
    #[schemars(title = "长期监护的情形", description = "", extend("x-step" = "决定"))]
    pub ground: LongGround,
    /// Proof.
    #[schemars(title = "证明、判决书编号", description = "公安机关证明、死亡证明、判决书等。", with = "ShortText", extend("x-step" = "决定"))]
    pub paper: String,
    /// Crime against the child.
    #[serde(default)]
    #[schemars(title = "监护人对儿童实施过故意犯罪", description = "实施过的，不能恢复监护人资格。", extend("x-step" = "决定"))]
    pub crime: bool,
    /// Case LJ or GA.
    #[serde(default)]
    #[schemars(title = "来自哪个办件", description = "临时监护LJ、保护个案GA；没有的不填。", with = "ShortText", extend("x-step" = "决定"))]
    pub from_case: String,
    /// Where the child lives.
    #[schemars(title = "安置", description = "", extend("x-step" = "安置"))]
    pub placing: Placing,
    /// What the child said.
    #[schemars(title = "儿童本人的意见", description = "", extend("x-step" = "安置"))]
    pub voice: Voice,
}

impl Form {
    /// The child: named, no party.
    pub(super) fn people(&self) -> Vec<Person> {
        self.child.person().into_iter().collect()
    }

    /// What is wrong.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let mut found = self.child.violations("/child", today);
        let message = "请填写证明、判决书编号。";
        found.extend(filled(&self.paper, "/paper", message));
        found
    }
}
