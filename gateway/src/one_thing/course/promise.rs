//! Until when the whole is promised: the longest path through the steps' clocks (D1).

use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use yiwang_civic::{calendar::WorkCalendar, time};

use super::{Course, State, StepState};
use crate::one_thing::definition::{Definition, Step, last_day};

/// What can be promised of the whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Promise {
    /// The last day of the longest path; none: no open step has a clock.
    pub(crate) last_day: Option<Date>,
    /// An open step has no clock: it counts as no time, and nobody has promised it.
    pub(crate) open_ended: bool,
}

/// What can be promised now. It follows from the form and the steps alone: what is known of a
/// person is not told by a date.
pub(crate) fn promise(
    definition: &Definition,
    course: &Course,
    answers: &Value,
    started: Timestamp,
    calendar: &WorkCalendar,
) -> Promise {
    let mut promise = Promise::default();
    if course.ending.is_some() {
        return promise;
    }
    let first_day = time::beijing_date(started);
    let mut ends: Vec<Date> = Vec::with_capacity(definition.steps.len());
    for (step, state) in definition.steps.iter().zip(&course.steps) {
        let before = step.after.iter().filter_map(|code| definition.index(code));
        let begins = before.filter_map(|at| ends.get(at)).max();
        let begins = begins.copied().unwrap_or(first_day);
        let applies = applies(step, state, answers);
        let end = match (step.clock, state.deadline) {
            (Some(_), Some(deadline)) if applies => last_day(deadline),
            (Some(clock), None) if applies => clock.span.last_day(begins, calendar),
            _ => begins,
        };
        ends.push(end);
        if applies && !state.state.is_settled() {
            match step.clock {
                Some(_) => promise.last_day = promise.last_day.max(Some(end)),
                None => promise.open_ended = true,
            }
        }
    }
    promise
}

/// Whether a step takes time. One that is done has taken its own.
fn applies(step: &Step, state: &StepState, answers: &Value) -> bool {
    match state.state {
        State::NotNeeded | State::Skipped | State::Cancelled | State::Undone => false,
        State::Blocked => step.when.may_hold(answers),
        _ => true,
    }
}
