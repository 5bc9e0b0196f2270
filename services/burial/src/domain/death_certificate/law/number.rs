//! Numbers of certificates. Under DC13 the paper brings its own; from DC26 on it is the dead
//! person's ID number, another document's number, or for those without any the signer's
//! 统一社会信用代码 and a yearly serial of four digits.

use jiff::civil::Date;
use yiwang_civic::{
    identity_document::IdentityDocument,
    params::{ParamError, RuleBook},
};

use crate::domain::credit_code::CreditCode;

/// What a number is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Printed on the form beforehand (DC13).
    Printed,
    /// The person's own number (DC26).
    Identity,
}

impl Scheme {
    /// The scheme in force on the day of signing.
    ///
    /// # Errors
    /// The parameter is missing or of the wrong type.
    pub fn load(rules: &RuleBook, division: &str, signed_on: Date) -> Result<Self, ParamError> {
        let own = rules.lookup("burial.death.own_number", division, signed_on)?;
        match own.flag()? {
            true => Ok(Self::Identity),
            false => Ok(Self::Printed),
        }
    }
}

/// Why a number is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Nothing was given.
    #[error("no number")]
    Empty,
    /// Not 6 to 30 letters, digits and hyphens.
    #[error("not the form of a printed number")]
    Printed,
    /// Not the number of the person's document.
    #[error("not the number of the document")]
    NotOfDocument,
    /// Not a credit code and four digits.
    #[error("not a credit code with a serial of four digits")]
    Serial,
    /// Of another signer.
    #[error("the credit code is not the signer's")]
    OtherIssuer,
}

impl NumberError {
    /// Stable code.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Empty => "NUMBER_EMPTY",
            Self::Printed => "NUMBER_FORM",
            Self::NotOfDocument => "NUMBER_NOT_OF_DOCUMENT",
            Self::Serial => "NUMBER_SERIAL",
            Self::OtherIssuer => "NUMBER_OTHER_ISSUER",
        }
    }

    /// What to do.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Empty => "请填写死亡证明编号。",
            Self::Printed => "死亡证明编号应为6到30位数字、字母，请照纸质证明填写。",
            Self::NotOfDocument => {
                "2026年7月1日起签发的死亡证明，编号就是逝者的公民身份号码或者其他证件号码，请核对。"
            }
            Self::Serial => {
                "没有证件的逝者，编号是签发单位的统一社会信用代码加4位年度顺序号，请核对。"
            }
            Self::OtherIssuer => "编号前18位不是签发单位的统一社会信用代码，请核对。",
        }
    }
}

/// Half width, capitals, no blanks: as it is compared and hashed.
#[must_use]
pub fn normalised(typed: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    let plain = typed.chars().filter(|c| !c.is_whitespace());
    plain.map(half).map(|c| c.to_ascii_uppercase()).collect()
}

/// Number of a person without any document; none beyond 9999 in one year.
#[must_use]
pub fn serial_number(issuer: &CreditCode, serial: u32) -> Option<String> {
    (1..=9999)
        .contains(&serial)
        .then(|| format!("{issuer}{serial:04}"))
}

/// The signer of a number that is a credit code and a serial.
#[must_use]
pub fn issuer_of(number: &str) -> Option<CreditCode> {
    let (code, serial) = number.split_at_checked(18)?;
    let plain = serial.len() == 4 && serial.bytes().all(|byte| byte.is_ascii_digit());
    if plain && serial != "0000" {
        code.parse().ok()
    } else {
        None
    }
}

/// Text a certificate is found by. The yearly serial starts again: the same number of
/// another year is another certificate.
#[must_use]
pub fn lookup_text(number: &str, year: i16) -> String {
    let number = normalised(number);
    match issuer_of(&number) {
        Some(_) => format!("{number}/{year}"),
        None => number,
    }
}

/// Looks at a number of whoever has this document, or none; gives it normalised.
///
/// # Errors
/// What is wrong with it.
pub fn check(
    typed: &str,
    document: Option<&IdentityDocument>,
    issuer: Option<&CreditCode>,
    scheme: Scheme,
) -> Result<String, NumberError> {
    let number = normalised(typed);
    if number.is_empty() {
        return Err(NumberError::Empty);
    }
    match (scheme, document) {
        (Scheme::Printed, _) => {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            if (6..=30).contains(&number.len()) && number.bytes().all(plain) {
                Ok(number)
            } else {
                Err(NumberError::Printed)
            }
        }
        (Scheme::Identity, Some(document)) if document.number() == number => Ok(number),
        (Scheme::Identity, Some(_)) => Err(NumberError::NotOfDocument),
        (Scheme::Identity, None) => match (issuer_of(&number), issuer) {
            (None, _) => Err(NumberError::Serial),
            (Some(code), Some(issuer)) if code == *issuer => Ok(number),
            (Some(_), _) => Err(NumberError::OtherIssuer),
        },
    }
}
