//! Sending a refused step back, and what a corrected form does.
//!
//! Once for each step, with everything that is wrong (一次告知, 行政许可法 32). Whoever has a request
//! in hand keeps the edition of the form that it was made from: the same key never says two things.

use serde_json::{Map, Value};

use super::{Change, Class, Event, Phase, Reason, State, draft::Draft};

/// An officer sends a refused step back.
pub(super) fn send_back(draft: &mut Draft<'_>, index: usize, reason: &Reason, asked: &[String]) {
    let state = draft.at(index);
    let class = state.reason.as_ref().map(|reason| reason.class);
    let refused = (state.state, state.phase, class)
        == (State::Stuck, Phase::Do, Some(Class::Business))
        && draft.step(index).act.reads_the_form();
    let moot = match (state.state, refused, state.asked.is_empty()) {
        (State::Running, ..) => Some(Change::Park),
        (_, false, _) => Some(Change::Moot("NOT_REFUSED")),
        (_, true, false) => Some(Change::Moot("RETURNED_BEFORE")),
        (_, true, true) => None,
    };
    if let Some(moot) = moot {
        draft.push(moot);
        return;
    }
    draft.turn(index, |step| {
        step.state = State::Returned;
        step.reason = Some(reason.clone());
        step.asked = asked.to_vec();
        // The department's time runs again from the corrected form.
        step.deadline = None;
        step.overdue = false;
    });
    let told = Event::Returned(reason.clone(), asked.to_vec());
    draft.tell(Some(index), told);
}

/// The applicant has corrected the form for these steps.
pub(super) fn correct(draft: &mut Draft<'_>, steps: &[usize], fields: &Map<String, Value>) {
    let returned = |index: &usize| draft.at(*index).state == State::Returned;
    let waiting: Vec<usize> = steps.iter().copied().filter(returned).collect();
    if waiting.is_empty() {
        draft.push(Change::Moot("NOT_RETURNED"));
        return;
    }
    let mut answers = draft.world.answers.clone();
    if let Some(form) = answers.as_object_mut() {
        for (key, value) in fields {
            match value {
                Value::Null => drop(form.shift_remove(key)),
                value => drop(form.insert(key.clone(), value.clone())),
            }
        }
    }
    draft.push(Change::Answers(answers));
    let pointers = fields.keys().map(|key| format!("/{key}")).collect();
    draft.tell(None, Event::Corrected(pointers));
    for index in waiting {
        ask_again(draft, index);
        draft.tell(Some(index), Event::Resent);
    }
}

/// Another request of a step that was refused: the same key would get the same refusal for ever.
pub(super) fn ask_again(draft: &mut Draft<'_>, index: usize) {
    let world = draft.world;
    let clock = draft.step(index).clock;
    draft.turn(index, |step| {
        if step.state == State::Returned {
            step.deadline = clock.map(|clock| clock.span.end(world.now, world.calendar));
        }
        step.round += 1;
        step.edition = None;
        step.unknown = false;
        step.state = State::Due;
        step.due = Some(world.wall);
        step.failures = 0;
        step.reason = None;
    });
}
