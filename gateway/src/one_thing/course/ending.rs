//! Going back: what is taken back, in which order, and what never is.
//!
//! Withdrawn or aborted before a pivot has begun: what was done is undone. After a pivot: what has
//! begun goes on to its end, nothing else begins. Void: everything is undone that can be, and what
//! cannot be is put to an officer.

use super::{Change, Class, Ending, Event, Parent, Phase, Reason, State, StepState, draft::Draft};
use crate::one_thing::definition::Undo;

/// The ground was wrong: also what has long ended is taken up again.
pub(super) fn notice_void(draft: &mut Draft<'_>) {
    let void = draft.definition.void_when;
    let is_void = void.is_some_and(|ground| ground.fact.of(draft.world.told).is_some());
    let before = matches!(draft.course.ending, Some(Ending::Void));
    // What was taken back already has nothing left to restore.
    let over = matches!(draft.course.parent, Parent::Withdrawn);
    if is_void && has_acted(draft) && !before && !over {
        draft.push(Change::Ending(Ending::Void));
        draft.tell(None, Event::Void);
    }
}

/// Whether anything was done on the ground that was wrong; a wrong record from before is none.
fn has_acted(draft: &Draft<'_>) -> bool {
    let steps = draft.definition.steps.iter().zip(&draft.course.steps);
    let mut acting = steps.filter(|(step, _)| !step.act.changes_nothing());
    acting.any(|(step, state)| {
        state.state == State::Done || (step.act.reaches_out() && state.attempts > 0)
    })
}

/// Whether it was done, or given up by an officer after it was handed in: then it may be done.
fn may_stand(state: &StepState) -> bool {
    state.state == State::Done
        || (state.state == State::Skipped && state.unknown && state.phase == Phase::Do)
}

/// Whether a step has begun after which there is no way back.
pub(super) fn pivot_passed(draft: &Draft<'_>) -> bool {
    let steps = draft.definition.steps.iter().zip(&draft.course.steps);
    let mut pivots = steps.filter(|(step, _)| step.pivot);
    pivots.any(|(step, state)| match state.state {
        State::Done | State::Running => true,
        State::Waiting => step.act.reaches_out(),
        State::Due | State::Stuck | State::Skipped => state.unknown,
        _ => false,
    })
}

/// Whether something is still to be taken back.
pub(super) fn owes(draft: &Draft<'_>) -> bool {
    let Some(ending) = draft.course.ending else {
        return false;
    };
    let steps = draft.course.steps.iter().enumerate();
    let mut done = steps.filter(|(_, state)| may_stand(state));
    (ending == Ending::Void || !pivot_passed(draft))
        && done.any(|(index, _)| wanted(draft, index, ending))
}

/// Ends what has not begun, and takes back what is to be taken back.
pub(super) fn go_back(draft: &mut Draft<'_>) {
    let Some(ending) = draft.course.ending else {
        return;
    };
    for index in 0..draft.definition.steps.len() {
        drop_unbegun(draft, index);
    }
    let undoes = ending == Ending::Void || !pivot_passed(draft);
    if !undoes {
        return;
    }
    // From the last to the first: a step is taken back after those that build on it.
    for index in (0..draft.definition.steps.len()).rev() {
        let mut followers = draft.definition.followers(index);
        if followers.all(|at| rests(draft, at, ending)) {
            take_back(draft, index, ending);
        }
    }
}

/// Whether nothing more happens to a follower, or what it did stays.
fn rests(draft: &Draft<'_>, index: usize, ending: Ending) -> bool {
    let state = draft.at(index);
    match state.state {
        _ if may_stand(state) => !wanted(draft, index, ending),
        // It stays for ever; the others need not wait for that.
        State::Stuck => {
            matches!(draft.step(index).undo, Undo::Never(_)) && state.phase == Phase::Undo
        }
        other => other.is_settled(),
    }
}

fn drop_unbegun(draft: &mut Draft<'_>, index: usize) {
    let state = draft.at(index);
    let step = draft.step(index);
    let drop = match state.state {
        State::Blocked | State::Returned => true,
        State::Due | State::Waiting => {
            state.phase == Phase::Do && !(step.act.reaches_out() && state.unknown)
        }
        // A final no, or never taken: nothing happened.
        State::Stuck => state.phase == Phase::Do && !state.unknown,
        _ => false,
    };
    if drop {
        draft.turn(index, |state| {
            state.state = State::Cancelled;
            state.due = None;
        });
        draft.tell(Some(index), Event::Cancelled);
    }
}

fn wanted(draft: &Draft<'_>, index: usize, ending: Ending) -> bool {
    let step = draft.step(index);
    let phase = draft.at(index).phase;
    let possible = match step.undo {
        Undo::Ticket(_) | Undo::Officer(_) => true,
        Undo::Never(_) => ending == Ending::Void,
        Undo::Nothing(_) => false,
    };
    possible && phase == Phase::Do
}

fn take_back(draft: &mut Draft<'_>, index: usize, ending: Ending) {
    if !may_stand(draft.at(index)) || !wanted(draft, index, ending) {
        return;
    }
    let wall = draft.world.wall;
    match draft.step(index).undo {
        Undo::Never(why) => {
            let reason = Reason {
                class: Class::Business,
                code: "IRREVERSIBLE".to_owned(),
                text: why.to_owned(),
            };
            draft.turn(index, |state| {
                back(state, State::Stuck);
                state.reason = Some(reason.clone());
            });
            draft.tell(Some(index), Event::UndoStuck(reason));
        }
        Undo::Officer(_) => {
            draft.turn(index, |state| back(state, State::Waiting));
            draft.tell(Some(index), Event::TakenBack);
        }
        Undo::Ticket(_) => {
            draft.turn(index, |state| {
                back(state, State::Due);
                state.due = Some(wall);
            });
            draft.tell(Some(index), Event::TakenBack);
        }
        Undo::Nothing(_) => {}
    }
}

fn back(state: &mut super::StepState, to: State) {
    state.phase = Phase::Undo;
    state.state = to;
    state.round = 1;
    state.edition = None;
    state.failures = 0;
    state.unknown = false;
    state.reason = None;
    state.due = None;
}
