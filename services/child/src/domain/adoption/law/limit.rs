//! The limit of registration: thirty days from the next day, without notice and assessment
//! (中国公民收养子女登记办法第7条; 收养评估办法（试行）).

use jiff::civil::Date;
use yiwang_civic::calendar::{Due, WorkCalendar};

/// Days from one day to a later one.
#[must_use]
pub fn days_between(from: Date, to: Date) -> u32 {
    let days = from.until(to).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or(0)
}

/// Last day of the registration; on a holiday, the next working day (民法典第203条).
#[must_use]
pub fn registration(calendar: &WorkCalendar, accepted: Date, limit: u32, paused: u32) -> Due {
    calendar.add_calendar_days(accepted, limit + paused)
}
