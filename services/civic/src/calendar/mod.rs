//! Working days 工作日 and the periods of 民法典 201 to 203.
//!
//! The State Council publishes each year which weekdays are off and which weekends are worked (make-up
//! days 调休上班). Beyond the last published year only weekends and the festivals of fixed date are known:
//! such a [`Due`] is provisional and is computed again when the notice is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use jiff::{
    Span, ToSpan as _,
    civil::{Date, Weekday, date},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The notice for a year may still move these days of the year before (2018-12-31 was a day off by the
/// notice for 2019), so they are provisional until it is out.
const LATE_DECEMBER: i8 = 29;

/// Festivals of fixed date, month and day: off in every year, whatever its notice says of the days around
/// them (全国年节及纪念日放假办法, 国务院令第795号, since 2025).
const FIXED: [(i8, i8, &str); 6] = [
    (1, 1, "New Year's Day"),
    (5, 1, "Labour Day"),
    (5, 2, "Labour Day"),
    (10, 1, "National Day"),
    (10, 2, "National Day"),
    (10, 3, "National Day"),
];

/// Which days are worked, for the years of the notices it was read from.
#[derive(Debug, Clone)]
pub struct WorkCalendar {
    years: BTreeMap<i16, Year>,
    version: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    holidays: BTreeMap<Date, String>,
    make_up_workdays: BTreeMap<Date, String>,
}

/// The last day of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Due {
    /// Beijing date; the period ends with its 24th hour ([`crate::time::end_of_day`]).
    pub last_day: Date,
    /// Rests on days that no notice covers yet; loading one moves it, as a rule to a later day.
    pub provisional: bool,
}

/// What kind of day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// Monday to Friday, nothing special.
    Workday,
    /// A weekend day that is worked 调休上班.
    MakeUp,
    /// Saturday or Sunday off.
    Weekend,
    /// Off by the State Council's notice, with the festival in Chinese.
    Holiday(&'static str),
}

/// Why a holiday file is refused.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// Not of the form `{"2026": {"holidays": {..}, "make_up_workdays": {..}}}`.
    #[error("holiday file is malformed")]
    Syntax(#[from] serde_json::Error),
    /// No year at all, or years with a gap.
    #[error("holiday file must have consecutive years")]
    Years,
    /// A day stands under another year, or is both off and worked.
    #[error("holiday file contradicts itself on {0}")]
    Day(Date),
}

static EMBEDDED: LazyLock<WorkCalendar> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "embedded at build time and read by the tests"
    )]
    WorkCalendar::parse(include_str!("../../data/holidays.json")).expect("the embedded calendar")
});

impl WorkCalendar {
    /// The calendar of the notices known when this program was built.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads notices in the form of `data/holidays.json`.
    ///
    /// # Errors
    /// [`CalendarError`].
    pub fn parse(json: &str) -> Result<Self, CalendarError> {
        Self::build(read_years(json)?)
    }

    /// This calendar with the years of `json` added or replaced: how a deployment loads a new notice.
    ///
    /// # Errors
    /// [`CalendarError`].
    pub fn extended_with(&self, json: &str) -> Result<Self, CalendarError> {
        let mut years = self.years.clone();
        years.extend(read_years(json)?);
        Self::build(years)
    }

    fn build(years: BTreeMap<i16, Year>) -> Result<Self, CalendarError> {
        for (year, days) in &years {
            let mut all = days.holidays.keys().chain(days.make_up_workdays.keys());
            if let Some(day) = all.find(|day| day.year() != *year) {
                return Err(CalendarError::Day(*day));
            }
            let off: BTreeSet<_> = days.holidays.keys().collect();
            if let Some(day) = days.make_up_workdays.keys().find(|day| off.contains(day)) {
                return Err(CalendarError::Day(*day));
            }
        }
        let (Some(first), Some(last)) = (years.keys().next(), years.keys().next_back()) else {
            return Err(CalendarError::Years);
        };
        if usize::from(last.abs_diff(*first)) + 1 != years.len() {
            return Err(CalendarError::Years);
        }
        let digest = Sha256::digest(serde_json::to_vec(&years)?);
        let version = format!(
            "{last}.{}",
            hex::encode(digest.get(..4).unwrap_or_default())
        );
        Ok(Self { years, version })
    }

    /// The last published year and a digest of all days, `2026.1a2b3c4d`; kept with every deadline.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The last year with a notice.
    pub fn last_published_year(&self) -> i16 {
        self.years.keys().next_back().copied().unwrap_or(0)
    }

    /// Whether offices work on this day.
    pub fn is_working_day(&self, day: Date) -> bool {
        matches!(self.kind_of(day), DayKind::Workday | DayKind::MakeUp)
    }

    /// What kind of day it is; beyond the published years only weekends and fixed festivals are known.
    pub fn kind_of(&self, day: Date) -> DayKind {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let plain = if weekend {
            DayKind::Weekend
        } else {
            DayKind::Workday
        };
        let Some(year) = self.years.get(&day.year()) else {
            let mut fixed = FIXED.iter();
            let festival =
                fixed.find(|(month, date, _)| (day.month(), day.day()) == (*month, *date));
            return match festival {
                Some((.., festival)) if day.year() > self.last_published_year() => {
                    DayKind::Holiday(festival_label(festival))
                }
                _ => plain,
            };
        };
        match year.holidays.get(&day) {
            Some(festival) => DayKind::Holiday(festival_label(festival)),
            None if year.make_up_workdays.contains_key(&day) => DayKind::MakeUp,
            None => plain,
        }
    }

    /// The first working day that is `day` or follows it.
    pub fn on_or_after(&self, day: Date) -> Date {
        let mut day = day;
        while !self.is_working_day(day) {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        day
    }

    /// `n` working days; the day of the start does not count (民法典 201). Zero gives the start itself,
    /// or the next working day. Ends at the last day of year 9999 at the latest.
    pub fn add_working_days(&self, start: Date, n: u32) -> Due {
        let mut last_day = if n == 0 {
            self.on_or_after(start)
        } else {
            start
        };
        let mut left = n;
        while left > 0 {
            let Ok(next) = last_day.tomorrow() else { break };
            last_day = next;
            left -= u32::from(self.is_working_day(last_day));
        }
        let from = start.tomorrow().unwrap_or(start).min(last_day);
        Due {
            last_day,
            provisional: !(self.covers(from) && self.covers(last_day)),
        }
    }

    /// `n` calendar days 日; the day of the start does not count (民法典 201), and a last day off moves
    /// to the next working day (民法典 203).
    pub fn add_calendar_days(&self, start: Date, n: u32) -> Due {
        self.settle(later(start, Span::new().try_days(n)))
    }

    /// `n` months to the corresponding day, or to the month's last where there is none (民法典 202);
    /// a last day off moves to the next working day (民法典 203).
    pub fn add_months(&self, start: Date, n: u32) -> Due {
        self.settle(later(start, Span::new().try_months(n)))
    }

    /// Working days after `a` up to and including `b`: what is left of a deadline `b` on the day `a`.
    /// Zero when `b` is not later. Undoes [`Self::add_working_days`].
    pub fn working_days_between(&self, a: Date, b: Date) -> u32 {
        let days = a.series(1.day()).skip(1).take_while(|day| *day <= b);
        days.filter(|day| self.is_working_day(*day))
            .map(|_| 1)
            .sum()
    }

    /// 民法典 203: whoever must act by a day off may act on the next working day.
    fn settle(&self, day: Date) -> Due {
        let last_day = self.on_or_after(day);
        Due {
            last_day,
            provisional: !(self.covers(day) && self.covers(last_day)),
        }
    }

    /// Whether notices say all there is to say about this day.
    fn covers(&self, day: Date) -> bool {
        let last = self.last_published_year();
        self.years.contains_key(&day.year()) && day < date(last, 12, LATE_DECEMBER)
    }
}

fn read_years(json: &str) -> Result<BTreeMap<i16, Year>, CalendarError> {
    Ok(serde_json::from_str(json)?)
}

/// `start` plus a span, month ends clamped; the last day of year 9999 when it lies beyond.
fn later(start: Date, span: Result<Span, jiff::Error>) -> Date {
    span.and_then(|span| start.checked_add(span))
        .unwrap_or(Date::MAX)
}

/// The festival in Chinese, from the English name of the file.
fn festival_label(name: &str) -> &'static str {
    match name {
        "New Year's Day" => "元旦",
        "Spring Festival" => "春节",
        "Tomb-sweeping Day" => "清明节",
        "Labour Day" => "劳动节",
        "Dragon Boat Festival" => "端午节",
        "Mid-autumn Festival" => "中秋节",
        "National Day" => "国庆节",
        _ => "法定节假日",
    }
}

#[cfg(test)]
mod tests;
