//! What a search notice 寻亲公告 may say: the least that lets a family recognise somebody.
//!
//! | who | shown |
//! |---|---|
//! | adult | photograph, told name masked, sex, age, height, accent, told places, marks, clothes, where found |
//! | minor, missing or abducted | the same: to find them is what 未成年人保护法第103条 allows |
//! | other minors | sex, age, county and month, nothing else |
//! | who fled from violence | nothing: a notice would tell where they are |
//!
//! Never: documents, telephones, who is ill with what, where the person lies now.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yiwang_casework::{Context, Refusal};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{mask, params::ParamError};

/// Digits in a row that are a telephone or a document and no age, year or height.
const NUMBER: usize = 7;
/// What is nobody's business: illness, past, offences.
const SENSITIVE: [&str; 12] = [
    "精神病",
    "精神障碍",
    "精神失常",
    "智障",
    "弱智",
    "艾滋",
    "梅毒",
    "乙肝",
    "吸毒",
    "前科",
    "刑满",
    "怀孕",
];

/// Why the person came in, as far as publication asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Lost 走失、失踪.
    Lost,
    /// Trafficked 被拐卖.
    Trafficked,
    /// Abandoned 被遗弃.
    Abandoned,
    /// Fled from violence at home 家暴.
    Violence,
    /// Everything else.
    Other,
}

impl Cause {
    /// Of a reason for seeking help 求助原因; all others are other.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code {
            "lost" => Self::Lost,
            "trafficked" => Self::Trafficked,
            "abandoned" => Self::Abandoned,
            "violence" => Self::Violence,
            _ => Self::Other,
        }
    }

    /// Whether there may be a notice at all.
    #[must_use]
    pub fn is_publishable(self) -> bool {
        self != Self::Violence
    }
}

/// A photograph, as the gateway keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Id of the file.
    pub file: Uuid,
    /// Digest of its content.
    pub sha256: String,
}

/// What the station knows of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basics<'a> {
    /// Under 18, or looks it.
    pub minor: bool,
    /// Why the person came in.
    pub cause: Cause,
    /// As the person told it.
    pub name: &'a str,
    /// `male` or `female`.
    pub sex: &'a str,
    /// About how old; `(0, 0)`: not known.
    pub age: (u16, u16),
    /// In cm.
    pub height: Option<u16>,
    /// How the person speaks.
    pub accent: &'a str,
    /// Places the person told of.
    pub told_places: &'a str,
    /// On the body.
    pub marks: &'a str,
    /// What the person wore.
    pub clothes: &'a str,
    /// When found.
    pub found_on: Date,
    /// Where found.
    pub found_at: &'a str,
    /// A photograph for the notice.
    pub photo: Option<Photo>,
}

/// What everybody may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Public {
    /// `male` or `female`.
    pub sex: String,
    /// At least this old; 0 to 0: not known.
    pub age_from: u16,
    /// At most.
    pub age_to: u16,
    /// In cm.
    pub height: Option<u16>,
    /// Masked.
    pub name: String,
    /// How the person speaks.
    pub accent: String,
    /// Places the person told of.
    pub told_places: String,
    /// On the body.
    pub marks: String,
    /// What the person wore.
    pub clothes: String,
    /// ISO date, or the month of a reduced one.
    pub found_on: String,
    /// Where found.
    pub found_at: String,
    /// A minor whose identity the law keeps.
    pub reduced: bool,
    /// None: none or not shown.
    #[serde(skip)]
    pub photo: Option<Photo>,
}

impl Public {
    /// What a search by words reads.
    #[must_use]
    pub fn words(&self) -> String {
        let texts = [
            &self.name,
            &self.accent,
            &self.told_places,
            &self.marks,
            &self.clothes,
            &self.found_at,
        ];
        let filled = texts.into_iter().filter(|text| !text.is_empty());
        filled.map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// What the place has decided.
#[derive(Debug, Clone, Copy)]
pub struct PublishLaw {
    /// Whether the name is published as told.
    pub full_name: bool,
    /// Whether photographs are published.
    pub photo: bool,
}

impl PublishLaw {
    /// As in force here today.
    ///
    /// # Errors
    /// A parameter is missing.
    pub fn load(cx: &Context<'_>) -> Result<Self, ParamError> {
        Ok(Self {
            full_name: cx.rule("rescue.publish.full_name")?.flag()?,
            photo: cx.rule("rescue.publish.photo")?.flag()?,
        })
    }
}

/// The notice.
///
/// # Errors
/// `PUBLISH_ENDANGERS`; fields that tell too much (`PUBLISH_PERSONAL`, `PUBLISH_SENSITIVE`) or
/// are no age (`WRONG_AGE`).
pub fn public(basics: &Basics<'_>, law: PublishLaw) -> Result<Public, Refusal> {
    if !basics.cause.is_publishable() {
        let message =
            "受助人员因家庭暴力求助，公告会暴露本人的去向，不能发布。请报请公安机关查明身份。";
        return Err(Refusal::new("PUBLISH_ENDANGERS", message));
    }
    let wrong = violations(basics);
    if !wrong.is_empty() {
        return Err(Refusal::fields(wrong));
    }
    Ok(match keeps_identity(basics) {
        true => reduced(basics),
        false => shown(basics, law),
    })
}

/// 未成年人保护法第103条: identity is kept, except to find a missing or abducted minor.
fn keeps_identity(basics: &Basics<'_>) -> bool {
    basics.minor && !matches!(basics.cause, Cause::Lost | Cause::Trafficked)
}

fn shown(basics: &Basics<'_>, law: PublishLaw) -> Public {
    let text = |text: &str| text.trim().to_owned();
    let name = match law.full_name {
        true => text(basics.name),
        false => mask::name(basics.name),
    };
    Public {
        sex: text(basics.sex),
        age_from: basics.age.0,
        age_to: basics.age.1,
        height: basics.height,
        name,
        accent: text(basics.accent),
        told_places: text(basics.told_places),
        marks: text(basics.marks),
        clothes: text(basics.clothes),
        found_on: basics.found_on.to_string(),
        found_at: text(basics.found_at),
        reduced: false,
        photo: basics.photo.clone().filter(|_| law.photo),
    }
}

/// County and station stand beside it.
fn reduced(basics: &Basics<'_>) -> Public {
    let month = yiwang_civic::time::month_of(basics.found_on);
    Public {
        sex: basics.sex.trim().to_owned(),
        age_from: basics.age.0,
        age_to: basics.age.1,
        height: None,
        name: String::new(),
        accent: String::new(),
        told_places: String::new(),
        marks: String::new(),
        clothes: String::new(),
        found_on: month.to_string(),
        found_at: String::new(),
        reduced: true,
        photo: None,
    }
}

fn violations(basics: &Basics<'_>) -> Vec<FieldViolation> {
    let mut found = Vec::new();
    let (from, to) = basics.age;
    if from > to || to > 120 {
        let message = "请填写大约的年龄范围，先小后大。";
        found.push(FieldViolation::new("/age", "WRONG_AGE", message));
    }
    for (at, text) in [
        ("/name", basics.name),
        ("/accent", basics.accent),
        ("/told_places", basics.told_places),
        ("/marks", basics.marks),
        ("/clothes", basics.clothes),
        ("/found_at", basics.found_at),
    ] {
        if has_number(text) {
            let message = "公告里不能有证件号码、电话号码。请删去，联系电话由系统写上救助站的。";
            found.push(FieldViolation::new(at, "PUBLISH_PERSONAL", message));
        } else if let Some(word) = SENSITIVE.iter().find(|word| text.contains(**word)) {
            let message = format!("公告只写帮助家人辨认的特征，不写病情和经历。请删去“{word}”。");
            found.push(FieldViolation::new(at, "PUBLISH_SENSITIVE", message));
        }
    }
    found
}

/// A run of digits, also full-width ones or with blanks and dashes between.
fn has_number(text: &str) -> bool {
    let mut run = 0;
    for c in text.chars() {
        let digit = c.is_ascii_digit() || ('０'..='９').contains(&c);
        match c {
            _ if digit => run += 1,
            ' ' | '-' | '－' | '　' if run > 0 => {}
            _ => run = 0,
        }
        if run >= NUMBER {
            return true;
        }
    }
    false
}
