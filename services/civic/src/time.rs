//! Days and months as the offices count them: Beijing time, a fixed offset of +08:00.
//!
//! China kept summer time from 1986 to 1991; no deadline of this product reaches back there.

use std::{fmt, str::FromStr};

use jiff::{SignedDuration, Timestamp, civil::Date, tz};
use serde::{Deserialize, Serialize, de::Error as _};

/// The IANA name of Beijing time, for databases and browsers.
pub const ZONE: &str = "Asia/Shanghai";

const BEIJING: tz::Offset = tz::offset(8);

/// The Beijing date of an instant.
pub fn beijing_date(at: Timestamp) -> Date {
    BEIJING.to_datetime(at).date()
}

/// 00:00 in Beijing at the beginning of a day; the first instant there is for days before year -9999.
pub fn start_of_day(day: Date) -> Timestamp {
    BEIJING
        .to_timestamp(day.at(0, 0, 0, 0))
        .unwrap_or(Timestamp::MIN)
}

/// 24:00 in Beijing, the beginning of the next day. A deadline is kept by whoever acts before it.
pub fn end_of_day(day: Date) -> Timestamp {
    start_of_day(day)
        .checked_add(SignedDuration::from_hours(24))
        .unwrap_or(Timestamp::MAX)
}

/// The month a day lies in.
pub fn month_of(day: Date) -> Month {
    Month {
        year: day.year(),
        month: day.month(),
    }
}

/// A calendar month, written `2026-05`; benefits are paid by month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

/// A text is not a month of the form `2026-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a month is written like 2026-05")]
pub struct MonthError;

impl Month {
    /// A month of the years 1 to 9999.
    ///
    /// # Errors
    /// `MonthError` outside these years or months 1 to 12.
    pub fn new(year: i16, month: i8) -> Result<Self, MonthError> {
        let real = (1..=9999).contains(&year) && (1..=12).contains(&month);
        if real {
            Ok(Self { year, month })
        } else {
            Err(MonthError)
        }
    }

    /// Year, 1 to 9999.
    pub fn year(self) -> i16 {
        self.year
    }

    /// Month, 1 to 12.
    pub fn month(self) -> i8 {
        self.month
    }

    /// The month after; December 9999 stays.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// The month before; January of year 1 stays.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus(-1)
    }

    /// So many months later (earlier when negative), kept within the years 1 to 9999.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        let last = 9999 * 12 + 11;
        let index = self.index().saturating_add(months).clamp(12, last);
        // Both fit: the clamp keeps the year within 1 to 9999.
        let year = i16::try_from(index / 12).unwrap_or(i16::MAX);
        let month = i8::try_from(index % 12 + 1).unwrap_or(12);
        Self { year, month }
    }

    /// How many months from `self` to `later`, negative when it is earlier.
    pub fn months_until(self, later: Self) -> i32 {
        later.index() - self.index()
    }

    /// The 1st.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month, 1).unwrap_or(Date::MAX)
    }

    /// The 28th to 31st.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    fn index(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, MonthError> {
        let (year, month) = text.split_once('-').ok_or(MonthError)?;
        let plain =
            |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(year, 4) || !plain(month, 2) {
            return Err(MonthError);
        }
        Self::new(
            year.parse().map_err(|_| MonthError)?,
            month.parse().map_err(|_| MonthError)?,
        )
    }
}

impl Serialize for Month {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_turns_at_sixteen_hours_utc() {
        let before: Timestamp = "2026-05-11T15:59:59.999Z".parse().unwrap();
        let after: Timestamp = "2026-05-11T16:00:00Z".parse().unwrap();
        assert_eq!(beijing_date(before), date(2026, 5, 11));
        assert_eq!(beijing_date(after), date(2026, 5, 12));
        assert_eq!(start_of_day(date(2026, 5, 12)), after);
        assert_eq!(end_of_day(date(2026, 5, 11)), after);
        assert!(end_of_day(Date::MAX) > start_of_day(Date::MAX) || Date::MAX.year() == 9999);
    }

    #[test]
    fn months() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        assert_eq!(month("2025-12").next(), month("2026-01"));
        assert_eq!(month("2026-01").previous(), month("2025-12"));
        assert_eq!(month("2024-02").last_day(), date(2024, 2, 29));
        assert_eq!(month("2025-11").months_until(month("2026-02")), 3);
        assert_eq!(month("9999-12").next(), month("9999-12"));
        assert_eq!(month("0001-01").previous(), month("0001-01"));
        assert_eq!(month_of(date(2026, 5, 31)).to_string(), "2026-05");
        assert_eq!(
            serde_json::to_string(&month("2026-05")).unwrap(),
            "\"2026-05\""
        );
        for bad in [
            "2026-13",
            "2026-00",
            "2026-5",
            "26-05",
            "2026",
            "+026-05",
            "2026-05-01",
            "０",
        ] {
            assert_eq!(bad.parse::<Month>(), Err(MonthError), "{bad}");
        }
    }
}
