//! The fields that give evidence.

use serde::{Deserialize, Serialize};

/// A field of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Field {
    Name,
    Home,
    Village,
    Sex,
    Age,
    Animal,
    Height,
    Loss,
    FoundPlace,
    Marks,
    Condition,
    Accent,
    Kin,
    IdNumber,
    Face,
}

/// How many fields there are.
pub const COUNT: usize = 15;

/// All fields in order.
pub const ALL: [Field; COUNT] = [
    Field::Name,
    Field::Home,
    Field::Village,
    Field::Sex,
    Field::Age,
    Field::Animal,
    Field::Height,
    Field::Loss,
    Field::FoundPlace,
    Field::Marks,
    Field::Condition,
    Field::Accent,
    Field::Kin,
    Field::IdNumber,
    Field::Face,
];

impl Field {
    /// Name of the field for people.
    pub fn title(self) -> &'static str {
        match self {
            Field::Name => "姓名",
            Field::Home => "籍贯",
            Field::Village => "乡村",
            Field::Sex => "性别",
            Field::Age => "年龄",
            Field::Animal => "属相",
            Field::Height => "身高",
            Field::Loss => "走失时间",
            Field::FoundPlace => "发现地",
            Field::Marks => "体貌特征",
            Field::Condition => "身体状况",
            Field::Accent => "口音",
            Field::Kin => "亲属",
            Field::IdNumber => "证件号码",
            Field::Face => "人脸",
        }
    }
}
