//! Which steps begin, which act now, which are late.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Event, Phase, State, backoff::later, draft::Draft};
use crate::one_thing::definition::{Act, Fact, Undo};

/// A clock that runs in business time is looked at at least so often, machine time.
const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(600);

/// Begins every step whose turn it is; those that are not needed settle at once.
pub(super) fn wake(draft: &mut Draft<'_>) {
    // Steps stand after those they depend on: one pass sees everything.
    for index in 0..draft.definition.steps.len() {
        if draft.at(index).state == State::Blocked && draft.course.ending.is_none() {
            begin(draft, index);
        }
        if draft.at(index).state == State::Waiting {
            look(draft, index);
        }
    }
}

fn begin(draft: &mut Draft<'_>, index: usize) {
    let step = draft.step(index);
    let free = step.after.iter().all(|code| {
        let at = draft.definition.index(code);
        at.is_some_and(|at| draft.at(at).state.lets_on())
    });
    if !free {
        return;
    }
    if !step.when.holds(draft.world.answers, draft.world.told) {
        draft.turn(index, |state| state.state = State::NotNeeded);
        draft.tell(Some(index), Event::NotNeeded);
        return;
    }
    let world = draft.world;
    let deadline = step
        .clock
        .map(|clock| clock.span.end(world.now, world.calendar));
    let waits = !step.act.reaches_out();
    draft.turn(index, |state| {
        state.state = if waits { State::Waiting } else { State::Due };
        state.due = Some(world.wall);
        state.deadline = deadline;
    });
    if waits && !known(draft, index) {
        draft.tell(Some(index), Event::Waits);
    }
}

/// Ends a wait for a fact or a day that is there; a department is asked again.
fn look(draft: &mut Draft<'_>, index: usize) {
    let (step, state) = (draft.step(index), draft.at(index));
    let world = draft.world;
    let asked = match state.phase {
        Phase::Do => step.act.reaches_out(),
        Phase::Undo => matches!(step.undo, Undo::Ticket(_)),
    };
    if asked {
        if state.due.is_some_and(|due| due <= world.wall) {
            draft.turn(index, |state| state.state = State::Due);
        }
        return;
    }
    if state.phase == Phase::Undo {
        return;
    }
    if known(draft, index) {
        let result = match step.act {
            Act::Fact(fact) => said(fact, draft),
            _ => json!({}),
        };
        draft.turn_with(index, Some(result), |state| {
            state.state = State::Done;
            state.due = None;
        });
        draft.tell(Some(index), Event::Done);
    } else if state.due.is_some_and(|due| due <= world.wall) {
        let next = next_look(draft, index);
        draft.turn(index, |state| state.due = next);
    }
}

/// When to look whether a day has come or a clock has run out; none where only others can tell.
fn next_look(draft: &Draft<'_>, index: usize) -> Option<Timestamp> {
    let (world, state) = (draft.world, draft.at(index));
    let day = match draft.step(index).act {
        Act::Days(days) => day_after(world.started, days),
        _ => None,
    };
    let clock = state.deadline.filter(|_| !state.overdue);
    let next = day.into_iter().chain(clock).min();
    // A fact told while this began would wake nobody.
    let Some(next) = next else {
        let fact = matches!(draft.step(index).act, Act::Fact(_));
        return fact.then(|| later(world.wall, LOOK_EVERY));
    };
    let wait = next.duration_since(world.now);
    let wait = wait.clamp(SignedDuration::from_secs(1), LOOK_EVERY);
    Some(later(world.wall, wait))
}

fn day_after(start: Timestamp, days: i32) -> Option<Timestamp> {
    let length = SignedDuration::from_hours(24 * i64::from(days));
    start.checked_add(length).ok()
}

/// Whether what a step waits for is there.
fn known(draft: &Draft<'_>, index: usize) -> bool {
    let world = draft.world;
    match draft.step(index).act {
        Act::Fact(fact) => fact.of(world.told).is_some(),
        Act::Days(days) => day_after(world.started, days).is_some_and(|end| end <= world.now),
        _ => false,
    }
}

fn said(fact: Fact, draft: &Draft<'_>) -> serde_json::Value {
    let told = fact.of(draft.world.told);
    told.map_or_else(
        || json!({}),
        |told| json!({"about": told.about, "on": told.on}),
    )
}

/// Acts on every step that is due: the intent is committed before the act.
pub(super) fn act(draft: &mut Draft<'_>) {
    for index in 0..draft.definition.steps.len() {
        let state = draft.at(index);
        let due = state.state == State::Due && state.due.is_some_and(|at| at <= draft.world.wall);
        if !due {
            continue;
        }
        let first = state.attempts == 0;
        let edition = draft.world.edition;
        draft.turn(index, |state| {
            state.edition.get_or_insert(edition);
            state.state = State::Running;
            state.due = None;
            state.attempts += 1;
        });
        if first {
            draft.tell(Some(index), Event::Started);
        }
    }
}

/// Notes the steps whose clock has run out.
pub(super) fn look_at_clocks(draft: &mut Draft<'_>) {
    for index in 0..draft.definition.steps.len() {
        let state = draft.at(index);
        let open = !state.state.is_settled() && state.phase == Phase::Do && !state.overdue;
        let late = state.deadline.is_some_and(|end| end <= draft.world.now);
        if open && late {
            draft.turn(index, |state| state.overdue = true);
            draft.tell(Some(index), Event::Overdue);
        }
    }
}
