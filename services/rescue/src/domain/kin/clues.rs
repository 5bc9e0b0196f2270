//! What a station knows of a stranded person.

use serde::{Deserialize, Serialize};

use crate::domain::kin::report::{Relative, Sex};

/// The clues of one stranded person; an unknown field is absent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Clues {
    /// Identity of the stranded person.
    #[serde(alias = "stranded_id")]
    pub query_id: String,
    /// Name as the staff wrote it down: full, part, nickname, wrong characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_name: Option<String>,
    /// Home as told: county, old name, village, only the province, misheard, wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_place: Option<String>,
    /// Sex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Age at the found date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<i32>,
    /// 自述 said by the person, 目测 estimated by eye.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_basis: Option<String>,
    /// 属相
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zodiac: Option<String>,
    /// Height.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_cm: Option<i32>,
    /// Day found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_date: Option<String>,
    /// Code of the place found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_place: Option<String>,
    /// Marks of the body, at times with clothes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_marks: Option<String>,
    /// Illness or disability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// Accent as the staff heard it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// Relatives named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relatives: Vec<Relative>,
    /// 6 to 10 consecutive digits of the citizen number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_fragment: Option<String>,
    /// Base64 of 128 signed bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face: Option<String>,
}
