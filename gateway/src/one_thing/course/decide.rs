//! The one function everything goes through.

use super::{
    Change, Course, Input, State, World, draft::Draft, ending, hear, outcome, parent, ready,
};
use crate::one_thing::definition::Definition;

/// What follows from `input`. The order of the changes is the order of the history.
pub(crate) fn decide(
    definition: &Definition,
    course: &Course,
    world: World<'_>,
    input: Input<'_>,
) -> Vec<Change> {
    let mut draft = Draft::new(definition, course, world);
    parent::accept(&mut draft);
    match input {
        Input::Woken => {
            ending::notice_void(&mut draft);
            ending::go_back(&mut draft);
            ready::wake(&mut draft);
            ready::act(&mut draft);
            ready::look_at_clocks(&mut draft);
        }
        Input::Recovered => recover(&mut draft),
        Input::Came(index, outcome) => outcome::came(&mut draft, index, outcome),
        Input::Heard(signal) => hear::heard(&mut draft, signal),
    }
    parent::settle(&mut draft);
    draft.changes
}

/// What was under way may have happened: whoever acts next asks first.
fn recover(draft: &mut Draft<'_>) {
    let lost: Vec<usize> = draft.course.running().collect();
    for index in lost {
        let wall = draft.world.wall;
        draft.turn(index, |step| {
            step.state = State::Due;
            step.due = Some(wall);
            step.unknown = true;
        });
        draft.tell(Some(index), super::Event::Recovered);
    }
}
