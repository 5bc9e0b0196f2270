//! Which days may be booked 预约 (rules A3.9). Booking is never a condition: whoever comes
//! without is served too.

use jiff::{
    Span,
    civil::{Date, DateTime},
};
use yiwang_casework::Context;
use yiwang_civic::{calendar::WorkCalendar, params::ParamError};

/// How far ahead a day may be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookingRules {
    /// Natural months at most; where the day does not exist, the last of the month.
    pub months_ahead: u32,
    /// Calendar days at least; one is tomorrow.
    pub days_before: u32,
}

impl BookingRules {
    /// Reads the rules in force.
    ///
    /// # Errors
    /// One is missing or of the wrong type.
    pub fn load(cx: &Context<'_>) -> Result<Self, ParamError> {
        Ok(Self {
            months_ahead: cx.rule("marriage.booking.months_ahead")?.count()?,
            days_before: cx.rule("marriage.booking.days_before")?.count()?,
        })
    }
}

/// Whether a day may be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bookable {
    /// It may.
    Ok,
    /// It is too far ahead yet.
    TooEarly,
    /// It is too near or past; they may still simply come.
    TooLate,
    /// Halls are closed.
    Closed,
}

/// Whether `day` may be booked at the Beijing time `now`. A day opens at midnight.
#[must_use]
pub fn bookable(
    now: DateTime,
    day: Date,
    calendar: &WorkCalendar,
    rules: &BookingRules,
) -> Bookable {
    let after = |span: Result<Span, jiff::Error>| {
        span.map_or(Date::MAX, |span| now.date().saturating_add(span))
    };
    if day < after(Span::new().try_days(rules.days_before)) {
        Bookable::TooLate
    } else if day > after(Span::new().try_months(rules.months_ahead)) {
        Bookable::TooEarly
    } else if calendar.is_working_day(day) {
        Bookable::Ok
    } else {
        Bookable::Closed
    }
}
