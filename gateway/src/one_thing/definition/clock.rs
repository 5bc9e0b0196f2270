//! Legal clocks of steps.

use jiff::{SignedDuration, Timestamp, civil::Date};
use yiwang_civic::{calendar::WorkCalendar, time};

/// How long a step's owner may take, and who says so.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    /// The time.
    pub(crate) span: Span,
    /// The law, rule or promise it stands in.
    pub(crate) source: &'static str,
}

/// A length of time as rules write it; the day of the start does not count (民法典 201).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    /// Calendar days 日.
    Days(u32),
    /// Working days 个工作日.
    WorkingDays(u32),
}

impl Span {
    /// Its last day, for what starts on `day`.
    pub(crate) fn last_day(self, day: Date, calendar: &WorkCalendar) -> Date {
        match self {
            Self::Days(days) => calendar.add_calendar_days(day, days).last_day,
            Self::WorkingDays(days) => calendar.add_working_days(day, days).last_day,
        }
    }

    /// The instant at which it is over, for what starts at `start`.
    pub(crate) fn end(self, start: Timestamp, calendar: &WorkCalendar) -> Timestamp {
        time::end_of_day(self.last_day(time::beijing_date(start), calendar))
    }

    /// As it is written on the page.
    pub(crate) fn words(self) -> String {
        match self {
            Self::Days(days) => format!("{days}日"),
            Self::WorkingDays(days) => format!("{days}个工作日"),
        }
    }
}

/// The day before whose end a clock runs out: 24:00 belongs to the day it ends.
pub(crate) fn last_day(end: Timestamp) -> Date {
    let just_before = end.checked_sub(SignedDuration::from_secs(1));
    time::beijing_date(just_before.unwrap_or(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_days_skip_the_weekend_and_end_at_midnight_in_beijing() {
        let calendar = WorkCalendar::embedded();
        // A Friday.
        let start: Timestamp = "2026-05-15T02:00:00Z".parse().unwrap();
        let end = |span: Span| span.end(start, calendar).to_string();
        assert_eq!(end(Span::WorkingDays(2)), "2026-05-19T16:00:00Z");
        assert_eq!(end(Span::Days(1)), "2026-05-18T16:00:00Z");
    }
}
