//! What was reported: as little as helps the child. Who reported never stands here (rules B5.3).

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use crate::domain::{
    desk::filled,
    fields::{HiddenText, ShortText},
    protection::{
        person::{Somebody, Ward},
        words::{Channel, Ground},
    },
};

/// The form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "未成年人保护报告", description = "")]
pub struct Form {
    /// What happened.
    #[schemars(title = "发生了什么", description = "看到、听到、知道的，不用核实。", with = "HiddenText", extend("x-step" = "报告"))]
    pub happened: String,
    /// Where.
    #[schemars(title = "在什么地方", description = "", with = "ShortText", extend("x-mask" = "hidden", "x-step" = "报告"))]
    pub place: String,
    /// In danger now.
    #[serde(default)]
    #[schemars(title = "儿童现在有危险", description = "有危险的，先打110。", extend("x-step" = "报告"))]
    pub danger_now: bool,
    /// Grounds; may be empty.
    #[serde(default)]
    #[schemars(title = "属于哪些情形", description = "不清楚的不选。", length(max = 9), extend("x-step" = "报告"))]
    pub grounds: Vec<Ground>,
    /// The child.
    #[serde(default)]
    #[schemars(title = "儿童", description = "", extend("x-step" = "儿童"))]
    pub child: Ward,
    /// People around the child.
    #[serde(default)]
    #[schemars(title = "相关人员", description = "知道的才填。", length(max = 30), extend("x-step" = "儿童"))]
    pub around: Vec<Somebody>,
    /// Through which door it came.
    #[schemars(title = "报告来源", description = "", extend("x-step" = "报告"))]
    pub channel: Channel,
    /// By somebody whom the law binds to report.
    #[serde(default)]
    #[schemars(title = "负有强制报告义务的单位、人员报告", description = "", extend("x-step" = "报告"))]
    pub duty_bound: bool,
    /// Case of another place, or of a rescue station.
    #[serde(default)]
    #[schemars(title = "原办件编号", description = "其他地方移送、救助管理站转来的才填。", with = "ShortText", extend("x-step" = "报告"))]
    pub from_case: String,
}

impl Form {
    /// The child and the people around it: named, so that none of them decides; no parties.
    pub(super) fn people(&self) -> Vec<Person> {
        let around = self.around.iter().filter_map(Somebody::person);
        self.child.person().into_iter().chain(around).collect()
    }

    /// What is wrong. A report of few words is a report.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let mut found = self.child.violations("/child", today);
        let message = "请写明发生了什么，几个字也可以。";
        found.extend(filled(&self.happened, "/happened", message));
        let message = "请写明在什么地方，例如“某某小学门口”。";
        found.extend(filled(&self.place, "/place", message));
        found
    }
}
