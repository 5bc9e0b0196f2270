//! The application.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use super::eligibility::{Exception, Kinship};
use crate::domain::{
    desk::filled,
    fields::{LongText, ShortText},
    rest::{Handler, User},
};

yiwang_casework::field_kinds! {
    /// Code of a cemetery.
    CemeteryCode => { "type": "string", "minLength": 1, "maxLength": 14, "x-widget": "cemetery" };
    /// A place chosen from the plan.
    SpotChoice => { "type": "string", "minLength": 1, "maxLength": 36, "x-widget": "spot" };
}

/// What is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "骨灰安放（葬）", description = "")]
pub struct Form {
    /// Who arranges it.
    #[schemars(title = "承办人", description = "", extend("x-step" = "承办人"))]
    pub handler: Handler,
    /// Whom the place is for.
    #[schemars(
        title = "逝者（使用人）",
        description = "一个位置登记一位使用人，不能转让、买卖，也不能改名。",
        extend("x-step" = "逝者")
    )]
    pub user: User,
    /// A living person: only in the exceptions.
    #[serde(default = "dead")]
    #[schemars(
        title = "是否为健在的人申请",
        description = "只有高龄、危重等特殊情形才可以，要经民政局批准。",
        extend("x-step" = "逝者")
    )]
    pub exception: Exception,
    /// Why.
    #[serde(default)]
    #[schemars(
        title = "特殊情形说明",
        description = "",
        with = "LongText",
        extend("x-step" = "逝者", "x-show-if" = {"pointer": "exception", "equals": ["elderly", "critical", "spouse", "childless"]})
    )]
    pub exception_reason: String,
    /// Number of the death certificate.
    #[serde(default)]
    #[schemars(
        title = "死亡证明编号",
        description = "《居民死亡医学证明（推断）书》上的编号，多数就是逝者的身份证号。",
        with = "ShortText",
        extend("x-step" = "证明", "x-mask" = "id_number")
    )]
    pub death_certificate: String,
    /// Number of the cremation certificate; none for a body.
    #[serde(default)]
    #[schemars(
        title = "火化证明编号",
        description = "土葬改革区安葬遗体的不填。",
        with = "ShortText",
        extend("x-step" = "证明")
    )]
    pub cremation_certificate: String,
    /// Cremated where our chain does not reach.
    #[serde(default)]
    #[schemars(
        title = "在外地火化，网上查不到证明",
        description = "请带火化证明原件，由工作人员核对。",
        extend("x-step" = "证明", "x-widget" = "checkbox")
    )]
    pub cremated_elsewhere: bool,
    /// The cemetery.
    #[schemars(title = "公墓（骨灰堂）", description = "", with = "CemeteryCode", extend("x-step" = "选位"))]
    pub facility: String,
    /// The place.
    #[schemars(
        title = "位置",
        description = "从平面图上选，选中后为您保留30分钟。",
        with = "SpotChoice",
        extend("x-step" = "选位")
    )]
    pub spot: String,
    /// Lives in the area without its household registration.
    #[serde(default)]
    #[schemars(
        title = "户籍不在本地，但在本地常住",
        description = "由村（社区）的常住居民名单核对。",
        extend("x-step" = "选位", "x-widget" = "checkbox")
    )]
    pub resident: bool,
    /// Contract of whom they join; empty: a place of their own.
    #[serde(default)]
    #[schemars(
        title = "合葬：原合同编号",
        description = "与已经安放的亲属合葬的才填，编号以MW开头。",
        with = "ShortText",
        extend("x-step" = "选位")
    )]
    pub join_contract: String,
    /// What they are to whom they join.
    #[serde(default = "spouse")]
    #[schemars(
        title = "合葬：使用人是先安放者的",
        description = "",
        extend("x-step" = "选位")
    )]
    pub kinship: Kinship,
    /// Use period in years; ecological places are for good.
    #[serde(default = "cycle")]
    #[schemars(
        title = "使用年限（年）",
        description = "一个周期20年，期满可以续；生态安葬没有期限。",
        range(min = 1, max = 70),
        extend("x-step" = "选位")
    )]
    pub years: u32,
}

fn dead() -> Exception {
    Exception::None
}

fn spouse() -> Kinship {
    Kinship::Spouse
}

fn cycle() -> u32 {
    20
}

impl Form {
    /// For a living person.
    #[must_use]
    pub fn living(&self) -> bool {
        self.exception != Exception::None
    }

    /// Joins somebody.
    #[must_use]
    pub fn joins(&self) -> Option<&str> {
        let contract = self.join_contract.trim();
        (!contract.is_empty()).then_some(contract)
    }

    /// The chosen place.
    #[must_use]
    pub fn spot(&self) -> Option<Uuid> {
        self.spot.trim().parse().ok()
    }

    /// Both, for casework; one person who applies for themselves stands once.
    pub(super) fn people(&self) -> Vec<Person> {
        let both = [self.handler.person(), self.user.person()];
        both.into_iter().flatten().collect()
    }

    /// What is wrong with the fields.
    pub(super) fn violations(&self) -> Vec<FieldViolation> {
        let mut found = self.handler.violations("/handler");
        found.extend(self.user.violations("/user"));
        if self.living() {
            let message = "请写明特殊情形，例如年龄、病情。";
            found.extend(filled(&self.exception_reason, "/exception_reason", message));
        }
        if self.spot().is_none() {
            let message = "请从平面图上选一个位置。";
            found.push(FieldViolation::new("/spot", "REQUIRED", message));
        }
        found
    }
}
