//! The dead person on a form.

use jiff::{
    Timestamp,
    civil::{Date, Time, date},
    tz,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::{Person, form::is_readable};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{
    citizen_id::Sex,
    identity_document::{IdentityDocument, Part},
};

use super::{
    document::DeadDocument,
    fields::{Day, DivisionCode, DocumentNumber, Name, SexChoice, ShortText, TimeOfDay},
    nation::Nation,
};

/// Relation of the dead person in [`Person::relation`].
pub const DEAD: &str = "dead";
/// Name of somebody whose name nobody knows (DC26).
pub const NAMELESS: &str = "无";

/// Nobody who dies now was born before.
const FIRST_BIRTH: Date = date(1880, 1, 1);

/// The dead person, as the death certificate says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Dead {
    /// Name; 无 when nobody knows it.
    #[schemars(title = "逝者姓名", description = "无名遗体填“无”。", with = "Name")]
    pub name: String,
    /// Which document.
    #[schemars(title = "证件类别", description = "未登记户口的婴儿、无名遗体选“无”。")]
    pub document: DeadDocument,
    /// Who issued it; of a permanent residence card the nationality on it.
    #[serde(default)]
    #[schemars(
        title = "签发国家（地区）",
        description = "照护照资料页填三位字母代码，也可以填中文名称。",
        with = "ShortText",
        extend("x-show-if" = {"pointer": "document", "equals": ["passport", "permanent_residence", "travel_document"]})
    )]
    pub country: String,
    /// Its number.
    #[serde(default)]
    #[schemars(
        title = "证件号码",
        description = "身份证是18位，末位可以是X。",
        with = "DocumentNumber",
        extend("x-show-if" = {"pointer": "document", "equals": ["citizen_id", "passport", "permanent_residence", "hk_macao_permit", "taiwan_permit", "travel_document"]})
    )]
    pub id_number: String,
    /// As on the certificate; an ID number tells it itself.
    #[serde(default)]
    #[schemars(
        title = "性别",
        description = "",
        with = "Option<SexChoice>",
        extend("x-show-if" = {"pointer": "document", "equals": ["passport", "permanent_residence", "hk_macao_permit", "taiwan_permit", "travel_document", "none"]})
    )]
    pub sex: Option<Sex>,
    /// As on the certificate; an ID number tells it itself.
    #[serde(default)]
    #[schemars(
        title = "出生日期",
        description = "不知道的不填。",
        with = "Option<Day>",
        extend("x-show-if" = {"pointer": "document", "equals": ["passport", "permanent_residence", "hk_macao_permit", "taiwan_permit", "travel_document", "none"]})
    )]
    pub birth_date: Option<Date>,
    /// Six or nine digits; empty when not known.
    #[serde(default)]
    #[schemars(
        title = "户籍所在地",
        description = "选到乡镇（街道）；不知道的不填。",
        with = "DivisionCode"
    )]
    pub household: String,
    /// GB/T 3304; empty when not known.
    #[serde(default)]
    #[schemars(title = "民族", description = "", with = "Nation")]
    pub ethnicity: String,
    /// Beijing date.
    #[schemars(title = "死亡日期", description = "", with = "Day")]
    pub died_on: Date,
    /// Beijing time `03:20`; empty when only the day is known.
    #[serde(default)]
    #[schemars(
        title = "死亡时间",
        description = "例如03:20；不知道的不填。",
        with = "TimeOfDay"
    )]
    pub died_time: String,
}

impl Dead {
    /// The document, when there is one and it is sound.
    #[must_use]
    pub fn id(&self) -> Option<IdentityDocument> {
        let read = self.document.read(&self.country, &self.id_number);
        read.ok().flatten()
    }

    /// Whether nobody knows who this is, or the person never had a number.
    #[must_use]
    pub fn is_nameless(&self) -> bool {
        self.document == DeadDocument::None
    }

    /// Sex: an ID number tells it, otherwise the certificate.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        match self.id().as_ref().and_then(IdentityDocument::citizen) {
            Some(id) => Some(id.sex()),
            None => self.sex,
        }
    }

    /// Date of birth, as [`Self::sex`].
    #[must_use]
    pub fn born(&self) -> Option<Date> {
        match self.id().as_ref().and_then(IdentityDocument::citizen) {
            Some(id) => Some(id.birth_date()),
            None => self.birth_date,
        }
    }

    /// Whether the minute of death is known; otherwise only the day counts.
    #[must_use]
    pub fn minute_known(&self) -> bool {
        self.time().is_some()
    }

    /// The instant of death; midnight in Beijing when only the day is known.
    #[must_use]
    pub fn died_at(&self) -> Timestamp {
        let time = self.time().unwrap_or_default();
        let at = self.died_on.to_datetime(time);
        tz::offset(8).to_timestamp(at).unwrap_or(Timestamp::MIN)
    }

    /// The person for casework; none for the nameless, who has no key.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        Some(Person {
            id: self.id()?,
            name: self.name.trim().to_owned(),
            relation: DEAD.to_owned(),
        })
    }

    /// What is wrong; `at` is the pointer, e.g. `/dead`.
    #[must_use]
    pub fn violations(&self, at: &str, now: Timestamp) -> Vec<FieldViolation> {
        let mut found = Vec::new();
        let mut note = |field: &str, reason: &'static str, message: &str| {
            let field = format!("{at}/{field}");
            found.push(FieldViolation::new(field, reason, message));
        };
        if self.name.trim().is_empty() || !is_readable(&self.name) {
            note("name", "REQUIRED", "请填写逝者姓名；无名遗体填“无”。");
        }
        if !self.is_nameless() && self.name.trim() == NAMELESS {
            note("name", "NAMELESS", "有身份证件的，请填写证件上的姓名。");
        }
        match self.document.read(&self.country, &self.id_number) {
            Err(error) => {
                let field = match error.part() {
                    Part::Kind => "document",
                    Part::Country => "country",
                    Part::Number => "id_number",
                };
                note(field, error.reason(), error.message());
            }
            Ok(None) if !self.id_number.trim().is_empty() => {
                let message = "证件类别选了“无”，不能再填证件号码。";
                note("id_number", "DIFFERS", message);
            }
            Ok(_) => {}
        }
        if self.died_at() > now {
            note("died_on", "FUTURE", "死亡时间不能晚于现在，请核对。");
        }
        match self.born() {
            Some(born) if born > self.died_on => {
                note("died_on", "BEFORE_BIRTH", "死亡日期早于出生日期，请核对。");
            }
            Some(born) if born < FIRST_BIRTH => {
                note("birth_date", "TOO_EARLY", "出生日期过早，请核对。");
            }
            _ => {}
        }
        if !self.is_nameless() && self.id().is_some() && self.sex().is_none() {
            note("sex", "REQUIRED", "请照证件选择性别。");
        }
        found
    }

    fn time(&self) -> Option<Time> {
        let text = self.died_time.trim();
        if text.is_empty() {
            return None;
        }
        format!("{text}:00").parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dead() -> Dead {
        serde_json::from_value(serde_json::json!({
            "name": "张三", "document": "citizen_id", "id_number": "11010519491231002x",
            "died_on": "2026-05-12", "died_time": "03:20",
        }))
        .unwrap()
    }

    fn codes(dead: &Dead) -> Vec<String> {
        let now = "2026-05-13T00:00:00Z".parse().unwrap();
        let found = dead.violations("/dead", now);
        found
            .into_iter()
            .map(|one| one.reason.to_string())
            .collect()
    }

    #[test]
    fn the_number_tells_sex_and_birth_and_the_time_is_of_beijing() {
        let dead = dead();
        assert_eq!(codes(&dead), Vec::<String>::new());
        assert_eq!(dead.sex(), Some(Sex::Female));
        assert_eq!(dead.born(), Some(date(1949, 12, 31)));
        assert_eq!(dead.died_at(), "2026-05-11T19:20:00Z".parse().unwrap());
        assert!(dead.minute_known());
        assert_eq!(dead.person().unwrap().relation, DEAD);
    }

    #[test]
    fn without_a_document_nobody_is_named() {
        let nameless = Dead {
            name: NAMELESS.to_owned(),
            document: DeadDocument::None,
            id_number: String::new(),
            died_time: String::new(),
            ..dead()
        };
        assert!(codes(&nameless).is_empty() && nameless.is_nameless());
        assert!(nameless.person().is_none() && !nameless.minute_known());
        let both = Dead {
            document: DeadDocument::None,
            ..dead()
        };
        assert_eq!(codes(&both), ["DIFFERS"]);
        let unnamed = Dead {
            name: NAMELESS.to_owned(),
            ..dead()
        };
        assert_eq!(codes(&unnamed), ["NAMELESS"]);
    }

    #[test]
    fn nobody_dies_tomorrow_or_before_birth() {
        let day = |day: &str| Dead {
            died_on: day.parse().unwrap(),
            ..dead()
        };
        assert_eq!(codes(&day("2026-05-14")), ["FUTURE"]);
        assert_eq!(codes(&day("1949-12-30")), ["BEFORE_BIRTH"]);
    }
}
