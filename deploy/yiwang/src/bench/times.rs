//! How long answers took.

use std::{fmt, time::Duration};

/// Times of answers.
#[derive(Default)]
pub(super) struct Times(Vec<Duration>);

impl Times {
    /// Notes one.
    pub(super) fn add(&mut self, took: Duration) {
        let at = self.0.partition_point(|other| *other <= took);
        self.0.insert(at, took);
    }

    /// How many.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The middle and the slowest of a hundred, for a table.
    pub(super) fn both(&self) -> String {
        format!("{:.0} / {:.0}", self.percentile(50), self.percentile(99))
    }

    /// The middle one, in milliseconds.
    pub(super) fn median(&self) -> f64 {
        self.percentile(50)
    }

    fn percentile(&self, percent: usize) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let at = (self.0.len() * percent / 100).min(last);
        self.0
            .get(at)
            .map_or(0.0, |took| took.as_secs_f64() * 1000.0)
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [p50, p99, most] = [50, 99, 100].map(|percent| self.percentile(percent));
        write!(f, "p50 {p50:.0} ms, p99 {p99:.0} ms, at most {most:.0} ms")
    }
}
