//! One thing that somebody did at some instant.

use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, civil::Time, tz};
use serde_json::Value;
use yiwang_civic::time::beijing_date;
use yiwang_proto::child::v1::ReportRequest;

use super::cast::Who;

/// What was done. The first text is the name under which later beats speak of the case.
pub(super) enum What {
    /// A form is handed in: item, division, form.
    Submit(&'static str, &'static str, Value),
    /// An act: its name, data.
    Act(&'static str, Value),
    /// Anybody reports a child in danger.
    Report(Box<ReportRequest>),
    /// Allowances of the month are paid.
    PayDay,
}

/// One of them.
pub(super) struct Beat {
    pub(super) at: Timestamp,
    pub(super) who: Who,
    pub(super) name: &'static str,
    pub(super) what: What,
}

/// The day some days before that of `now`.
pub(super) fn before(now: Timestamp, days: i64) -> Date {
    beijing_date(now).saturating_sub(days.days())
}

/// A Beijing time some days before the day of `now`.
pub(super) fn day(now: Timestamp, days: i64, time: &str) -> Timestamp {
    on(before(now, days), time)
}

/// A Beijing time of a day.
pub(super) fn on(day: Date, time: &str) -> Timestamp {
    let time: Time = time.parse().unwrap_or_default();
    tz::offset(8)
        .to_timestamp(day.to_datetime(time))
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Some minutes before `now`.
pub(super) fn ago(now: Timestamp, minutes: i64) -> Timestamp {
    now - SignedDuration::from_mins(minutes)
}

/// Beats of one case.
pub(super) struct Story {
    name: &'static str,
    at: Timestamp,
    who: Who,
    beats: Vec<Beat>,
}

impl Story {
    pub(super) fn new(name: &'static str, who: Who, at: Timestamp) -> Self {
        Self {
            name,
            at,
            who,
            beats: Vec::new(),
        }
    }

    /// From here on at this instant.
    pub(super) fn at(mut self, at: Timestamp) -> Self {
        self.at = at;
        self
    }

    /// From here on somebody else acts.
    pub(super) fn by(mut self, who: Who) -> Self {
        self.who = who;
        self
    }

    /// The form is handed in.
    pub(super) fn submit(self, item: &'static str, division: &'static str, form: Value) -> Self {
        self.push(What::Submit(item, division, form))
    }

    /// Somebody reports.
    pub(super) fn report(self, request: ReportRequest) -> Self {
        self.push(What::Report(Box::new(request)))
    }

    /// An act, ten minutes after what was before.
    pub(super) fn act(mut self, act: &'static str, data: Value) -> Self {
        self.at += SignedDuration::from_mins(10);
        self.push(What::Act(act, data))
    }

    fn push(mut self, what: What) -> Self {
        self.beats.push(Beat {
            at: self.at,
            who: self.who,
            name: self.name,
            what,
        });
        self
    }

    pub(super) fn end(self) -> Vec<Beat> {
        self.beats
    }
}
