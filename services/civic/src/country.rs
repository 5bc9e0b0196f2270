//! Countries and regions 国家和地区 by the three letters that stand on travel documents
//! (GB/T 2659.1, ISO 3166-1 alpha-3), with their Chinese short names.

use std::{fmt, str::FromStr};

use crate::text;

mod table;
use table::TABLE;

/// A country or region of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(&'static str, &'static str);

/// The text is neither a code of the standard nor a Chinese short name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither a three-letter country code nor a Chinese country name")]
pub struct UnknownCountry;

impl Country {
    /// 中国
    pub const CHINA: Self = Self("CHN", "中国");
    /// 香港
    pub const HONG_KONG: Self = Self("HKG", "中国香港");
    /// 澳门
    pub const MACAO: Self = Self("MAC", "中国澳门");
    /// 台湾
    pub const TAIWAN: Self = Self("TWN", "中国台湾");

    /// Three capital letters.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Chinese short name.
    pub fn name(self) -> &'static str {
        self.1
    }

    /// The mainland, Hong Kong, Macao or Taiwan: whoever is of these is no foreigner.
    pub fn is_chinese(self) -> bool {
        [Self::CHINA, Self::HONG_KONG, Self::MACAO, Self::TAIWAN].contains(&self)
    }
}

impl FromStr for Country {
    type Err = UnknownCountry;

    /// Reads the code in any case and width, the single letter of German passports, or the
    /// Chinese name.
    fn from_str(input: &str) -> Result<Self, UnknownCountry> {
        let text = text::to_half_width(input).to_ascii_uppercase();
        let wanted = match text.as_str() {
            "D" => "DEU",
            "香港" => "HKG",
            "澳门" => "MAC",
            "台湾" => "TWN",
            other => other,
        };
        let entry = TABLE
            .iter()
            .find(|(code, name)| *code == wanted || text::to_half_width(name) == wanted);
        entry
            .map(|(code, name)| Self(code, name))
            .ok_or(UnknownCountry)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_and_names_stand_once() {
        let mut seen = BTreeSet::<&str>::new();
        for (code, name) in TABLE {
            assert!(code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()));
            assert!(seen.insert(code) && seen.insert(name), "{code} {name}");
            assert_eq!(code.parse::<Country>(), name.parse(), "{code}");
        }
        assert!(TABLE.is_sorted());
    }

    #[test]
    fn read_as_it_stands_on_a_passport() {
        for (input, code, name) in [
            ("FRA", "FRA", "法国"),
            (" ｆｒａ ", "FRA", "法国"),
            ("法国", "FRA", "法国"),
            ("D", "DEU", "德国"),
            ("chn", "CHN", "中国"),
            ("香港", "HKG", "中国香港"),
            ("XXA", "XXA", "无国籍"),
        ] {
            let country: Country = input.parse().unwrap();
            assert_eq!((country.code(), country.name()), (code, name), "{input}");
        }
        for bad in ["", "FR", "FRANCE", "ZZZ", "法兰西", "F:A"] {
            assert_eq!(bad.parse::<Country>(), Err(UnknownCountry), "{bad}");
        }
        for own in [
            Country::CHINA,
            Country::HONG_KONG,
            Country::MACAO,
            Country::TAIWAN,
        ] {
            assert_eq!(own.code().parse(), Ok(own));
            assert!(own.is_chinese());
        }
    }
}
