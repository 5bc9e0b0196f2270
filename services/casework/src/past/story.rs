//! Things that were done, and stories of them.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::Who;

/// What was done; `W` is what only this service knows.
pub enum What<W> {
    /// A form is handed in: item, division, form.
    Submit(&'static str, &'static str, Value),
    /// An act: its name, data.
    Act(&'static str, Value),
    /// Anything else.
    Other(W),
}

/// One thing that somebody did.
pub struct Beat<W> {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub who: Who,
    /// The name under which other beats speak of the case.
    pub name: &'static str,
    /// What.
    pub what: What<W>,
}

impl<W> Beat<W> {
    /// For a report of what did not fit.
    pub fn label(&self, other: impl FnOnce(&W) -> String) -> String {
        match &self.what {
            What::Submit(what, ..) | What::Act(what, _) => format!("{}: {what}", self.name),
            What::Other(what) => other(what),
        }
    }
}

/// Beats of one case.
pub struct Story<W> {
    name: &'static str,
    at: Timestamp,
    who: Who,
    beats: Vec<Beat<W>>,
}

impl<W> Story<W> {
    /// Begins at an instant.
    #[must_use]
    pub fn new(name: &'static str, who: Who, at: Timestamp) -> Self {
        Self {
            name,
            at,
            who,
            beats: Vec::new(),
        }
    }

    /// From here on at this instant.
    #[must_use]
    pub fn at(mut self, at: Timestamp) -> Self {
        self.at = at;
        self
    }

    /// From here on somebody else acts.
    #[must_use]
    pub fn by(mut self, who: Who) -> Self {
        self.who = who;
        self
    }

    /// The form is handed in.
    #[must_use]
    pub fn submit(self, item: &'static str, division: &'static str, form: Value) -> Self {
        self.push(What::Submit(item, division, form))
    }

    /// An act, this many minutes after what was before.
    #[must_use]
    pub fn act(mut self, minutes: i64, act: &'static str, data: Value) -> Self {
        self.at += SignedDuration::from_mins(minutes);
        self.push(What::Act(act, data))
    }

    /// Anything else.
    #[must_use]
    pub fn other(self, what: W) -> Self {
        self.push(What::Other(what))
    }

    fn push(mut self, what: What<W>) -> Self {
        self.beats.push(Beat {
            at: self.at,
            who: self.who,
            name: self.name,
            what,
        });
        self
    }

    /// The beats.
    #[must_use]
    pub fn end(self) -> Vec<Beat<W>> {
        self.beats
    }
}
