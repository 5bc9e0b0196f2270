//! The two people of a registration, as their cards and their own words give them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::{Person, form::is_readable};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::citizen_id::CitizenId;

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
pub struct Party {
    /// As on the card.
    #[schemars(title = "姓名", description = "与身份证一致。", length(min = 1, max = 40), extend("x-mask" = "name"))]
    pub name: String,
    /// Citizen ID number of a mainland resident.
    #[schemars(title = "身份证号", description = "18位，末位可以是X。", length(min = 1, max = 18), extend("x-mask" = "id_number"))]
    pub id_number: String,
    /// Where they belong.
    #[serde(default)]
    #[schemars(title = "身份类别", description = "", extend("x-labels" = {
        "mainland": "内地居民", "hk_macao": "香港、澳门居民", "taiwan": "台湾居民",
        "overseas_chinese": "华侨", "foreign": "外国人"
    }))]
    pub residence: Residence,
    /// Six or nine digits: where they live.
    #[serde(default)]
    #[schemars(title = "常住户口所在地", description = "选到县（市、区）或乡镇（街道）。", length(max = 9), extend("x-widget" = "division"))]
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

impl Party {
    /// The ID number, when it is one.
    #[must_use]
    pub fn id(&self) -> Option<CitizenId> {
        self.id_number.parse().ok()
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
        if self.name.trim().is_empty() || !is_readable(&self.name) {
            let message = "请填写姓名，与身份证一致。";
            found.push(FieldViolation::new(
                format!("{at}/name"),
                "REQUIRED",
                message,
            ));
        }
        if let Err(error) = self.id_number.parse::<CitizenId>() {
            let field = format!("{at}/id_number");
            found.push(FieldViolation::new(field, error.reason(), error.message()));
        }
        found
    }
}
