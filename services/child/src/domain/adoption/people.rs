//! People on the forms of adoption.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::citizen_id::{CitizenId, Sex};

use super::{
    fields::{NameOrNone, PhoneOrNone, SexOrNone},
    law::{child, kind::Ground},
};
use crate::domain::fields::{DayOrNone, DocumentNumber, IdOrNone, Name, Phone, ShortText};

/// Somebody with a card: adopter, adult adoptee, carer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "本人", description = "")]
pub struct Adult {
    /// Name.
    #[schemars(title = "姓名", description = "", with = "Name")]
    pub name: String,
    /// Number.
    #[schemars(title = "身份证号", description = "", with = "DocumentNumber")]
    pub id_number: String,
    /// Telephone.
    #[schemars(title = "联系电话", description = "", with = "Phone")]
    pub phone: String,
}

/// Somebody who may not be there: a spouse, a guardian.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "另一方", description = "")]
pub struct Other {
    /// Name; empty: nobody.
    #[schemars(title = "姓名", description = "没有的不填。", with = "NameOrNone")]
    pub name: String,
    /// Number.
    #[schemars(title = "身份证号", description = "没有的不填。", with = "IdOrNone")]
    pub id_number: String,
    /// Telephone.
    #[schemars(title = "联系电话", description = "", with = "PhoneOrNone")]
    pub phone: String,
}

/// The child of an adoption or a foster family; empty until one is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "儿童", description = "")]
pub struct Adoptee {
    /// Name.
    #[serde(default)]
    #[schemars(
        title = "姓名",
        description = "还没有选定的不填。",
        with = "NameOrNone"
    )]
    pub name: String,
    /// Number.
    #[serde(default)]
    #[schemars(
        title = "身份证号",
        description = "还没有上户口的不填。",
        with = "IdOrNone"
    )]
    pub id_number: String,
    /// Day of birth; empty: as in the number.
    #[serde(default)]
    #[schemars(
        title = "出生日期",
        description = "填了身份证号的不填；查不清的填推定的日期。",
        with = "DayOrNone"
    )]
    pub born_on: String,
    /// Sex; empty: as in the number.
    #[serde(default)]
    #[schemars(
        title = "性别",
        description = "填了身份证号的不选。",
        with = "SexOrNone"
    )]
    pub sex: String,
    /// Ground.
    #[serde(default = "unchosen")]
    #[schemars(title = "儿童情况", description = "")]
    pub ground: Ground,
    /// Disabled.
    #[serde(default)]
    #[schemars(title = "残疾儿童", description = "有县级以上医疗机构的证明。")]
    pub disabled: bool,
    /// How the adopter is related.
    #[serde(default)]
    #[schemars(
        title = "与收养人的亲属关系",
        description = "收养亲属的子女、继子女的填写。",
        with = "ShortText"
    )]
    pub kinship: String,
}

fn unchosen() -> Ground {
    Ground::Unchosen
}

impl Default for Adoptee {
    fn default() -> Self {
        Self {
            name: String::new(),
            id_number: String::new(),
            born_on: String::new(),
            sex: String::new(),
            ground: Ground::Unchosen,
            disabled: false,
            kinship: String::new(),
        }
    }
}

/// A person on a form; none without a number.
#[must_use]
pub fn person(name: &str, number: &str, relation: &str) -> Option<Person> {
    let id: CitizenId = number.trim().parse().ok()?;
    Some(Person {
        id: id.into(),
        name: name.trim().to_owned(),
        relation: relation.to_owned(),
    })
}

/// What is wrong with a number that must be one.
#[must_use]
pub fn wrong_number(number: &str, at: &str, today: Date) -> Option<FieldViolation> {
    let error = CitizenId::parse_on(number.trim(), today).err()?;
    Some(FieldViolation::new(at, error.reason(), error.message()))
}

impl Adult {
    /// The number, when it is one.
    #[must_use]
    pub fn id(&self) -> Option<CitizenId> {
        self.id_number.trim().parse().ok()
    }
}

impl Other {
    /// The number, when it is one.
    #[must_use]
    pub fn id(&self) -> Option<CitizenId> {
        self.id_number.trim().parse().ok()
    }

    /// Somebody stands here.
    #[must_use]
    pub fn is_there(&self) -> bool {
        !self.name.trim().is_empty() || !self.id_number.trim().is_empty()
    }

    /// What is wrong, when somebody stands here.
    #[must_use]
    pub fn violations(&self, at: &str, today: Date) -> Vec<FieldViolation> {
        if !self.is_there() {
            return Vec::new();
        }
        let empty = crate::domain::desk::filled(&self.name, &format!("{at}/name"), "请填写姓名。");
        let number = wrong_number(&self.id_number, &format!("{at}/id_number"), today);
        empty.into_iter().chain(number).collect()
    }
}

impl Adoptee {
    /// A child was chosen.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        !self.name.trim().is_empty()
    }

    /// The number, when it is one.
    #[must_use]
    pub fn id(&self) -> Option<CitizenId> {
        self.id_number.trim().parse().ok()
    }

    /// Day of birth: of the number, else as typed.
    #[must_use]
    pub fn birth(&self) -> Option<Date> {
        match self.id() {
            Some(id) => Some(id.birth_date()),
            None => self.born_on.trim().parse().ok(),
        }
    }

    /// Sex: of the number, else as chosen.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        match (self.id(), self.sex.as_str()) {
            (Some(id), _) => Some(id.sex()),
            (None, "male") => Some(Sex::Male),
            (None, "female") => Some(Sex::Female),
            _ => None,
        }
    }

    /// The child as the law asks.
    #[must_use]
    pub fn facts(&self) -> child::Adoptee {
        child::Adoptee {
            born: self.birth(),
            sex: self.sex(),
            ground: self.ground,
            disabled: self.disabled,
        }
    }

    /// The child on a form; none without a number.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        person(&self.name, &self.id_number, "child")
    }

    /// What is wrong with a chosen child's number.
    #[must_use]
    pub fn violations(&self, today: Date) -> Vec<FieldViolation> {
        if self.id_number.trim().is_empty() {
            return Vec::new();
        }
        let wrong = wrong_number(&self.id_number, "/child/id_number", today);
        wrong.into_iter().collect()
    }
}
