//! 统一社会信用代码 (GB 32100-2015): 18 characters, the last a check character modulo 31.

use std::{fmt, str::FromStr};

/// No I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A sound code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode(String);

/// Not a credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a unified social credit code")]
pub struct CreditCodeError;

impl CreditCodeError {
    /// What to tell the person.
    #[must_use]
    pub fn message(self) -> &'static str {
        "统一社会信用代码应为18位数字和大写字母，校验不通过，请核对。"
    }
}

impl CreditCode {
    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CreditCode {
    type Err = CreditCodeError;

    fn from_str(text: &str) -> Result<Self, CreditCodeError> {
        let text = text.trim().to_ascii_uppercase();
        let (body, check) = text.split_at_checked(17).ok_or(CreditCodeError)?;
        // Digits 3 to 8 are the division of registration.
        let division = body.get(2..8).ok_or(CreditCodeError)?;
        if !division.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(CreditCodeError);
        }
        match check_character(body.as_bytes()) {
            Some(right) if check.as_bytes() == [right] => Ok(Self(text)),
            _ => Err(CreditCodeError),
        }
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The 18th character for the first 17; none when one is not of the alphabet.
fn check_character(body: &[u8]) -> Option<u8> {
    let (mut sum, mut weight) = (0, 1);
    for byte in body {
        sum += ALPHABET.iter().position(|known| known == byte)? * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET.get((31 - sum % 31) % 31).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_codes() {
        // 国家卫生健康委员会, 阿里巴巴（中国）有限公司.
        for code in ["91330100799655058B", " 91330100799655058b "] {
            assert_eq!(
                code.parse::<CreditCode>().unwrap().as_str(),
                "91330100799655058B"
            );
        }
        for wrong in [
            "91330100799655058C",
            "",
            "9133010079965505",
            "91330100799655058",
            "I1330100799655058B",
            "药药药药药药",
        ] {
            assert!(wrong.parse::<CreditCode>().is_err(), "{wrong}");
        }
    }
}
