//! What follows, one case each.

use super::*;

const A: usize = 0;
const B: usize = 1;
const C: usize = 2;
const D: usize = 3;
const E: usize = 4;

use State::{Blocked, Cancelled, Done, Due, NotNeeded, Running, Skipped, Stuck, Undone, Waiting};

#[test]
fn steps_begin_in_the_order_of_the_graph_and_the_whole_is_done_at_the_end() {
    let mut it = Driven::new();
    it.wake();
    assert_eq!(it.states(), [Running, Blocked, Blocked, Blocked, Waiting]);
    assert_eq!(it.course.parent, Parent::Running);
    it.give(Input::Came(A, Outcome::Done(json!({}))));
    assert_eq!(it.course.parent, Parent::PartlyDone);
    it.wake();
    assert_eq!(it.states(), [Done, Running, Blocked, Waiting, Waiting]);
    it.all_goes_well();
    assert_eq!(it.states(), [Done, Done, Done, Waiting, Waiting]);
    it.give(Input::Heard(&Signal::Answered(D, json!({"ok": true}))));
    it.tell("cremated");
    it.all_goes_well();
    assert_eq!(it.states(), [Done; 5]);
    assert_eq!(it.course.parent, Parent::Done);
    let last = it.history.last().unwrap();
    assert_eq!(*last, (None, Event::Finished));
}

#[test]
fn what_the_form_does_not_ask_for_is_not_needed() {
    let mut it = Driven::new();
    it.answers = json!({});
    it.wake();
    assert_eq!(it.states()[E], NotNeeded);
}

#[test]
fn an_answer_or_a_fact_that_comes_early_is_kept() {
    let mut it = Driven::new();
    it.tell("cremated");
    let early = Signal::Answered(D, json!({}));
    assert!(it.give(Input::Heard(&early)).contains(&Change::Park));
    it.wake();
    assert_eq!(it.states()[E], Done, "the fact was there before the step");
    assert_eq!(it.give(Input::Heard(&Signal::Hurry(B))), [Change::Park]);
}

#[test]
fn what_is_away_is_tried_again_with_growing_waits_and_then_an_officer_looks() {
    let mut it = Driven::new();
    let mut waits = vec![];
    for _ in 0..19 {
        it.wake();
        assert_eq!(it.states()[A], Running);
        it.give(Input::Came(A, failed(Class::Transient)));
        assert_eq!(it.states()[A], Due);
        let due = it.course.steps[A].due.unwrap();
        waits.push(due.duration_since(it.now).as_millis());
        it.wake();
        assert_eq!(it.states()[A], Due, "not before its time");
        it.now = due;
    }
    assert_eq!(waits[..4], [500, 1_000, 2_000, 4_000]);
    assert_eq!(waits[18], 900_000);
    assert!(!it.course.steps[A].unknown, "it never arrived");
    it.wake();
    it.give(Input::Came(A, failed(Class::Transient)));
    assert_eq!(it.states()[A], Stuck);
    it.give(Input::Heard(&Signal::Retry(A)));
    it.wake();
    assert_eq!(
        (it.states()[A], it.course.steps[A].round),
        (Running, 1),
        "the same key"
    );
}

#[test]
fn after_an_unknown_outcome_the_next_act_asks_first() {
    let mut it = Driven::new();
    it.wake();
    it.give(Input::Came(A, failed(Class::Unknown)));
    it.later(1);
    it.wake();
    assert!(it.course.steps[A].unknown && it.states()[A] == Running);
    it.give(Input::Came(A, failed(Class::Transient)));
    assert!(it.course.steps[A].unknown, "still not known");
    it.later(10);
    it.wake();
    it.give(Input::Came(A, Outcome::Done(json!({}))));
    assert!(!it.course.steps[A].unknown);
}

#[test]
fn a_lost_owner_leaves_the_outcome_unknown() {
    let mut it = Driven::new();
    it.wake();
    it.give(Input::Recovered);
    assert_eq!(it.states()[A], Due);
    assert!(it.course.steps[A].unknown);
}

#[test]
fn a_refusal_waits_for_an_officer_and_the_others_go_on() {
    let mut it = Driven::new();
    it.wake();
    it.give(Input::Came(A, Outcome::Done(json!({}))));
    it.wake();
    it.give(Input::Came(B, failed(Class::Business)));
    assert_eq!(it.states()[B], Stuck);
    it.give(Input::Heard(&Signal::Answered(D, json!({}))));
    it.tell("cremated");
    it.wake();
    assert_eq!(it.states(), [Done, Stuck, Blocked, Done, Done]);
    assert_eq!(it.course.parent, Parent::PartlyDone);

    it.give(Input::Heard(&Signal::Retry(B)));
    it.wake();
    assert_eq!(
        (it.states()[B], it.course.steps[B].round),
        (Running, 2),
        "another request"
    );
    it.give(Input::Came(B, failed(Class::Business)));
    it.give(Input::Heard(&Signal::Skip(B, reason(Class::Officer))));
    it.all_goes_well();
    assert_eq!(it.states(), [Done, Skipped, Done, Done, Done]);
    assert_eq!(it.course.parent, Parent::PartlyFailed);
}

#[test]
fn before_the_pivot_a_withdrawal_takes_back_what_was_done_last_first() {
    let mut it = Driven::new();
    it.wake();
    it.give(Input::Came(A, Outcome::Done(json!({}))));
    it.wake();
    it.give(Input::Came(B, Outcome::Accepted));
    it.give(Input::Heard(&Signal::Withdraw));
    it.wake();
    assert_eq!(
        it.states(),
        [Done, Waiting, Cancelled, Cancelled, Cancelled]
    );
    it.later(10);
    it.wake();
    it.give(Input::Came(B, Outcome::Done(json!({}))));
    it.wake();
    assert_eq!(
        (it.states()[A], it.states()[B]),
        (Done, Running),
        "b before a"
    );
    assert_eq!(it.course.steps[B].phase, Phase::Undo);
    it.give(Input::Came(B, Outcome::Done(json!({}))));
    assert_eq!(
        it.course.parent,
        Parent::Running,
        "a is still to be taken back"
    );
    it.all_goes_well();
    assert_eq!(
        it.states(),
        [Undone, Undone, Cancelled, Cancelled, Cancelled]
    );
    assert_eq!(it.course.parent, Parent::Withdrawn);
}

#[test]
fn after_the_pivot_there_is_no_withdrawal_and_an_abort_lets_what_began_end() {
    let mut it = Driven::new();
    for _ in 0..2 {
        it.wake();
        let running = it.course.running().next().unwrap();
        it.give(Input::Came(running, Outcome::Done(json!({}))));
    }
    it.wake();
    it.give(Input::Came(C, Outcome::Accepted));
    let moot = it.give(Input::Heard(&Signal::Withdraw));
    let told = Change::Told(None, Event::TooLate);
    assert_eq!(moot, [Change::Moot("PIVOT_PASSED"), told]);
    it.give(Input::Heard(&Signal::Abort(reason(Class::Officer))));
    it.wake();
    assert_eq!(it.states(), [Done, Done, Waiting, Cancelled, Cancelled]);
    it.later(10);
    it.all_goes_well();
    assert_eq!(it.states(), [Done, Done, Done, Cancelled, Cancelled]);
    assert_eq!(it.course.parent, Parent::Terminated);
}

#[test]
fn a_pivot_that_was_refused_does_not_bar_the_way_back() {
    let mut it = Driven::new();
    for _ in 0..2 {
        it.wake();
        let running = it.course.running().next().unwrap();
        it.give(Input::Came(running, Outcome::Done(json!({}))));
    }
    it.wake();
    it.give(Input::Came(C, failed(Class::Business)));
    it.give(Input::Heard(&Signal::Abort(reason(Class::Officer))));
    it.all_goes_well();
    assert_eq!(
        it.states(),
        [Undone, Undone, Cancelled, Cancelled, Cancelled]
    );
}

#[test]
fn a_ground_that_was_wrong_undoes_what_can_be_undone_and_calls_a_person_for_the_rest() {
    let mut it = Driven::new();
    it.tell("cremated");
    it.all_goes_well();
    it.give(Input::Heard(&Signal::Answered(D, json!({}))));
    assert_eq!(it.course.parent, Parent::Done);
    it.tell("death.revoked");
    it.all_goes_well();
    assert_eq!(it.states(), [Undone, Undone, Stuck, Done, Done]);
    assert_eq!(it.course.parent, Parent::Running);
    assert_eq!(
        it.course.steps[C].reason.as_ref().unwrap().code,
        "IRREVERSIBLE"
    );
    let moot = it.give(Input::Heard(&Signal::Retry(C)));
    assert_eq!(moot, [Change::Moot("IRREVERSIBLE")]);
    it.give(Input::Heard(&Signal::Skip(C, reason(Class::Officer))));
    assert_eq!(it.course.parent, Parent::Terminated);
    it.wake();
    assert_eq!(it.course.parent, Parent::Terminated, "once is enough");
}

#[test]
fn a_failed_undo_calls_a_person_and_is_tried_again() {
    let mut it = Driven::new();
    it.wake();
    it.give(Input::Came(A, Outcome::Done(json!({}))));
    it.give(Input::Heard(&Signal::Withdraw));
    it.wake();
    for _ in 0..40 {
        it.give(Input::Came(A, failed(Class::Transient)));
        it.later(1_000);
        it.wake();
        assert_eq!(it.states()[A], Running, "undoing is tried for ever");
    }
    it.give(Input::Came(A, failed(Class::Business)));
    assert_eq!(it.states()[A], Stuck);
    assert_eq!(it.course.parent, Parent::Running);
    it.give(Input::Heard(&Signal::Retry(A)));
    it.all_goes_well();
    assert_eq!(it.states()[A], Undone);
    assert_eq!(it.course.parent, Parent::Withdrawn);
}

#[test]
fn a_clock_that_runs_out_is_told_once() {
    let mut it = Driven::new();
    for _ in 0..2 {
        it.wake();
        let running = it.course.running().next().unwrap();
        it.give(Input::Came(running, Outcome::Done(json!({}))));
    }
    it.wake();
    it.give(Input::Came(C, Outcome::Accepted));
    it.later(3 * 24 * 3600);
    it.wake();
    it.give(Input::Came(C, Outcome::Accepted));
    it.later(3600);
    it.wake();
    let told = it
        .history
        .iter()
        .filter(|(_, event)| *event == Event::Overdue);
    assert_eq!(told.count(), 1);
}

#[test]
fn repeats_get_an_honest_answer() {
    let mut it = Driven::new();
    it.all_goes_well();
    assert!(it.give(Input::Came(A, Outcome::Done(json!({})))).is_empty());
    let moot = |signal: &Signal, it: &mut Driven| it.give(Input::Heard(signal));
    assert_eq!(
        moot(&Signal::Retry(A), &mut it),
        [Change::Moot("NOT_STUCK")]
    );
    assert_eq!(moot(&Signal::Hurry(A), &mut it), [Change::Moot("SETTLED")]);
    let skip = Signal::Skip(A, reason(Class::Officer));
    assert_eq!(moot(&skip, &mut it), [Change::Moot("NOT_OPEN")]);
    let answer = Signal::Answered(A, json!({}));
    assert_eq!(moot(&answer, &mut it), [Change::Moot("NOT_ASKED")]);
}

#[test]
fn a_wait_for_the_applicant_and_for_a_day_ends_with_the_answer_and_the_day() {
    let mut it = Driven::of(&PATIENT);
    it.wake();
    let state = |it: &Driven, index: usize| it.course.steps[index].state;
    assert_eq!((state(&it, 0), state(&it, 1)), (Waiting, Waiting));
    let told = it
        .history
        .iter()
        .find(|(index, _)| *index == Some(0))
        .unwrap();
    let words = told.1.words(&PATIENT, told.0);
    assert_eq!(words, "一步：需要您办。请带身份证");
    it.give(Input::Heard(&Signal::Answered(0, json!({}))));
    it.later(2 * 24 * 3600);
    it.wake();
    assert_eq!((state(&it, 0), state(&it, 1)), (Done, Waiting));
    assert!(
        it.course.next_due().is_some(),
        "somebody looks whether the day has come"
    );
    it.later(24 * 3600);
    it.wake();
    assert_eq!(it.course.parent, Parent::Done);
}
