//! What an act's outcome does.

use super::{
    Class, Event, Outcome, Phase, Reason, State,
    backoff::{self, later},
    draft::Draft,
};

/// After so many failures in a row an operator looks; undoing goes on for ever.
pub(super) const MOST_FAILURES: i32 = 20;

/// An act of the step at `index` ended so.
pub(super) fn came(draft: &mut Draft<'_>, index: usize, outcome: Outcome) {
    // Whoever skipped or settled it meanwhile was told so; a second answer changes nothing.
    if draft.at(index).state != State::Running {
        return;
    }
    let phase = draft.at(index).phase;
    match outcome {
        Outcome::Done(result) => {
            let (state, event) = match phase {
                Phase::Do => (State::Done, Event::Done),
                Phase::Undo => (State::Undone, Event::Undone),
            };
            draft.turn_with(index, Some(result), |step| {
                step.state = state;
                step.unknown = false;
                step.failures = 0;
                step.reason = None;
            });
            draft.tell(Some(index), event);
        }
        Outcome::Accepted => accepted(draft, index),
        Outcome::Failed(reason) => match reason.class {
            Class::Business | Class::Officer => stuck(draft, index, reason),
            Class::Transient | Class::Unknown => again(draft, index, reason),
        },
    }
}

fn accepted(draft: &mut Draft<'_>, index: usize) {
    let (wall, jitter) = (draft.world.wall, draft.world.jitter);
    // Taking it back was told already.
    let first = !draft.at(index).unknown && draft.at(index).phase == Phase::Do;
    draft.turn(index, |step| {
        step.state = State::Waiting;
        step.failures = 0;
        step.reason = None;
        // From now on it is there: the next act asks, it does not make another request.
        step.unknown = true;
        step.due = Some(later(wall, backoff::wait(step.attempts, jitter)));
    });
    if first {
        draft.tell(Some(index), Event::Waits);
    }
}

fn again(draft: &mut Draft<'_>, index: usize, reason: Reason) {
    let (wall, jitter) = (draft.world.wall, draft.world.jitter);
    let state = draft.at(index);
    if state.phase == Phase::Do && state.failures + 1 >= MOST_FAILURES {
        stuck(draft, index, reason);
        return;
    }
    draft.turn(index, |step| {
        step.state = State::Due;
        step.failures += 1;
        step.unknown |= reason.class == Class::Unknown;
        step.due = Some(later(wall, backoff::wait(step.failures, jitter)));
        step.reason = Some(reason);
    });
}

fn stuck(draft: &mut Draft<'_>, index: usize, reason: Reason) {
    // Nobody wants it any more: that it did not happen is how it should be.
    let unwanted = draft.course.ending.is_some()
        && draft.at(index).phase == Phase::Do
        && reason.class == Class::Business;
    if unwanted {
        draft.turn(index, |step| {
            step.state = State::Cancelled;
            step.due = None;
        });
        draft.tell(Some(index), Event::Cancelled);
        return;
    }
    let event = match draft.at(index).phase {
        Phase::Do => Event::Stuck(reason.clone()),
        Phase::Undo => Event::UndoStuck(reason.clone()),
    };
    draft.turn(index, |step| {
        step.state = State::Stuck;
        step.due = None;
        step.unknown |= reason.class == Class::Unknown;
        step.reason = Some(reason);
    });
    draft.tell(Some(index), event);
}
