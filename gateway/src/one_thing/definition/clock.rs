//! Legal clocks of steps.

use jiff::Timestamp;
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
    /// The instant at which it is over, for what starts at `start`.
    pub(crate) fn end(self, start: Timestamp, calendar: &WorkCalendar) -> Timestamp {
        let day = time::beijing_date(start);
        match self {
            Self::Days(days) => time::end_of_day(calendar.add_calendar_days(day, days).last_day),
            Self::WorkingDays(days) => {
                time::end_of_day(calendar.add_working_days(day, days).last_day)
            }
        }
    }

    /// As it is written on the page.
    pub(crate) fn words(self) -> String {
        match self {
            Self::Days(days) => format!("{days}日"),
            Self::WorkingDays(days) => format!("{days}个工作日"),
        }
    }
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
