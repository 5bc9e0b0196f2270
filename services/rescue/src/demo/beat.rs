//! One thing that somebody did at some instant.

use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz};
use serde_json::Value;
use yiwang_civic::time::beijing_date;
use yiwang_proto::rescue::v1 as pb;

use super::cast::Who;

/// What was done. The first text is the name under which later beats speak of it.
pub(super) enum What {
    /// A form is handed in: name, item, division, form.
    Submit(&'static str, &'static str, &'static str, Value),
    /// An act: name of the case, act, data.
    Act(&'static str, &'static str, Value),
    /// A patrol is planned.
    Plan(&'static str, pb::PlanPatrolRequest),
    /// It begins.
    Start(&'static str),
    /// Where it was: place, north, east.
    Point(&'static str, (&'static str, f64, f64)),
    /// Somebody is met on it: name of the visit, of the patrol, fields.
    Meet(&'static str, &'static str, Value),
    /// Who was willing comes in: name of the visit, of the stay.
    Receive(&'static str, &'static str),
    /// It ends.
    Finish(&'static str, &'static str),
    /// A passer-by tells.
    Tell(pb::TellOfSomebodyRequest),
    /// The weather service warns.
    Alert(Value),
    /// The telephone rings.
    Call(pb::RecordCallRequest),
    /// A batch of the police.
    Import(Vec<Value>),
}

/// One of them.
pub(super) struct Beat {
    pub(super) at: Timestamp,
    pub(super) who: Who,
    pub(super) what: What,
}

/// A Beijing time some days before the day of `now`.
pub(super) fn day(now: Timestamp, days: i64, time: &str) -> Timestamp {
    let day = beijing_date(now).saturating_sub(days.days());
    on(day, time)
}

/// A Beijing time of a day.
pub(super) fn on(day: Date, time: &str) -> Timestamp {
    let time: jiff::civil::Time = time.parse().unwrap_or_default();
    tz::offset(8)
        .to_timestamp(day.to_datetime(time))
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Some minutes before `now`.
pub(super) fn ago(now: Timestamp, minutes: i64) -> Timestamp {
    now - SignedDuration::from_mins(minutes)
}

/// Beats of one case, some minutes after each other.
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
    pub(super) fn submit(
        mut self,
        item: &'static str,
        division: &'static str,
        form: Value,
    ) -> Self {
        let what = What::Submit(self.name, item, division, form);
        self.push(what);
        self
    }

    /// An act, this many minutes after the one before.
    pub(super) fn act(mut self, minutes: i64, act: &'static str, data: Value) -> Self {
        self.at += SignedDuration::from_mins(minutes);
        let what = What::Act(self.name, act, data);
        self.push(what);
        self
    }

    fn push(&mut self, what: What) {
        self.beats.push(Beat {
            at: self.at,
            who: self.who,
            what,
        });
    }

    pub(super) fn end(self) -> Vec<Beat> {
        self.beats
    }
}
