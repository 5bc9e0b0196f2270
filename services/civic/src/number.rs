//! Case numbers 办件编号: `DB` `420323` `260512` `0000001` and two check digits.
//!
//! Item prefix, county, day (yyMMdd, years 2000 to 2099), serial of at least seven digits, ISO 7064
//! MOD 97-10. The check finds every single wrong character and every swap of two neighbours, and leaves
//! a tail of digits only, good for a telephone. Certificate numbers are made the same way.

use jiff::civil::{Date, date};

use crate::{check, text};

const MAX_PREFIX: usize = 6;
const SERIAL: usize = 7;
const MAX_SERIAL: usize = 19;

/// What a number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseNumber {
    /// One to six capital letters.
    pub prefix: String,
    /// Six digits.
    pub division: String,
    /// Beijing date of acceptance or submission.
    pub day: Date,
    /// Running number of the issuer.
    pub serial: u64,
}

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not of the form above.
    #[error("case number is malformed")]
    Format,
    /// The check digits do not fit.
    #[error("case number has wrong check digits")]
    Check,
}

impl NumberError {
    /// What to tell the person, in Chinese.
    pub fn message(&self) -> &'static str {
        match self {
            Self::Format => "编号格式不正确，请核对",
            Self::Check => "编号校验不通过，请逐位核对是否填错",
        }
    }
}

/// Writes a number. `prefix` is one to six ASCII capitals, `division6` six digits, `day` in 2000 to 2099;
/// the number of anything else does not parse.
pub fn case_number(prefix: &str, division6: &str, day: Date, serial: u64) -> String {
    let (year, month, day) = (day.year().rem_euclid(100), day.month(), day.day());
    let body = format!("{prefix}{division6}{year:02}{month:02}{day:02}{serial:0SERIAL$}");
    match check::mod_97_10(body.as_bytes()) {
        Some(check) => format!("{body}{check:02}"),
        None => body,
    }
}

/// Reads a number as people type it: blanks and hyphens anywhere, small letters, full-width characters.
///
/// # Errors
/// [`NumberError`].
pub fn parse(input: &str) -> Result<CaseNumber, NumberError> {
    let mut plain = text::to_half_width(input).to_ascii_uppercase();
    plain.retain(|c| c != '-' && !c.is_whitespace());
    let letters = plain.bytes().take_while(u8::is_ascii_uppercase).count();
    let (prefix, digits) = plain.split_at(letters);
    let serial_digits = digits
        .len()
        .checked_sub(6 + 6 + 2)
        .ok_or(NumberError::Format)?;
    if !(1..=MAX_PREFIX).contains(&letters)
        || !(SERIAL..=MAX_SERIAL).contains(&serial_digits)
        || !digits.bytes().all(|b| b.is_ascii_digit())
    {
        return Err(NumberError::Format);
    }
    let (division, rest) = digits.split_at(6);
    let (day, rest) = rest.split_at(6);
    let (serial, check) = rest.split_at(serial_digits);
    let body = plain
        .as_bytes()
        .get(..letters + 12 + serial_digits)
        .unwrap_or_default();
    if check::mod_97_10(body) != check.parse().ok() {
        return Err(NumberError::Check);
    }
    if serial_digits > SERIAL && serial.starts_with('0') {
        return Err(NumberError::Format);
    }
    Ok(CaseNumber {
        prefix: prefix.to_owned(),
        division: division.to_owned(),
        day: read_day(day).ok_or(NumberError::Format)?,
        serial: serial.parse().map_err(|_| NumberError::Format)?,
    })
}

/// `yyMMdd` in 2000 to 2099.
fn read_day(digits: &str) -> Option<Date> {
    let part = |from: usize| digits.get(from..from + 2)?.parse::<i8>().ok();
    Date::new(2000 + i16::from(part(0)?), part(2)?, part(4)?)
        .ok()
        .filter(|day| *day >= date(2000, 1, 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn written_and_read() {
        let number = case_number("DB", "420323", date(2026, 5, 12), 1);
        assert_eq!(number, "DB420323260512000000197");
        let parsed = parse(&number).unwrap();
        let expected = CaseNumber {
            prefix: "DB".into(),
            division: "420323".into(),
            day: date(2026, 5, 12),
            serial: 1,
        };
        assert_eq!(parsed, expected);
        assert_eq!(parse(" db420323-260512-0000001 97 "), Ok(expected));
        assert_eq!(
            parse("ＤＢ４２０３２３２６０５１２０００００019７").map(|n| n.serial),
            Ok(1)
        );
        let long = case_number("HDZT", "420323", date(2026, 5, 12), 12_345_678);
        assert_eq!(parse(&long).map(|n| n.serial), Ok(12_345_678));
    }

    #[test]
    fn bad_numbers() {
        for bad in [
            "",
            "DB",
            "420323260512000000197",
            "DB42032326051200000015",
            "DB4203232605120000001X4",
            "数42032326051200000015",
            "%",
            "DBABCDEFG420323260512000000197",
        ] {
            assert_eq!(parse(bad), Err(NumberError::Format), "{bad}");
        }
        assert_eq!(parse("DB420323260512000000198"), Err(NumberError::Check));
        assert_eq!(
            parse(&case_number("DB", "420323", date(2026, 5, 12), u64::MAX)),
            Err(NumberError::Format)
        );
        assert_eq!(
            parse(&case_number("db", "420323", date(2026, 5, 12), 1)),
            Err(NumberError::Format)
        );
    }

    fn numbers() -> impl Strategy<Value = String> {
        (
            "[A-Z]{1,6}",
            110_000_u32..999_999,
            0_i32..36_000,
            0_u64..99_999_999,
        )
            .prop_map(|(prefix, division, days, serial)| {
                let day = date(2000, 1, 1).saturating_add(jiff::Span::new().days(days));
                case_number(&prefix, &division.to_string(), day, serial)
            })
    }

    proptest! {
        #[test]
        fn every_wrong_character_is_found(number in numbers(), at: usize, other in "[0-9A-Z]") {
            prop_assert!(parse(&number).is_ok());
            let mut wrong = number.clone();
            let at = at % number.len();
            wrong.replace_range(at..=at, &other);
            prop_assume!(wrong != number);
            prop_assert!(parse(&wrong).is_err());
        }

        #[test]
        fn every_swap_is_found(number in numbers(), at: usize) {
            let mut swapped = number.clone().into_bytes();
            let at = at % (number.len() - 1);
            swapped.swap(at, at + 1);
            let swapped = String::from_utf8(swapped).unwrap();
            prop_assume!(swapped != number);
            prop_assert!(parse(&swapped).is_err());
        }

        #[test]
        fn any_text_is_refused_calmly(text in "\\PC{0,40}") {
            prop_assert!(parse(&text).is_err());
        }
    }
}
