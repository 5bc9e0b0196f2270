//! Certificate numbers 证字号: `J421221-2026-000001` is prefix, county, year of issue and serial
//! of that year; each prefix, county and year has its own sequence (rules A3.7).
//!
//! Both certificates of a couple carry the same number. Older styles, such as `鄂嘉结字010800123`,
//! stay free text and are no numbers here.

const LAST_SERIAL: u32 = 999_999;

/// What kind of certificate it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Prefix {
    /// 结婚证
    J,
    /// 离婚证
    L,
    /// 补发结婚证
    Bj,
    /// 补发离婚证
    Bl,
}

impl Prefix {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::J, Self::L, Self::Bj, Self::Bl];

    /// As it stands in the number.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::J => "J",
            Self::L => "L",
            Self::Bj => "BJ",
            Self::Bl => "BL",
        }
    }

    /// The prefix written so.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|prefix| prefix.as_str() == code)
    }
}

/// What a number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateNumber {
    /// Kind of certificate.
    pub prefix: Prefix,
    /// Six digits (GB/T 2260).
    pub county: String,
    /// Year of issue.
    pub year: i16,
    /// Running number of the year, from 1.
    pub serial: u32,
}

/// Writes a number; none when the county is no code or the six digits are used up.
#[must_use]
pub fn format(prefix: Prefix, county: &str, year: i16, serial: u32) -> Option<String> {
    let fits =
        digits(county, 6) && (1000..=9999).contains(&year) && (1..=LAST_SERIAL).contains(&serial);
    fits.then(|| format!("{}{county}-{year}-{serial:06}", prefix.as_str()))
}

/// Reads a number, exactly as [`format`] writes it.
#[must_use]
pub fn parse(text: &str) -> Option<CertificateNumber> {
    let (head, rest) = text.split_once('-')?;
    let (year, serial) = rest.split_once('-')?;
    let (prefix, county) = head.split_at_checked(head.len().checked_sub(6)?)?;
    let number = CertificateNumber {
        prefix: Prefix::from_code(prefix)?,
        county: county.to_owned(),
        year: year.parse().ok()?,
        serial: serial.parse().ok()?,
    };
    let written = format(number.prefix, county, number.year, number.serial)?;
    (written == text).then_some(number)
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}
