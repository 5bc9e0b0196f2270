//! The state of the whole follows from its steps.

use super::{Change, Course, Ending, Event, Parent, State, draft::Draft, ending};

/// Whatever happens first, the whole is taken on before it.
pub(super) fn accept(draft: &mut Draft<'_>) {
    if draft.course.parent == Parent::Submitted {
        draft.push(Change::Parent(Parent::Accepted));
        draft.tell(None, Event::Accepted);
    }
}

/// Brings the state of the whole up to date.
pub(super) fn settle(draft: &mut Draft<'_>) {
    let next = of(&draft.course, ending::owes(draft));
    if next == draft.course.parent {
        return;
    }
    draft.push(Change::Parent(next));
    match next {
        Parent::Done => draft.tell(None, Event::Finished),
        Parent::PartlyFailed => draft.tell(None, Event::PartlyFailed),
        _ => {}
    }
}

/// D1: partly done while anything is open, partly failed when something was given up.
fn of(course: &Course, owes: bool) -> Parent {
    let any = |state| course.steps.iter().any(|step| step.state == state);
    let ended = course.steps.iter().all(|step| step.state.is_settled());
    match course.ending {
        Some(ending) if ended && !owes => match ending {
            Ending::Withdrawn => Parent::Withdrawn,
            Ending::Aborted | Ending::Void => Parent::Terminated,
        },
        Some(_) => Parent::Running,
        None if ended && any(State::Skipped) => Parent::PartlyFailed,
        None if ended => Parent::Done,
        None if any(State::Done) => Parent::PartlyDone,
        None if course.steps.iter().any(|step| step.state != State::Blocked) => Parent::Running,
        None => Parent::Accepted,
    }
}
