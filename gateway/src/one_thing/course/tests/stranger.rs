//! What somebody learns who is no relative: nothing that depends on the person asked about.

use super::*;
use crate::one_thing::definitions::AFTER_DEATH;

/// Everything that may be known of somebody, each alone and together.
const LIVES: [&[&str]; 6] = [
    &[],
    &["benefit.started", "married"],
    &["death.recorded"],
    &[
        "married",
        "benefit.started",
        "death.recorded",
        "benefit.ended",
        "widowed",
        "cremated",
    ],
    &["death.recorded", "death.revoked"],
    &[
        "death.recorded",
        "death.revoked",
        "married",
        "death.recorded",
    ],
];

#[test]
fn a_stranger_is_told_the_same_about_everybody() {
    let seen = LIVES.map(|life| {
        let mut driven = Driven::of(&AFTER_DEATH);
        driven.answers = json!({"funeral": "arrange", "licence": true, "medical": true});
        for kind in life {
            driven.tell(kind);
        }
        driven.wake();
        let running: Vec<usize> = driven.course.running().collect();
        assert_eq!(running, [0], "kinship is asked first, and nothing else");
        driven.give(Input::Came(0, failed(Class::Business)));
        for _ in 0..3 {
            driven.later(700);
            driven.wake();
        }
        (driven.course, driven.history)
    });
    for other in &seen[1..] {
        assert_eq!(other, &seen[0]);
    }
    assert_eq!(seen[0].0.steps[0].state, State::Stuck);
    assert!(
        seen[0].0.steps[1..]
            .iter()
            .all(|step| step.state == State::Blocked)
    );
}

#[test]
fn a_wrong_record_from_before_spoils_nothing() {
    let mut driven = Driven::of(&AFTER_DEATH);
    driven.answers = json!({"funeral": "burial"});
    for kind in ["death.recorded", "death.revoked"] {
        driven.tell(kind);
    }
    driven.all_goes_well();
    assert_eq!(
        driven.course.ending, None,
        "it waits for the death that stands"
    );
    driven.tell("death.recorded");
    driven.all_goes_well();
    assert_eq!(driven.course.parent, Parent::Done);
    driven.tell("death.revoked");
    driven.wake();
    assert_eq!(driven.course.ending, Some(Ending::Void));
}

#[test]
fn what_was_given_up_after_it_was_handed_in_is_taken_back_too() {
    let mut driven = Driven::of(&AFTER_DEATH);
    driven.answers = json!({"funeral": "burial", "medical": true});
    driven.tell("death.recorded");
    let medical = AFTER_DEATH.index("medical").unwrap();
    loop {
        driven.wake();
        let running: Vec<usize> = driven.course.running().collect();
        if running.is_empty() {
            break;
        }
        for index in running {
            let came = match index == medical {
                true => Outcome::Accepted,
                false => Outcome::Done(json!({})),
            };
            driven.give(Input::Came(index, came));
        }
    }
    driven.give(Input::Heard(&Signal::Skip(medical, reason(Class::Officer))));
    assert_eq!(driven.course.steps[medical].state, State::Skipped);
    driven.tell("death.revoked");
    driven.all_goes_well();
    assert_eq!(driven.course.steps[medical].state, State::Undone);
}
