//! The application of whoever arranged the burial.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use crate::domain::{
    benefit::EcoForm,
    desk::filled,
    fields::{Day, ShortText},
    payout::Account,
    rest::{Handler, User},
};

/// What is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "生态安葬奖补", description = "")]
pub struct Form {
    /// Who arranged it; the money goes there.
    #[schemars(title = "经办人", description = "钱发到经办人的账户。", extend("x-step" = "经办人"))]
    pub handler: Handler,
    /// Who died.
    #[schemars(title = "逝者", description = "", extend("x-step" = "逝者"))]
    pub user: User,
    /// Number of the cremation certificate.
    #[schemars(
        title = "火化证明编号",
        description = "",
        with = "ShortText",
        extend("x-step" = "逝者")
    )]
    pub cremation_certificate: String,
    /// How.
    #[schemars(title = "生态安葬方式", description = "", extend("x-step" = "安葬"))]
    pub form: EcoForm,
    /// When.
    #[schemars(title = "安葬日期", description = "", with = "Day", extend("x-step" = "安葬"))]
    pub placed_on: Date,
    /// Where.
    #[schemars(
        title = "安葬地点",
        description = "公墓名称和位置，或者海域、水域。",
        with = "ShortText",
        extend("x-step" = "安葬")
    )]
    pub place: String,
    /// Contract or proof.
    #[serde(default)]
    #[schemars(
        title = "安葬证明（协议）编号",
        description = "在本地公墓安葬、已联网登记的不用填。",
        with = "ShortText",
        extend("x-step" = "安葬")
    )]
    pub proof: String,
    /// Where the money goes.
    #[schemars(title = "收款账户", description = "", extend("x-step" = "账户"))]
    pub account: Account,
}

impl Form {
    /// Both.
    pub(super) fn people(&self) -> Vec<Person> {
        let both = [self.handler.person(), self.user.person()];
        both.into_iter().flatten().collect()
    }

    /// What is wrong.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let mut found = self.handler.violations("/handler");
        found.extend(self.user.violations("/user"));
        if self.user.person().is_none() {
            let message = "请填写逝者的证件；没有证件的，由殡仪馆办理，不发奖补。";
            found.push(FieldViolation::new("/user/id_number", "REQUIRED", message));
        }
        let certificate = &self.cremation_certificate;
        found.extend(filled(
            certificate,
            "/cremation_certificate",
            "请填写火化证明编号。",
        ));
        found.extend(filled(&self.place, "/place", "请填写安葬地点。"));
        if self.placed_on > today {
            let message = "安葬以后才能申请，请核对日期。";
            found.push(FieldViolation::new("/placed_on", "FUTURE", message));
        }
        found.extend(self.account.violations("/account", &self.handler.name));
        found
    }
}
