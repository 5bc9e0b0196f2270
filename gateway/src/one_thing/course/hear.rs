//! What somebody's words do; what comes too early waits.

use serde_json::Value;

use super::{
    Change, Class, Ending, Event, Phase, Reason, Signal, State, correct, draft::Draft,
    ending::pivot_passed,
};
use crate::one_thing::definition::Undo;

/// A signal came.
pub(super) fn heard(draft: &mut Draft<'_>, signal: &Signal) {
    match signal {
        Signal::Hurry(index) => hurry(draft, *index),
        Signal::Answered(index, answer) => answered(draft, *index, answer),
        Signal::Retry(index) => retry(draft, *index),
        Signal::Skip(index, reason) => skip(draft, *index, reason),
        Signal::Return(index, reason, asked) => correct::send_back(draft, *index, reason, asked),
        Signal::Correct(steps, fields) => correct::correct(draft, steps, fields),
        Signal::Withdraw => withdraw(draft),
        Signal::Abort(reason) => abort(draft, reason),
    }
}

fn hurry(draft: &mut Draft<'_>, index: usize) {
    let wall = draft.world.wall;
    match draft.at(index).state {
        State::Waiting | State::Due => draft.turn(index, |step| step.due = Some(wall)),
        State::Blocked | State::Running => draft.push(Change::Park),
        _ => draft.push(Change::Moot("SETTLED")),
    }
}

fn answered(draft: &mut Draft<'_>, index: usize, answer: &Value) {
    let (step, state) = (draft.step(index), draft.at(index));
    let asked = match state.phase {
        Phase::Do => step.act.is_answered(),
        Phase::Undo => matches!(step.undo, Undo::Officer(_)),
    };
    match state.state {
        State::Waiting if asked => {
            let (to, event) = match state.phase {
                Phase::Do => (State::Done, Event::Done),
                Phase::Undo => (State::Undone, Event::Undone),
            };
            draft.turn_with(index, Some(answer.clone()), |step| {
                step.state = to;
                step.due = None;
            });
            draft.tell(Some(index), event);
        }
        State::Blocked if step.act.is_answered() => draft.push(Change::Park),
        _ => draft.push(Change::Moot("NOT_ASKED")),
    }
}

fn retry(draft: &mut Draft<'_>, index: usize) {
    let wall = draft.world.wall;
    let state = draft.at(index);
    let irreversible =
        state.phase == Phase::Undo && matches!(draft.step(index).undo, Undo::Never(_));
    match state.state {
        State::Stuck if irreversible => draft.push(Change::Moot("IRREVERSIBLE")),
        State::Stuck | State::Returned => {
            let refused = state.reason.as_ref();
            let refused = refused.is_some_and(|reason| reason.class == Class::Business);
            if refused || state.state == State::Returned {
                correct::ask_again(draft, index);
            } else {
                draft.turn(index, |step| {
                    step.state = State::Due;
                    step.due = Some(wall);
                    step.failures = 0;
                    step.reason = None;
                });
            }
            draft.tell(Some(index), Event::Retried);
        }
        State::Running => draft.push(Change::Park),
        _ => draft.push(Change::Moot("NOT_STUCK")),
    }
}

fn skip(draft: &mut Draft<'_>, index: usize, reason: &Reason) {
    match draft.at(index).state {
        State::Stuck | State::Returned | State::Waiting | State::Due => {
            draft.turn(index, |step| {
                step.state = State::Skipped;
                step.due = None;
                step.reason = Some(reason.clone());
            });
            let event = match draft.at(index).phase {
                Phase::Do => Event::Skipped(reason.clone()),
                Phase::Undo => Event::NotRestored(reason.clone()),
            };
            draft.tell(Some(index), event);
        }
        State::Running => draft.push(Change::Park),
        _ => draft.push(Change::Moot("NOT_OPEN")),
    }
}

fn withdraw(draft: &mut Draft<'_>) {
    if draft.course.ending.is_some() || draft.course.parent.is_final() {
        draft.push(Change::Moot("ENDED"));
    } else if pivot_passed(draft) {
        draft.push(Change::Moot("PIVOT_PASSED"));
        draft.tell(None, Event::TooLate);
    } else {
        draft.push(Change::Ending(Ending::Withdrawn));
        draft.tell(None, Event::Withdrawn);
    }
}

fn abort(draft: &mut Draft<'_>, reason: &Reason) {
    if draft.course.ending.is_some() || draft.course.parent.is_final() {
        draft.push(Change::Moot("ENDED"));
    } else {
        draft.push(Change::Ending(Ending::Aborted));
        draft.tell(None, Event::Aborted(reason.clone()));
    }
}
