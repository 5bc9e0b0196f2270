//! Winter and summer, weather alerts and the patrols that follow (rules R14). When the seasons are
//! and how severe an alert must be are parameters of the place.

use jiff::{
    ToSpan as _,
    civil::{Date, DateTime, Time, date},
};

use super::words::{CampaignKind, Level};

/// From a day of the year to another; over New Year when the first is later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Season {
    from: (i8, i8),
    to: (i8, i8),
}

impl Season {
    /// Reads `11-01..03-31`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once("..")?;
        Some(Self {
            from: day_of_year(from)?,
            to: day_of_year(to)?,
        })
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn covers(self, day: Date) -> bool {
        let at = (day.month(), day.day());
        if self.from <= self.to {
            (self.from..=self.to).contains(&at)
        } else {
            at >= self.from || at <= self.to
        }
    }

    /// First and last day of the season that runs on `day`, or else of the next.
    #[must_use]
    pub fn span(self, day: Date) -> (Date, Date) {
        let over = self.from > self.to;
        let began = |year: i16| on(year, self.from);
        let mut year = day.year();
        if self.covers(day) {
            if over && (day.month(), day.day()) <= self.to {
                year -= 1;
            }
        } else if began(year) < day {
            year += 1;
        }
        (began(year), on(year + i16::from(over), self.to))
    }
}

fn day_of_year(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.trim().split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    // 2024 has a 29 February.
    Date::new(2024, month, day).ok()?;
    Some((month, day))
}

fn on(year: i16, (month, day): (i8, i8)) -> Date {
    let year = year.clamp(1, 9998);
    // Only 29 February is not in every year.
    Date::new(year, month, day).unwrap_or_else(|_| date(year, 2, 28))
}

/// The season of a day; winter where both run.
#[must_use]
pub fn of_day(day: Date, winter: Season, summer: Season) -> Option<CampaignKind> {
    if winter.covers(day) {
        return Some(CampaignKind::Winter);
    }
    summer.covers(day).then_some(CampaignKind::Summer)
}

/// Whether an alert is severe enough.
#[must_use]
pub fn opens(level: Level, least: Level) -> bool {
    level >= least
}

/// Hours of a patrol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    from: Time,
    to: Time,
}

impl Hours {
    /// Reads `20:00..23:00`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let read = |text: &str| text.trim().parse::<Time>().ok();
        let (from, to) = text.split_once("..")?;
        let (from, to) = (read(from)?, read(to)?);
        (from < to).then_some(Self { from, to })
    }
}

/// The patrols of an alert: one each day, `most` at most, those that are over left out.
#[must_use]
pub fn patrols(
    (from, to): (Date, Date),
    hours: Hours,
    most: u32,
    now: DateTime,
) -> Vec<(DateTime, DateTime)> {
    let days = (0..most).map(|nth| from.saturating_add(i64::from(nth).days()));
    days.take_while(|day| *day <= to)
        .map(|day| (day.to_datetime(hours.from), day.to_datetime(hours.to)))
        .filter(|(_, end)| *end > now)
        .collect()
}
