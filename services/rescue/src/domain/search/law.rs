//! The clock table of the search in numbers (rules/rescue.toml).

use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date};
use yiwang_casework::{Context, Refusal};
use yiwang_civic::{
    calendar::{Due, WorkCalendar},
    time,
};

/// The numbers in force at one place on one day.
#[derive(Debug, Clone)]
pub struct Law<'a> {
    /// Working days and days off.
    pub calendar: &'a WorkCalendar,
    /// Days after the entry for fingerprint, photograph and face; 0: the same day.
    pub entry_days: u32,
    /// What "at once" is.
    pub police_minutes: u32,
    /// Till the notice is out.
    pub publish_hours: u32,
    /// Working days till the police are asked for DNA.
    pub dna_working_days: u32,
    /// Months the police have to sample, compare and answer.
    pub sampled_months: u32,
    /// Days after which a person is stranded.
    pub stranded_days: u32,
    /// Days to choose the form of care then.
    pub care_days: u32,
    /// Months till the notice is renewed.
    pub refresh_months: u32,
    /// Months till an unsolved search is passed up, each time.
    pub escalate_months: u32,
    /// So many levels above the county.
    pub escalate_levels: u32,
    /// Months after which settlement may be requested.
    pub settle_months: u32,
    /// Working days to request it then.
    pub settle_working_days: u32,
    /// Months between two repeats after the settlement.
    pub repeat_months: u32,
    /// Till copies elsewhere are down after the identification.
    pub unpublish_hours: u32,
    /// Versions of the parameters, for the decision.
    pub versions: Vec<String>,
}

/// A limit: instant, and whether the holidays of that time are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    pub(super) at: Timestamp,
    pub(super) provisional: bool,
}

impl From<Due> for Limit {
    fn from(due: Due) -> Self {
        Self {
            at: time::end_of_day(due.last_day),
            provisional: due.provisional,
        }
    }
}

impl From<Timestamp> for Limit {
    fn from(at: Timestamp) -> Self {
        Self {
            at,
            provisional: false,
        }
    }
}

impl<'a> Law<'a> {
    /// As in force where and when `cx` decides.
    ///
    /// # Errors
    /// A parameter is missing.
    pub fn load(cx: &Context<'a>) -> Result<Self, Refusal> {
        let mut versions = Vec::new();
        let mut count = |name: &str| -> Result<u32, Refusal> {
            let param = cx.rule(&format!("rescue.{name}"))?;
            versions.push(param.version());
            Ok(param.count()?)
        };
        Ok(Self {
            calendar: cx.calendar,
            entry_days: count("search.entry_days")?,
            police_minutes: count("search.police_minutes")?,
            publish_hours: count("search.publish_hours")?,
            dna_working_days: count("search.dna_working_days")?,
            sampled_months: count("search.sampled_months")?,
            stranded_days: count("search.stranded_days")?,
            care_days: count("search.care_days")?,
            refresh_months: count("search.refresh_months")?,
            escalate_months: count("search.escalate_months")?,
            escalate_levels: count("search.escalate_levels")?,
            settle_months: count("search.settle_months")?,
            settle_working_days: count("search.settle_working_days")?,
            repeat_months: count("search.repeat_months")?,
            unpublish_hours: count("publish.withdraw_hours")?,
            versions,
        })
    }

    /// The first day on which somebody who came at `entered` is stranded; the day of the entry
    /// does not count, and days off count like others: the person is there.
    #[must_use]
    pub fn stranded_on(&self, entered: Timestamp) -> Date {
        days_later(entered, self.stranded_days).saturating_add(1.day())
    }

    /// From when on settlement may be requested: after the months are over.
    #[must_use]
    pub fn settle_from(&self, entered: Timestamp) -> Timestamp {
        time::end_of_day(self.settle_last_day(entered))
    }

    pub(super) fn entry(&self, entered: Timestamp) -> Limit {
        time::end_of_day(days_later(entered, self.entry_days)).into()
    }

    pub(super) fn police(&self, suspected: Timestamp) -> Limit {
        let minutes = SignedDuration::from_mins(i64::from(self.police_minutes));
        (suspected + minutes).into()
    }

    pub(super) fn publish(&self, from: Timestamp) -> Limit {
        hours_later(from, self.publish_hours)
    }

    pub(super) fn dna(&self, entered: Timestamp) -> Limit {
        let day = time::beijing_date(entered);
        self.calendar
            .add_working_days(day, self.dna_working_days)
            .into()
    }

    pub(super) fn sampled(&self, asked: Timestamp) -> Limit {
        self.months(asked, self.sampled_months)
    }

    pub(super) fn stranded(&self, entered: Timestamp) -> Limit {
        let days = self.stranded_days.saturating_add(self.care_days);
        time::end_of_day(days_later(entered, days)).into()
    }

    pub(super) fn refresh(&self, published: Timestamp) -> Limit {
        self.months(published, self.refresh_months)
    }

    pub(super) fn escalate(&self, from: Timestamp) -> Limit {
        self.months(from, self.escalate_months)
    }

    pub(super) fn settle(&self, entered: Timestamp) -> Limit {
        let day = self.settle_last_day(entered);
        self.calendar
            .add_working_days(day, self.settle_working_days)
            .into()
    }

    pub(super) fn repeat(&self, from: Timestamp) -> Limit {
        self.months(from, self.repeat_months)
    }

    pub(super) fn unpublish(&self, identified: Timestamp) -> Limit {
        hours_later(identified, self.unpublish_hours)
    }

    fn settle_last_day(&self, entered: Timestamp) -> Date {
        let day = time::beijing_date(entered);
        day.saturating_add(i64::from(self.settle_months).months())
    }

    /// A duty: to the corresponding day, or the month's last; off the next working day.
    fn months(&self, from: Timestamp, months: u32) -> Limit {
        let day = time::beijing_date(from);
        self.calendar.add_months(day, months).into()
    }
}

fn days_later(at: Timestamp, days: u32) -> Date {
    time::beijing_date(at).saturating_add(i64::from(days).days())
}

fn hours_later(at: Timestamp, hours: u32) -> Limit {
    (at + SignedDuration::from_hours(i64::from(hours))).into()
}
