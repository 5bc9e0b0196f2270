//! 安置申请: one letter for each person.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use crate::domain::{
    desk::filled,
    fields::{LongText, ShortText},
};

yiwang_casework::code_list! {
    /// In whose collective household.
    Home {
        Welfare = "welfare", "社会福利机构集体户";
        Station = "station", "救助管理机构集体户";
        Child = "child", "儿童福利机构集体户";
    }
}

/// The form.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "安置申请", description = "")]
pub struct Form {
    /// The stay.
    #[schemars(title = "受助编号", description = "站内救助的办件编号。", with = "ShortText", extend("x-step" = "申请"))]
    pub stay: String,
    /// 一人一函.
    #[schemars(title = "申请函编号", description = "一人一函。", with = "ShortText", extend("x-step" = "申请"))]
    pub letter: String,
    /// Where.
    #[schemars(title = "落户的集体户", description = "未满18周岁的落户儿童福利机构。", extend("x-step" = "申请"))]
    pub home: Home,
    /// Its name.
    #[schemars(title = "机构名称", description = "", with = "ShortText", extend("x-step" = "申请"))]
    pub institution: String,
    /// The plan.
    #[schemars(title = "安置方案", description = "住哪里、谁照料、费用从哪里来。", with = "LongText", extend("x-step" = "申请"))]
    pub plan: String,
}

impl Form {
    /// Nobody: nobody knows who it is.
    #[expect(clippy::unused_self, reason = "asked of every form")]
    pub(super) fn people(&self) -> Vec<Person> {
        Vec::new()
    }

    /// What is wrong.
    pub(super) fn violations(&self) -> Vec<FieldViolation> {
        let empty = [
            filled(&self.stay, "/stay", "请填写受助编号。"),
            filled(&self.letter, "/letter", "请填写申请函编号，一人一函。"),
            filled(&self.institution, "/institution", "请填写机构名称。"),
            filled(&self.plan, "/plan", "请写明安置方案。"),
        ];
        empty.into_iter().flatten().collect()
    }
}
