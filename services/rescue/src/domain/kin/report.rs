//! A missing-person report or an entry of the register of easily lost persons, as it was handed in.

use serde::{Deserialize, Serialize};

/// One report; an unknown field is absent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Identity of the report.
    pub report_id: String,
    /// Who reported: family, police or register.
    #[serde(default)]
    pub source: Source,
    /// Full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Other names, childhood names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aka: Vec<String>,
    /// Sex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// `YYYY-MM-DD` or `YYYY`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// Whole years at the date of the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_at_report: Option<i32>,
    /// Citizen number of 18 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_number: Option<String>,
    /// Code of the registered home, at times only of the prefecture or province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native_place: Option<String>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Height.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_cm: Option<i32>,
    /// Day of loss, at times rounded to the month or year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen_date: Option<String>,
    /// Code of the place of loss.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen_place: Option<String>,
    /// Day of the report or of the registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_date: Option<String>,
    /// Marks of the body, at times with clothes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_marks: Option<String>,
    /// Illness or disability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// Dialect spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialect: Option<String>,
    /// Relatives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relatives: Vec<Relative>,
    /// Base64 of 128 signed bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face: Option<String>,
}

/// Where a report comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Relatives.
    #[default]
    Family,
    /// The police.
    Police,
    /// The register of easily lost persons: registered before the loss.
    Register,
}

/// Sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// 男
    M,
    /// 女
    F,
}

/// A relative by relation and name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relative {
    /// 儿子, 女儿, 父亲 …
    pub rel: String,
    /// Name, at times only a part.
    pub name: String,
}
