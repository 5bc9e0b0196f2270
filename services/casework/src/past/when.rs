//! Days and instants before the end of the past, Beijing time.

use jiff::{
    SignedDuration, Timestamp, ToSpan as _,
    civil::{Date, Time},
    tz,
};
use yiwang_civic::time::beijing_date;

/// The day some days before that of `now`.
#[must_use]
pub fn before(now: Timestamp, days: i64) -> Date {
    beijing_date(now).saturating_sub(days.days())
}

/// A time `HH:MM` some days before the day of `now`.
#[must_use]
pub fn day(now: Timestamp, days: i64, time: &str) -> Timestamp {
    on(before(now, days), time)
}

/// A time `HH:MM` of a day.
#[must_use]
pub fn on(day: Date, time: &str) -> Timestamp {
    let time: Time = time.parse().unwrap_or_default();
    tz::offset(8)
        .to_timestamp(day.to_datetime(time))
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Some minutes before `now`.
#[must_use]
pub fn ago(now: Timestamp, minutes: i64) -> Timestamp {
    now - SignedDuration::from_mins(minutes)
}
