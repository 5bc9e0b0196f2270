//! The two people of a registration, as their documents and their own words give them.

mod document;

use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::{Person, form::is_readable};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{
    citizen_id::Sex,
    country::Country,
    identity_document::{DocumentError, DocumentKind, IdentityDocument, Part},
};

pub use self::document::Document;
use crate::domain::desk::fields::{Day, SexChoice};

/// Relation of the first party in [`Person::relation`]; casework's applicant.
pub const FIRST: &str = "self";
/// Relation of the second party.
pub const SECOND: &str = "partner";

/// Where somebody belongs, which decides the papers and the hall (规范; rules A3.4, A3.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Residence {
    /// 内地居民
    #[default]
    Mainland,
    /// 香港、澳门居民
    HkMacao,
    /// 台湾居民
    Taiwan,
    /// 华侨
    OverseasChinese,
    /// 外国人
    Foreign,
}

impl Residence {
    /// Stable code, as in forms and in the competence of halls.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Mainland => "mainland",
            Self::HkMacao => "hk_macao",
            Self::Taiwan => "taiwan",
            Self::OverseasChinese => "overseas_chinese",
            Self::Foreign => "foreign",
        }
    }
}

/// What somebody says of their marital status (申请结婚登记声明书).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatedStatus {
    /// 未婚
    #[default]
    Single,
    /// 离婚
    Divorced,
    /// 丧偶
    Widowed,
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Party {
    /// As on the document.
    #[schemars(title = "姓名", description = "与身份证件一致。", length(min = 1, max = 100), extend("x-mask" = "name"))]
    pub name: String,
    /// Number of the document; of a mainland resident the citizen ID number.
    #[schemars(title = "身份证件号码", description = "身份证是18位，末位可以是X；其他证件照证件填写字母和数字。", length(min = 1, max = 30), extend("x-mask" = "id_number"))]
    pub id_number: String,
    /// Where they belong.
    #[serde(default)]
    #[schemars(title = "身份类别", description = "", extend("x-labels" = {
        "mainland": "内地居民", "hk_macao": "香港、澳门居民", "taiwan": "台湾居民",
        "overseas_chinese": "华侨", "foreign": "外国人"
    }))]
    pub residence: Residence,
    /// What they come with.
    #[serde(default)]
    #[schemars(
        title = "证件种类",
        description = "",
        extend("x-show-if" = {"pointer": "residence", "equals": ["hk_macao", "taiwan", "overseas_chinese", "foreign"]})
    )]
    pub document: Document,
    /// Who issued it; of a permanent residence card the nationality on it.
    #[serde(default)]
    #[schemars(
        title = "签发国家（地区）",
        description = "照护照资料页填三位字母代码，也可以填中文名称，例如FRA或者法国；华侨填CHN。永久居留身份证填国籍。",
        length(max = 40),
        extend("x-show-if" = {"pointer": "document", "equals": ["passport", "permanent_residence", "travel_document"]})
    )]
    pub country: String,
    /// As on the document; an ID number tells it itself.
    #[serde(default)]
    #[schemars(
        title = "出生日期",
        description = "",
        with = "Option<Day>",
        extend("x-show-if" = {"pointer": "document", "equals": ["passport", "permanent_residence", "hk_macao_permit", "taiwan_permit", "travel_document"]})
    )]
    pub birth_date: Option<Date>,
    /// As on the document; an ID number tells it itself.
    #[serde(default)]
    #[schemars(
        title = "性别",
        description = "",
        with = "Option<SexChoice>",
        extend("x-show-if" = {"pointer": "document", "equals": ["passport", "permanent_residence", "hk_macao_permit", "taiwan_permit", "travel_document"]})
    )]
    pub sex: Option<Sex>,
    /// Six or nine digits: where they live.
    #[serde(default)]
    #[schemars(title = "常住户口所在地", description = "选到乡镇（街道）。", length(max = 9), extend("x-widget" = "division"))]
    pub household: String,
    /// In their own words, before the register is asked.
    #[serde(default)]
    #[schemars(title = "婚姻状况（本人声明）", description = "由本人说明，系统会联网核对。", extend("x-labels" = {
        "single": "未婚", "divorced": "离婚", "widowed": "丧偶"
    }))]
    pub stated: StatedStatus,
    /// To be reached.
    #[serde(default)]
    #[schemars(title = "联系电话", description = "", length(max = 20), extend("x-mask" = "phone"))]
    pub phone: String,
}

/// Nobody who stands at a counter is born before.
const FIRST_BIRTH: Date = date(1860, 1, 1);

impl Party {
    fn read(&self) -> Result<IdentityDocument, DocumentError> {
        IdentityDocument::read(self.document.into(), &self.country, &self.id_number)
    }

    /// The document, when it is one.
    #[must_use]
    pub fn id(&self) -> Option<IdentityDocument> {
        self.read().ok()
    }

    /// Date of birth: an ID number tells it, other documents are typed off.
    #[must_use]
    pub fn born(&self) -> Option<Date> {
        match self.id()?.citizen() {
            Some(id) => Some(id.birth_date()),
            None => self.birth_date,
        }
    }

    /// Sex, as [`Self::born`].
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        match self.id()?.citizen() {
            Some(id) => Some(id.sex()),
            None => self.sex,
        }
    }

    /// Nationality in Chinese; none where the document does not tell it, as those of the
    /// stateless.
    #[must_use]
    pub fn nationality(&self) -> Option<&'static str> {
        let id = self.id()?;
        match id.kind() {
            _ if id.country().is_chinese() => Some(Country::CHINA.name()),
            DocumentKind::TravelDocument => None,
            _ => Some(id.country().name()),
        }
    }

    /// The document as papers and certificates name it: the bare ID number, or kind, country
    /// and number of another.
    #[must_use]
    pub fn document_in_words(&self) -> String {
        let Some(id) = self.id() else {
            return self.id_number.trim().to_owned();
        };
        let (kind, number) = (id.kind(), id.number());
        match kind {
            DocumentKind::CitizenId => number.to_owned(),
            _ if kind.asks_country() => {
                format!("{}（{}）{number}", kind.label(), id.country().name())
            }
            _ => format!("{}{number}", kind.label()),
        }
    }

    /// The person for casework, under a relation of [`FIRST`] or [`SECOND`].
    #[must_use]
    pub fn person(&self, relation: &str) -> Option<Person> {
        Some(Person {
            id: self.id()?,
            name: self.name.trim().to_owned(),
            relation: relation.to_owned(),
        })
    }

    /// What is wrong with this party's fields; `at` is its pointer, e.g. `/a`.
    #[must_use]
    pub fn violations(&self, at: &str) -> Vec<FieldViolation> {
        let mut found = Vec::new();
        let mut note = |field: &str, reason: &'static str, message: &str| {
            found.push(FieldViolation::new(
                format!("{at}/{field}"),
                reason,
                message,
            ));
        };
        if self.name.trim().is_empty() || !is_readable(&self.name) {
            note("name", "REQUIRED", "请填写姓名，与身份证件一致。");
        }
        match self.read() {
            Err(error) => {
                let field = match error.part() {
                    Part::Kind => "document",
                    Part::Country => "country",
                    Part::Number => "id_number",
                };
                note(field, error.reason(), error.message());
            }
            Ok(id) if !self.residence.accepts(&id) => {
                note("residence", "RESIDENCE_DOCUMENT", self.residence.wanted());
            }
            Ok(_) => {}
        }
        match self.document {
            Document::CitizenId => {
                // What else is said must not contradict the number.
                if self
                    .birth_date
                    .is_some_and(|day| self.born().is_some_and(|born| born != day))
                {
                    note(
                        "birth_date",
                        "DIFFERS",
                        "出生日期与身份证号码不一致，请清空或者核对。",
                    );
                }
                if self
                    .sex
                    .is_some_and(|sex| self.sex().is_some_and(|own| own != sex))
                {
                    note("sex", "DIFFERS", "性别与身份证号码不一致，请清空或者核对。");
                }
                if self.id().is_some() && !is_china(&self.country) {
                    note(
                        "country",
                        "DIFFERS",
                        "用身份证办理的不填签发国家，请清空或者核对证件种类。",
                    );
                }
            }
            _ => {
                if self.birth_date.is_none_or(|day| day < FIRST_BIRTH) {
                    note(
                        "birth_date",
                        "REQUIRED",
                        "请照证件填写出生日期，例如1990-05-20。",
                    );
                }
                if self.sex.is_none() {
                    note("sex", "REQUIRED", "请照证件选择性别。");
                }
            }
        }
        found
    }
}

fn is_china(country: &str) -> bool {
    country.trim().is_empty() || country.parse() == Ok(Country::CHINA)
}
