//! The citizen ID number 公民身份号码 (GB 11643): 6 digits of division, 8 of birth date, 3 of order
//! (odd for men), one check character (ISO 7064 MOD 11-2).
//!
//! Parsing forgives how people type (blanks around, full-width digits, small x) and nothing else.
//! A number is personal data: `Debug` masks it, and there is no `Display`.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize, de::Error as _};

use crate::{check, division, text};

/// Nobody on file can be older than this.
const MAX_AGE: u32 = 130;
const FIRST_BIRTH_YEAR: i16 = 1860;
const LAST_BIRTH_YEAR: i16 = 2099;

/// A correct 18-character number, normalised: ASCII, capital X.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CitizenId {
    text: String,
    birth: Date,
}

/// Sex as coded in the number (GB/T 2261.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

impl Sex {
    /// 男 or 女.
    pub fn label(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }
}

/// Why a text is not a citizen ID number. The order of the checks is the order of the variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Nothing was given.
    #[error("citizen id is empty")]
    Empty,
    /// A number of the first generation, void since 2013-01-01.
    #[error("citizen id has 15 digits")]
    FifteenDigits,
    /// Not 18 characters.
    #[error("citizen id does not have 18 characters")]
    Length,
    /// Something other than 17 digits and a digit or X.
    #[error("citizen id has a character that is no digit")]
    Character,
    /// The first six digits never were a division.
    #[error("citizen id has an unknown division")]
    Division,
    /// Digits 7 to 14 are no date, or not the birth date of a person on file.
    #[error("citizen id has an impossible birth date")]
    BirthDate,
    /// The last character does not fit the others.
    #[error("citizen id has a wrong check character")]
    CheckDigit,
}

impl IdError {
    /// What to tell the person, in Chinese.
    pub fn message(&self) -> &'static str {
        match self {
            Self::Empty => "请填写公民身份号码",
            Self::FifteenDigits => "15位身份证号码已停止使用，请填写18位公民身份号码",
            Self::Length => "公民身份号码应为18位，请核对",
            Self::Character => "公民身份号码只能由数字组成，最后一位可以是X",
            Self::Division => "公民身份号码前6位不是有效的地区代码，请核对",
            Self::BirthDate => "公民身份号码第7至14位不是有效的出生日期，请核对",
            Self::CheckDigit => "公民身份号码校验不通过，请逐位核对是否填错",
        }
    }

    /// A stable reason for machines, such as `ID_CHECK_DIGIT`.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Empty => "ID_EMPTY",
            Self::FifteenDigits => "ID_FIFTEEN_DIGITS",
            Self::Length => "ID_LENGTH",
            Self::Character => "ID_CHARACTER",
            Self::Division => "ID_DIVISION",
            Self::BirthDate => "ID_BIRTH_DATE",
            Self::CheckDigit => "ID_CHECK_DIGIT",
        }
    }
}

impl FromStr for CitizenId {
    type Err = IdError;

    fn from_str(input: &str) -> Result<Self, IdError> {
        let text = text::to_half_width(input).to_ascii_uppercase();
        let bytes = text.as_bytes();
        match text.chars().count() {
            0 => return Err(IdError::Empty),
            15 if bytes.iter().all(u8::is_ascii_digit) => return Err(IdError::FifteenDigits),
            18 => {}
            _ => return Err(IdError::Length),
        }
        let (Some(body), Some(&last)) = (bytes.get(..17), bytes.last()) else {
            return Err(IdError::Length);
        };
        let Some(check) = check::mod_11_2(body) else {
            return Err(IdError::Character);
        };
        if !(last.is_ascii_digit() || last == b'X') || bytes.len() != 18 {
            return Err(IdError::Character);
        }
        if !division::is_known_for_birth(&text[..6]) {
            return Err(IdError::Division);
        }
        let birth = birth_date(&text[6..14]).ok_or(IdError::BirthDate)?;
        if check != last {
            return Err(IdError::CheckDigit);
        }
        Ok(Self { text, birth })
    }
}

/// Reads `yyyymmdd` within the years in which a person on file can be born.
fn birth_date(digits: &str) -> Option<Date> {
    let year: i16 = digits.get(..4)?.parse().ok()?;
    let month: i8 = digits.get(4..6)?.parse().ok()?;
    let day: i8 = digits.get(6..8)?.parse().ok()?;
    (FIRST_BIRTH_YEAR..=LAST_BIRTH_YEAR)
        .contains(&year)
        .then(|| Date::new(year, month, day).ok())
        .flatten()
}

/// A number with its check character: 17 digits of division, birth and sequence. `None` when they
/// are no digits. For people who do not exist; nothing else is checked.
#[must_use]
pub fn completed(body: &str) -> Option<String> {
    let check = check::mod_11_2(body.as_bytes())?;
    Some(format!("{body}{}", char::from(check)))
}

impl CitizenId {
    /// Parses a number as of a day: refuses whoever is born after it or more than 130 years before.
    ///
    /// # Errors
    /// Every [`IdError`]; `BirthDate` also for the two cases above.
    pub fn parse_on(input: &str, today: Date) -> Result<Self, IdError> {
        let id: Self = input.parse()?;
        if id.birth > today || id.age_on(today) > MAX_AGE {
            return Err(IdError::BirthDate);
        }
        Ok(id)
    }

    /// The 18 characters. Never for logs, metrics, subjects or URLs.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Date of birth.
    pub fn birth_date(&self) -> Date {
        self.birth
    }

    /// Sex by the 17th digit.
    pub fn sex(&self) -> Sex {
        let odd = self
            .text
            .as_bytes()
            .get(16)
            .is_some_and(|digit| digit % 2 == 1);
        if odd { Sex::Male } else { Sex::Female }
    }

    /// The six digits of the division where the number was first given; it may be withdrawn by now.
    pub fn division(&self) -> &str {
        &self.text[..6]
    }

    /// `421221********1234`.
    pub fn masked(&self) -> String {
        crate::mask::id_number(&self.text)
    }

    /// Full years 周岁 on a day, 0 before birth. Who is born on 29 February completes a year on
    /// 28 February of a common year (民法典 202: no corresponding day, then the month's last).
    pub fn age_on(&self, day: Date) -> u32 {
        let birthday = (self.birth.month(), self.birth.day());
        let mut reached = (day.month(), day.day()) >= birthday;
        if birthday == (2, 29) && !day.in_leap_year() {
            reached = (day.month(), day.day()) >= (2, 28);
        }
        let years = i32::from(day.year()) - i32::from(self.birth.year());
        u32::try_from(if reached { years } else { years - 1 }).unwrap_or(0)
    }
}

impl fmt::Debug for CitizenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CitizenId({})", self.masked())
    }
}

impl Serialize for CitizenId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for CitizenId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|error: IdError| D::Error::custom(error.message()))
    }
}

#[cfg(test)]
mod tests;
