//! The application with its receipt.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::money::Fen;

use crate::domain::{
    benefit::{Group, PaidItem},
    bill::Quantity,
    desk::filled,
    fields::{Day, ShortText},
    payout::Account,
    rest::{Handler, User},
};

yiwang_casework::field_kinds! {
    /// An amount in yuan.
    Yuan => { "type": "string", "minLength": 1, "maxLength": 12, "x-widget": "money" };
}

yiwang_casework::code_list! {
    /// What was paid for.
    Paid {
        Transport = "transport", "遗体接运";
        Storage = "storage", "遗体存放（冷藏）";
        Flat = "cremation.flat", "火化（平板炉）";
        Collect = "cremation.collect", "火化（捡灰炉）";
        Eco = "cremation.eco", "火化（环保炉）";
        Farewell = "farewell.small", "遗体告别（小厅）";
        Deposit = "ashes.deposit", "骨灰寄存";
        Urn = "urn", "骨灰盒";
    }
}

/// One item of the receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct PaidLine {
    /// What.
    #[schemars(title = "项目", description = "照收费票据填写。")]
    pub item: Paid,
    /// How much of it.
    #[schemars(
        title = "数量",
        description = "次、小时、月，照票据填写。",
        range(min = 1, max = 10000)
    )]
    pub quantity: u32,
    /// Paid.
    #[schemars(title = "金额（元）", description = "例如500.00。", with = "Yuan")]
    pub yuan: String,
}

/// What is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "异地火化费用报销", description = "")]
pub struct Form {
    /// Who paid.
    #[schemars(title = "承办人", description = "钱发到承办人的账户。", extend("x-step" = "承办人"))]
    pub handler: Handler,
    /// Who died.
    #[schemars(title = "逝者", description = "户籍地填写死亡时的户籍。", extend("x-step" = "逝者"))]
    pub user: User,
    /// When in a group.
    #[serde(default)]
    #[schemars(title = "属于哪类人员", description = "不属于的不填。", extend("x-step" = "逝者"))]
    pub group: Option<Group>,
    /// Number of the death certificate.
    #[schemars(title = "死亡证明编号", description = "", with = "ShortText", extend("x-step" = "逝者"))]
    pub death_certificate: String,
    /// Number of the cremation certificate.
    #[schemars(title = "火化证明编号", description = "", with = "ShortText", extend("x-step" = "火化"))]
    pub cremation_certificate: String,
    /// The home.
    #[schemars(
        title = "火化的殡仪馆",
        description = "写明省、市、县和名称。",
        with = "ShortText",
        extend("x-step" = "火化")
    )]
    pub home: String,
    /// Number of the receipt.
    #[schemars(title = "收费票据号", description = "", with = "ShortText", extend("x-step" = "票据"))]
    pub receipt: String,
    /// Its date.
    #[schemars(
        title = "票据日期",
        description = "自票据日期起，期限内申请。",
        with = "Day",
        extend("x-step" = "票据")
    )]
    pub paid_on: Date,
    /// Its items.
    #[schemars(title = "票据上的项目", description = "一项一行。", extend("x-step" = "票据"))]
    pub items: Vec<PaidLine>,
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

    /// The items as the waivers ask; amounts that are none count nothing.
    #[must_use]
    pub fn paid(&self) -> Vec<PaidItem> {
        let item = |line: &PaidLine| PaidItem {
            code: line.item.code().to_owned(),
            quantity: Quantity::units(line.quantity),
            fen: Fen::from_yuan_str(&line.yuan).unwrap_or_default().0,
        };
        self.items.iter().map(item).collect()
    }

    /// What is wrong.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let mut found = self.handler.violations("/handler");
        found.extend(self.user.violations("/user"));
        if self.user.person().is_none() {
            let message = "请填写逝者的身份证件。";
            found.push(FieldViolation::new("/user/id_number", "REQUIRED", message));
        } else if self.user.person().map(|one| one.id) == self.handler.person().map(|one| one.id) {
            let message = "承办人和逝者不能是同一个人，请核对证件号码。";
            found.push(FieldViolation::new(
                "/handler/id_number",
                "SAME_PERSON",
                message,
            ));
        }
        for (text, at, message) in [
            (
                &self.user.household,
                "/user/household",
                "请选择逝者的户籍地。",
            ),
            (
                &self.death_certificate,
                "/death_certificate",
                "请填写死亡证明编号。",
            ),
            (
                &self.cremation_certificate,
                "/cremation_certificate",
                "请填写火化证明编号。",
            ),
            (&self.home, "/home", "请填写火化的殡仪馆。"),
            (&self.receipt, "/receipt", "请填写收费票据号。"),
        ] {
            found.extend(filled(text, at, message));
        }
        if self.paid_on > today {
            let message = "票据日期晚于今天，请核对。";
            found.push(FieldViolation::new("/paid_on", "FUTURE", message));
        }
        if self.items.is_empty() || self.items.len() > 20 {
            let message = "请填写票据上的项目，最多20项。";
            found.push(FieldViolation::new("/items", "REQUIRED", message));
        }
        for (nth, line) in self.items.iter().enumerate() {
            let at = format!("/items/{nth}/yuan");
            match Fen::from_yuan_str(&line.yuan) {
                Ok(Fen(1..=100_000_000)) => {}
                Ok(_) => found.push(FieldViolation::new(at, "OUT_OF_RANGE", "请核对金额。")),
                Err(error) => found.push(FieldViolation::new(at, "AMOUNT", error.message())),
            }
            if line.quantity == 0 || line.quantity > 10_000 {
                let at = format!("/items/{nth}/quantity");
                found.push(FieldViolation::new(at, "OUT_OF_RANGE", "请核对数量。"));
            }
        }
        found.extend(self.account.violations("/account", &self.handler.name));
        found
    }
}
