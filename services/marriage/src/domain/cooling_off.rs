//! Cooling-off 离婚冷静期 and the days for the certificate (民法典 1077; rules A3.5).
//!
//! ```text
//! received │ 1 … 30        ≤ l1 │ first_day …  l1 + 30  ≤ l2 │
//!          │ cooling            │ window                     │ over: deemed withdrawn
//! ```
//! The day of receipt does not count (民法典 201), days are natural days, and only an end that
//! is a day off moves, to the next working day (民法典 203). The window runs from the moved end:
//! from the plain thirtieth day some would lose days the law gives them.

use jiff::{
    ToSpan as _,
    civil::{Date, DateTime, Time},
};
use serde::{Deserialize, Serialize};
use yiwang_civic::calendar::WorkCalendar;

/// The days of an application, as printed on its receipt 受理回执单.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoolingOff {
    /// Day of receipt.
    pub received: Date,
    /// Last day of the cooling-off.
    pub l1: Date,
    /// First day of the window; it may be a day off, which moves nothing.
    pub first_day: Date,
    /// Last day of the window.
    pub l2: Date,
    /// An end rests on days that no holiday notice covers yet.
    pub provisional: bool,
    /// The calendar it was counted with.
    pub calendar_version: String,
}

/// Where an application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Either may withdraw.
    Cooling,
    /// Both may ask for the certificate.
    Window,
    /// Deemed withdrawn.
    Over,
}

/// Counts the days of an application received on `received`.
#[must_use]
pub fn cooling_off(received: Date, calendar: &WorkCalendar, days: u32, window: u32) -> CoolingOff {
    let cooling = calendar.add_calendar_days(received, days);
    let l1 = cooling.last_day;
    let end = calendar.add_calendar_days(l1, window);
    CoolingOff {
        received,
        l1,
        first_day: l1.saturating_add(1.day()),
        l2: end.last_day,
        provisional: cooling.provisional || end.provisional,
        calendar_version: calendar.version().to_owned(),
    }
}

impl CoolingOff {
    /// Whether either may withdraw at this Beijing time: until close of business on the last day.
    #[must_use]
    pub fn withdrawable(&self, at: DateTime, closes: Time) -> bool {
        self.received <= at.date() && in_time(at, self.l1, closes)
    }

    /// Whether the two may ask for the certificate at this Beijing time; from 0:00 on the first
    /// day, for the last day of the cooling-off is one whole day however early the hall closes.
    ///
    /// # Errors
    /// The phase that forbids it.
    pub fn certificate_on(&self, at: DateTime, closes: Time) -> Result<(), Phase> {
        if at.date() <= self.l1 {
            Err(Phase::Cooling)
        } else if in_time(at, self.l2, closes) {
            Ok(())
        } else {
            Err(Phase::Over)
        }
    }

    /// Where the application stands on a day; it changes at midnight.
    #[must_use]
    pub fn phase(&self, on: Date) -> Phase {
        if on <= self.l1 {
            Phase::Cooling
        } else if on <= self.l2 {
            Phase::Window
        } else {
            Phase::Over
        }
    }

    /// Counted again when a notice was published: what the receipt promised only grows longer.
    #[must_use]
    pub fn recounted(&self, calendar: &WorkCalendar, days: u32, window: u32) -> Self {
        let again = cooling_off(self.received, calendar, days, window);
        Self {
            l1: self.l1.max(again.l1),
            first_day: self.first_day.max(again.first_day),
            l2: self.l2.max(again.l2),
            ..again
        }
    }
}

/// Business time ends the last day (民法典 203); the closing minute still counts.
fn in_time(at: DateTime, last: Date, closes: Time) -> bool {
    let minute = |time: Time| (time.hour(), time.minute());
    at.date() < last || (at.date() == last && minute(at.time()) <= minute(closes))
}
