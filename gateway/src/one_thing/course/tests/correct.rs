//! Sending back and correcting, one case each.

use super::*;

const A: usize = 0;
const B: usize = 1;
const C: usize = 2;
const D: usize = 3;

/// `a` is done, `b` was refused.
fn refused() -> Driven {
    let mut it = Driven::new();
    it.answers = json!({"e": true, "phone": "1"});
    it.wake();
    it.give(Input::Came(A, Outcome::Done(json!({}))));
    it.wake();
    it.give(Input::Came(B, failed(Class::Business)));
    it
}

#[test]
fn a_refused_step_is_sent_back_once_and_asked_for_anew_with_the_corrected_form() {
    let mut it = refused();
    it.send_back(B);
    assert_eq!(it.states()[B], State::Returned);
    assert_eq!(it.course.steps[B].asked, ["/name", "/phone"]);
    assert_eq!(it.send_back(B), [Change::Moot("NOT_REFUSED")]);
    it.give(Input::Heard(&Signal::Answered(D, json!({}))));
    it.later(7 * 24 * 3600);
    it.wake();
    assert_eq!(
        it.states()[B],
        State::Returned,
        "it waits, the others go on"
    );
    assert_eq!(it.states()[D], State::Done);

    assert_eq!(it.correct(&[A]), [Change::Moot("NOT_RETURNED")]);
    it.correct(&[A, B]);
    assert_eq!(it.answers, json!({"e": true, "name": "李四"}));
    it.wake();
    let step = |index: usize| &it.course.steps[index];
    assert_eq!((step(B).state, step(B).round), (State::Running, 2));
    assert_eq!((step(A).edition, step(B).edition), (Some(1), Some(2)));
    let events = it.history.iter().map(|(_, event)| event.code());
    let events: Vec<&str> = events.collect();
    assert!(events.ends_with(&["corrected", "resent"]), "{events:?}");
    assert_eq!(it.correct(&[B]), [Change::Moot("NOT_RETURNED")]);

    it.give(Input::Came(B, failed(Class::Business)));
    assert_eq!(it.send_back(B), [Change::Moot("RETURNED_BEFORE")]);
    it.give(Input::Heard(&Signal::Skip(B, reason(Class::Officer))));
    assert_eq!(it.states()[B], State::Skipped);
}

#[test]
fn only_a_refusal_of_what_the_form_says_is_sent_back() {
    let mut it = refused();
    let not = [Change::Moot("NOT_REFUSED")];
    assert_eq!(it.send_back(A), not, "it is done");
    assert_eq!(it.send_back(C), not, "it has not begun");
    assert_eq!(it.send_back(D), not, "an officer does it");
    let mut it = Driven::new();
    it.wake();
    assert_eq!(it.send_back(A), [Change::Park], "its answer may come");
    for _ in 0..20 {
        it.give(Input::Came(A, failed(Class::Unknown)));
        it.later(1_000);
        it.wake();
    }
    assert_eq!(it.states()[A], State::Stuck);
    assert_eq!(it.send_back(A), not, "nobody has refused it");
}

#[test]
fn an_officer_need_not_wait_for_the_applicant_for_ever() {
    let mut it = refused();
    it.send_back(B);
    it.give(Input::Heard(&Signal::Retry(B)));
    assert_eq!(
        (it.states()[B], it.course.steps[B].round),
        (State::Due, 2),
        "another request, from the form as it is"
    );
    let mut it = refused();
    it.send_back(B);
    it.give(Input::Heard(&Signal::Withdraw));
    it.all_goes_well();
    assert_eq!(it.states()[..2], [State::Undone, State::Cancelled]);
    assert_eq!(it.course.parent, Parent::Withdrawn);
}

#[test]
fn the_clock_of_the_law_runs_anew_from_the_corrected_form() {
    let mut it = refused();
    it.give(Input::Heard(&Signal::Retry(B)));
    it.wake();
    it.give(Input::Came(B, Outcome::Done(json!({}))));
    it.wake();
    let first = it.course.steps[C].deadline.unwrap();
    it.give(Input::Came(C, failed(Class::Business)));
    it.send_back(C);
    it.later(5 * 24 * 3600);
    it.wake();
    assert!(
        !it.course.steps[C].overdue,
        "the applicant's time is nobody's delay"
    );
    it.correct(&[C]);
    let second = it.course.steps[C].deadline.unwrap();
    assert!(second > it.now && second > first);
}
