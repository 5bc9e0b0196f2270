//! Limits in minutes and hours, and till a day.

use jiff::{SignedDuration, Timestamp, civil::Date};
use yiwang_casework::{Context, OnDue, Refusal, decision::StartClock};
use yiwang_civic::time;

/// What a limit says: name, label, law.
#[derive(Debug, Clone, Copy)]
pub struct Limit(pub &'static str, pub &'static str, pub &'static str);

impl Limit {
    /// Turns red at an instant.
    #[must_use]
    pub fn at(self, due_at: Timestamp) -> StartClock {
        let Self(name, label, basis) = self;
        StartClock {
            name: name.to_owned(),
            label: label.to_owned(),
            legal_basis: basis.to_owned(),
            // A limit at 24:00 is the end of the day before.
            last_day: time::beijing_date(due_at - SignedDuration::from_nanos(1)),
            due_at,
            provisional: false,
            on_due: OnDue::Warn,
        }
    }

    /// Turns red after its last day.
    #[must_use]
    pub fn on(self, last_day: Date) -> StartClock {
        StartClock {
            last_day,
            ..self.at(time::end_of_day(last_day))
        }
    }

    /// So many minutes after `from`.
    ///
    /// # Errors
    /// The parameter is missing.
    pub fn minutes(
        self,
        cx: &Context<'_>,
        from: Timestamp,
        id: &str,
    ) -> Result<StartClock, Refusal> {
        let minutes = cx.rule(id)?.count()?;
        Ok(self.at(from + SignedDuration::from_mins(i64::from(minutes))))
    }

    /// So many hours after `from`.
    ///
    /// # Errors
    /// The parameter is missing.
    pub fn hours(self, cx: &Context<'_>, from: Timestamp, id: &str) -> Result<StartClock, Refusal> {
        let hours = cx.rule(id)?.count()?;
        Ok(self.at(from + SignedDuration::from_hours(i64::from(hours))))
    }

    /// So many calendar days from today.
    ///
    /// # Errors
    /// The parameter is missing.
    pub fn days(self, cx: &Context<'_>, id: &str) -> Result<StartClock, Refusal> {
        Ok(StartClock::warn(
            self.0,
            self.1,
            self.2,
            cx.calendar_days(id)?,
        ))
    }

    /// So many months from `day`.
    ///
    /// # Errors
    /// The parameter is missing.
    pub fn months(self, cx: &Context<'_>, day: Date, id: &str) -> Result<StartClock, Refusal> {
        let months = cx.rule(id)?.count()?;
        Ok(StartClock::warn(
            self.0,
            self.1,
            self.2,
            cx.calendar.add_months(day, months),
        ))
    }
}
