//! Who the child is, as far as anybody knows, and the people around it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::citizen_id::CitizenId;

use super::words::Around;
use crate::domain::fields::{DayOrNone, IdOrNone, LongText, Phone, ShortText};

/// The child: everything may still be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "儿童", description = "")]
pub struct Ward {
    /// Name; empty: unknown.
    #[schemars(title = "儿童姓名", description = "不知道的不填。", with = "ShortText", extend("x-mask" = "name"))]
    pub name: String,
    /// Number; empty: unknown.
    #[schemars(
        title = "儿童身份证号",
        description = "不知道的不填。",
        with = "IdOrNone"
    )]
    pub id_number: String,
    /// Day of birth; empty: unknown, or as in the number.
    #[schemars(
        title = "出生日期",
        description = "填了身份证号的不填；查不到的填估计的日期。",
        with = "DayOrNone"
    )]
    pub born_on: String,
    /// Age when nothing better is known; 0: unknown.
    #[schemars(title = "大约几岁", description = "不知道的填0。", range(max = 18))]
    pub looks_age: u8,
}

impl Ward {
    /// The number, when it is one.
    #[must_use]
    pub fn id(&self) -> Option<CitizenId> {
        self.id_number.trim().parse().ok()
    }

    /// Day of birth, when it is known.
    #[must_use]
    pub fn birth(&self) -> Option<Date> {
        match self.id() {
            Some(id) => Some(id.birth_date()),
            None => self.born_on.trim().parse().ok(),
        }
    }

    /// Age on `day`; what was guessed, when nothing better is known.
    #[must_use]
    pub fn age_on(&self, day: Date) -> Option<u8> {
        match self.birth() {
            Some(birth) => Some(age(birth, day)),
            None => (self.looks_age > 0).then_some(self.looks_age),
        }
    }

    /// The name, or what stands for it.
    #[must_use]
    pub fn called(&self) -> String {
        match self.name.trim() {
            "" => "姓名不详".to_owned(),
            name => name.to_owned(),
        }
    }

    /// On the form; none without a number.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        Some(named(&self.name, self.id()?, "child"))
    }

    /// What is wrong with a number or a day, under the pointer `at`.
    #[must_use]
    pub fn violations(&self, at: &str, today: Date) -> Vec<FieldViolation> {
        let mut found = Vec::new();
        if !self.id_number.trim().is_empty() && self.id().is_none() {
            let message = "身份证号不对，请核对；不知道的不填。";
            found.push(FieldViolation::new(
                format!("{at}/id_number"),
                "WRONG_ID",
                message,
            ));
        }
        if self.birth().is_some_and(|birth| birth > today) {
            let message = "出生日期不能晚于今天，请核对。";
            found.push(FieldViolation::new(
                format!("{at}/born_on"),
                "IN_FUTURE",
                message,
            ));
        }
        found
    }
}

/// Full years on `day`.
#[must_use]
pub fn age(birth: Date, day: Date) -> u8 {
    let before = (day.month(), day.day()) < (birth.month(), birth.day());
    let years = day.year() - birth.year() - i16::from(before);
    u8::try_from(years.clamp(0, 150)).unwrap_or_default()
}

/// Somebody around the child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "相关人员", description = "")]
pub struct Somebody {
    /// Who it is for the child.
    #[schemars(title = "是儿童的什么人", description = "")]
    pub relation: Around,
    /// Name; empty: unknown.
    #[serde(default)]
    #[schemars(title = "姓名", description = "不知道的不填。", with = "ShortText", extend("x-mask" = "name"))]
    pub name: String,
    /// Number; empty: unknown.
    #[serde(default)]
    #[schemars(title = "身份证号", description = "不知道的不填。", with = "IdOrNone")]
    pub id_number: String,
    /// Telephone; empty: unknown.
    #[serde(default)]
    #[schemars(title = "电话", description = "", with = "Phone")]
    pub phone: String,
    /// May have harmed the child.
    #[serde(default)]
    #[schemars(
        title = "涉嫌侵害儿童",
        description = "涉嫌侵害的人看不到本案，也不能代领儿童的补贴。"
    )]
    pub suspect: bool,
    /// What is known.
    #[serde(default)]
    #[schemars(title = "情况", description = "", with = "LongText")]
    pub words: String,
}

impl Somebody {
    /// The number, when it is one.
    #[must_use]
    pub fn id(&self) -> Option<CitizenId> {
        self.id_number.trim().parse().ok()
    }

    /// On the form; none without a number.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        Some(named(&self.name, self.id()?, self.relation.code()))
    }
}

fn named(name: &str, id: CitizenId, relation: &str) -> Person {
    Person {
        id: id.into(),
        name: name.trim().to_owned(),
        relation: relation.to_owned(),
    }
}
