//! Times, sizes and limits in words.

use jiff::{Timestamp, civil::Date, tz::Offset};
use prost_types::Timestamp as WireTime;
use yiwang_civic::{calendar::WorkCalendar, time};
use yiwang_proto::casework::v1 as pb;

const BEIJING: Offset = jiff::tz::offset(8);

/// A limit that is near: so many working days or fewer are left.
const NEAR: u32 = 3;

/// 2026年5月12日 14:30, Beijing time.
pub(crate) fn moment(at: Timestamp) -> String {
    let local = BEIJING.to_datetime(at);
    format!(
        "{} {:02}:{:02}",
        day(local.date()),
        local.hour(),
        local.minute()
    )
}

/// 14:30, Beijing time.
pub(crate) fn clock_time(at: Timestamp) -> String {
    let local = BEIJING.to_datetime(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// 2026年5月12日
pub(crate) fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// 5月12日
pub(crate) fn short_day(date: Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// An ISO date in words; anything else as it is.
pub(crate) fn iso_day(iso: impl AsRef<str>) -> String {
    iso.as_ref()
        .parse::<Date>()
        .map_or_else(|_| iso.as_ref().to_owned(), day)
}

/// Whether `text` is a whole day in words and nothing else: 2026年5月12日.
pub(crate) fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['年', '月', '日']).collect();
    let number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts.as_slice(), [year, month, day, ""] if [year, month, day].into_iter().all(number))
}

/// 星期二
pub(crate) fn weekday(date: Date) -> &'static str {
    use jiff::civil::Weekday as W;
    match date.weekday() {
        W::Monday => "星期一",
        W::Tuesday => "星期二",
        W::Wednesday => "星期三",
        W::Thursday => "星期四",
        W::Friday => "星期五",
        W::Saturday => "星期六",
        W::Sunday => "星期日",
    }
}

/// A time from the wire.
pub(crate) fn instant(at: Option<&WireTime>) -> Option<Timestamp> {
    let at = at?;
    Timestamp::new(at.seconds, at.nanos).ok()
}

/// A time from the wire in words; empty when there is none.
pub(crate) fn wire_moment(at: Option<&WireTime>) -> String {
    instant(at).map(moment).unwrap_or_default()
}

/// The Beijing day of a time from the wire in words; empty when there is none.
pub(crate) fn wire_day(at: Option<&WireTime>) -> String {
    instant(at)
        .map(|at| day(time::beijing_date(at)))
        .unwrap_or_default()
}

/// 1.2 MB
pub(crate) fn size(bytes: i64) -> String {
    match bytes {
        ..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!(
            "{}.{} MB",
            bytes / 1_048_576,
            bytes % 1_048_576 * 10 / 1_048_576
        ),
    }
}

/// A legal clock in words, with a class that colours it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DueView {
    /// What must happen.
    pub(crate) label: String,
    /// Law and article.
    pub(crate) basis: String,
    /// Last day in words.
    pub(crate) day: String,
    /// Last day without the year.
    pub(crate) short_day: String,
    /// How much time is left.
    pub(crate) words: String,
    /// `late`, `today`, `soon` or `calm`.
    pub(crate) class: &'static str,
    /// May still move: the holidays of that year are not published.
    pub(crate) provisional: bool,
}

impl DueView {
    /// A clock as it stands on `today`.
    pub(crate) fn of(clock: &pb::Clock, today: Date) -> Self {
        let last = clock.last_day.parse::<Date>().ok();
        let (words, class) = match last {
            Some(last) => words(last, today, clock.overdue),
            None if clock.overdue => ("已超期".to_owned(), "late"),
            None => (String::new(), "calm"),
        };
        Self {
            label: clock.label.clone(),
            basis: clock.legal_basis.clone(),
            day: last.map(day).unwrap_or_default(),
            short_day: last.map(short_day).unwrap_or_default(),
            words,
            class,
            provisional: clock.provisional,
        }
    }
}

fn words(last: Date, today: Date, overdue: bool) -> (String, &'static str) {
    if last < today || overdue {
        let days = WorkCalendar::embedded().working_days_between(last, today);
        let words = if days == 0 {
            "已超期".to_owned()
        } else {
            format!("已超期{days}个工作日")
        };
        return (words, "late");
    }
    if last == today {
        return ("今天到期".to_owned(), "today");
    }
    let left = WorkCalendar::embedded().working_days_between(today, last);
    let class = if left <= NEAR { "soon" } else { "calm" };
    let words = if left == 0 {
        "休息日后到期".to_owned()
    } else {
        format!("还剩{left}个工作日")
    };
    (words, class)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(last_day: &str) -> pb::Clock {
        pb::Clock {
            last_day: last_day.to_owned(),
            ..Default::default()
        }
    }

    #[test]
    fn limits_are_said_in_words() {
        let today = jiff::civil::date(2026, 5, 12);
        let cases = [
            ("2026-05-12", "今天到期", "today"),
            ("2026-05-15", "还剩3个工作日", "soon"),
            ("2026-05-26", "还剩10个工作日", "calm"),
            ("2026-05-11", "已超期1个工作日", "late"),
            ("2026-05-10", "已超期2个工作日", "late"),
        ];
        for (last, words, class) in cases {
            let due = DueView::of(&clock(last), today);
            assert_eq!((due.words.as_str(), due.class), (words, class), "{last}");
        }
    }

    #[test]
    fn times_are_beijing_time() {
        let at: Timestamp = "2026-05-12T06:30:00Z".parse().unwrap();
        assert_eq!(moment(at), "2026年5月12日 14:30");
        assert_eq!(iso_day("2026-01-02"), "2026年1月2日");
        assert_eq!(size(1_300_000), "1.2 MB");
        assert!(is_day("2025年10月9日") && is_day(&day(jiff::civil::date(2026, 1, 2))));
        assert!(!is_day("2025年10月9日，孙丽") && !is_day("日月年") && !is_day(""));
    }
}
