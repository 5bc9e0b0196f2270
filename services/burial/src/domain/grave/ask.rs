//! What a family may ask for from home, with what must be said in it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::fields::{Day, ShortText};

/// The family wants a new period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct AskRenewal {
    /// Years.
    #[schemars(
        title = "续几年",
        description = "从原到期日接着算，一次最多续20年。",
        range(min = 1, max = 20)
    )]
    pub years: u32,
}

/// The family wants to take the ashes elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct AskRelocation {
    /// Where to.
    #[schemars(
        title = "迁往何处",
        description = "例如另一处公墓的名称和地址。",
        with = "ShortText"
    )]
    pub destination: String,
    /// When they would come.
    #[schemars(
        title = "希望哪天来办",
        description = "公墓会与您约定具体时间。来时带身份证件和合同。",
        with = "Day"
    )]
    pub on: Date,
}
