//! What the registrar takes down from two ID cards and the words of the two (rules A2.3, A3.4).

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::citizen_id::Sex;

use super::fields::Day;
use crate::domain::party::{FIRST, Party, SECOND};

/// What is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "")]
pub enum Kind {
    /// 结婚登记
    #[default]
    Marriage,
    /// 补办结婚登记
    Late,
    /// 复婚登记
    Remarriage,
}

impl Kind {
    /// Stable code, as in the register.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Marriage => "marriage",
            Self::Late => "late",
            Self::Remarriage => "remarriage",
        }
    }

    /// In Chinese.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Marriage => "结婚登记",
            Self::Late => "补办结婚登记",
            Self::Remarriage => "复婚登记",
        }
    }
}

/// The application of both.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "结婚登记申请", description = "")]
pub struct Form {
    /// Code of the hall.
    #[schemars(
        title = "婚姻登记处",
        description = "男女双方所在的登记处代码；双方都是内地居民的，全国任何一个登记处都可以办理。",
        length(min = 1, max = 20),
        extend("x-step" = "登记事项")
    )]
    pub hall: String,
    /// Appointment the two came with.
    #[serde(default)]
    #[schemars(
        title = "预约号",
        description = "没有预约的不填，同样可以办理。",
        length(max = 40),
        extend("x-step" = "登记事项")
    )]
    pub appointment: String,
    /// What is registered.
    #[serde(default)]
    #[schemars(
        title = "登记种类",
        description = "原来是夫妻、离婚后重新登记的选复婚登记。",
        extend("x-step" = "登记事项")
    )]
    pub kind: Kind,
    /// Since when they live as husband and wife; late registration only.
    #[serde(default)]
    #[schemars(
        title = "以夫妻名义共同生活的开始日期",
        description = "只有补办结婚登记需要填写。",
        with = "Option<Day>",
        extend(
            "x-step" = "登记事项",
            "x-show-if" = {"pointer": "kind", "equals": "late"}
        )
    )]
    pub lived_together_since: Option<Date>,
    /// Whose card was read first.
    #[schemars(title = "申请人一", description = "", extend("x-step" = "申请人一"))]
    pub a: Party,
    /// The other.
    #[schemars(title = "申请人二", description = "", extend("x-step" = "申请人二"))]
    pub b: Party,
}

/// One of the two as papers and pages name them.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// 男方 or 女方.
    pub side: &'static str,
    /// Index in [`Form::people`].
    pub index: usize,
    /// Who.
    pub party: &'a Party,
}

impl Form {
    /// Both, for casework.
    #[must_use]
    pub fn people(&self) -> Vec<Person> {
        let both = [self.a.person(FIRST), self.b.person(SECOND)];
        both.into_iter().flatten().collect()
    }

    /// Man and woman with their index in [`Self::people`], in the order of the papers.
    #[must_use]
    pub fn by_sex(&self) -> [Named<'_>; 2] {
        let named = |side, index, party| Named { side, index, party };
        if self.a.sex() == Some(Sex::Female) {
            [named("男方", 1, &self.b), named("女方", 0, &self.a)]
        } else {
            [named("男方", 0, &self.a), named("女方", 1, &self.b)]
        }
    }

    /// What is wrong with the fields, on `today`.
    #[must_use]
    pub fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let mut found = self.a.violations("/a");
        found.extend(self.b.violations("/b"));
        if self.a.id().is_some() && self.a.id() == self.b.id() {
            let message = "两位申请人是同一个身份证件，请重新读取另一方的身份证件。";
            found.push(FieldViolation::new(
                "/b/id_number",
                "DUPLICATE_PERSON",
                message,
            ));
        }
        for (field, party) in [("/a/birth_date", &self.a), ("/b/birth_date", &self.b)] {
            if party.born().is_some_and(|born| born > today) {
                let message = "出生日期不能晚于今天，请核对。";
                found.push(FieldViolation::new(field, "FUTURE", message));
            }
        }
        found.extend(self.since_violation(today));
        found
    }

    fn since_violation(&self, today: Date) -> Option<FieldViolation> {
        let (reason, message) = match (self.kind, self.lived_together_since) {
            (Kind::Late, None) => (
                "REQUIRED",
                "补办结婚登记的，请填写以夫妻名义共同生活的开始日期。",
            ),
            (Kind::Late, Some(since)) if since > today => ("FUTURE", "开始日期不能晚于今天。"),
            (Kind::Marriage | Kind::Remarriage, Some(_)) => (
                "NOT_ASKED",
                "只有补办结婚登记填写这一项，请清空，或者把登记种类改为补办结婚登记。",
            ),
            _ => return None,
        };
        Some(FieldViolation::new(
            "/lived_together_since",
            reason,
            message,
        ))
    }
}
