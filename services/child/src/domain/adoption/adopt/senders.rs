//! Who gives the child, and how it was found: sealed away at the registration.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    adoption::people::Other,
    family::{Parent, ParentState},
    fields::{DayOrNone, DivisionCode, ShortText},
};

/// Who gives the child; sealed away at the registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "送养人", description = "")]
pub struct Senders {
    /// Name of the institution.
    #[schemars(
        title = "儿童福利机构（组织）名称",
        description = "机构送养的填写。",
        with = "ShortText"
    )]
    pub institution: String,
    /// Where it is.
    #[schemars(
        title = "机构所在地",
        description = "机构送养的填写。",
        with = "DivisionCode"
    )]
    pub institution_division: String,
    /// Household of the birth parents or the guardian.
    #[schemars(
        title = "生父母（监护人）户籍地",
        description = "监护人是组织的，填它的所在地。",
        with = "DivisionCode"
    )]
    pub division: String,
    /// Father.
    #[schemars(title = "生父", description = "")]
    pub father: Parent,
    /// Mother.
    #[schemars(title = "生母", description = "")]
    pub mother: Parent,
    /// Guardian of an orphan.
    #[schemars(title = "监护人", description = "监护人送养孤儿的填写。")]
    pub guardian: Other,
    /// Others who must support the orphan.
    #[schemars(title = "还有其他有抚养义务的人", description = "")]
    pub obliged: bool,
    /// Parents of the dead parent.
    #[schemars(title = "死亡一方的父母健在", description = "生父或者生母死亡的填写。")]
    pub grandparents: bool,
}

/// How the child was found; sealed away at the registration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "捡拾情况", description = "")]
pub struct Found {
    /// When.
    #[schemars(title = "捡拾日期", description = "", with = "DayOrNone")]
    pub on: String,
    /// Where.
    #[schemars(title = "捡拾地点", description = "", with = "ShortText")]
    pub at: String,
    /// Division.
    #[schemars(title = "捡拾地", description = "", with = "DivisionCode")]
    pub division: String,
    /// Police report.
    #[schemars(title = "报案证明编号", description = "", with = "ShortText")]
    pub report: String,
}

fn unknown() -> Parent {
    Parent {
        name: String::new(),
        id_number: String::new(),
        state: ParentState::Unknown,
        since: String::new(),
        proof: String::new(),
    }
}

impl Default for Senders {
    fn default() -> Self {
        Self {
            institution: String::new(),
            institution_division: String::new(),
            division: String::new(),
            father: unknown(),
            mother: unknown(),
            guardian: Other::default(),
            obliged: false,
            grandparents: false,
        }
    }
}
