//! Times of a day from the hours of a resource, pure.

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, DateTime, Time},
    tz,
};

const BEIJING: tz::Offset = tz::offset(8);

/// From when until before when.
pub type Span = (Timestamp, Timestamp);

/// When something can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// First start.
    pub opens: Time,
    /// Last end.
    pub closes: Time,
    /// Length of one turn.
    pub minutes: u16,
}

/// The turns of a day that fit into the hours and that nobody has taken.
#[must_use]
pub fn free(hours: Hours, day: Date, taken: &[Span]) -> Vec<Span> {
    let (Ok(first), Ok(end)) = (
        BEIJING.to_timestamp(day.to_datetime(hours.opens)),
        BEIJING.to_timestamp(day.to_datetime(hours.closes)),
    ) else {
        return Vec::new();
    };
    let step = i64::from(hours.minutes.max(1)).minutes();
    let mut spans = Vec::new();
    let mut from = first;
    while let Ok(to) = from.checked_add(step) {
        if to > end {
            break;
        }
        if taken.iter().all(|busy| !overlap((from, to), *busy)) {
            spans.push((from, to));
        }
        from = to;
    }
    spans
}

/// Whether two spans share an instant.
#[must_use]
pub fn overlap(a: Span, b: Span) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// Beijing time of an instant.
#[must_use]
pub fn local(at: Timestamp) -> DateTime {
    BEIJING.to_datetime(at)
}

/// The instant of a Beijing time.
#[must_use]
pub fn instant(at: DateTime) -> Option<Timestamp> {
    BEIJING.to_timestamp(at).ok()
}

/// As contracts write it: 2026-05-20T09:00.
#[must_use]
pub fn wire(at: Timestamp) -> String {
    local(at).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// As people read it: 5月20日9:00.
#[must_use]
pub fn words(at: Timestamp) -> String {
    let at = local(at);
    let (month, day, hour, minute) = (at.month(), at.day(), at.hour(), at.minute());
    format!("{month}月{day}日{hour}:{minute:02}")
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn what_is_taken_is_not_offered() {
        let hours = Hours {
            opens: time(8, 0, 0, 0),
            closes: time(11, 30, 0, 0),
            minutes: 60,
        };
        let day = date(2026, 5, 20);
        let at = |text: &str| instant(format!("2026-05-20T{text}").parse().unwrap()).unwrap();
        let starts = |taken: &[Span]| {
            let spans = free(hours, day, taken);
            spans
                .iter()
                .map(|span| wire(span.0)[11..].to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(starts(&[]), ["08:00", "09:00", "10:00"]);
        assert_eq!(starts(&[(at("08:30"), at("09:00"))]), ["09:00", "10:00"]);
        assert_eq!(starts(&[(at("07:00"), at("12:00"))]), [""; 0]);
    }
}
