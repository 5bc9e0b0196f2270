//! Any order of anything: what must hold holds after each input.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone, Copy)]
enum Move {
    Wake,
    Later(u16),
    Well(usize),
    Accepted(usize),
    Fails(usize, Class),
    Lost,
    Hurry(usize),
    Answered(usize),
    Retry(usize),
    Skip(usize),
    Return(usize),
    Correct,
    Withdraw,
    Abort,
    Cremated,
    Revoked,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let at = 0..5_usize;
    let class = prop_oneof![
        Just(Class::Transient),
        Just(Class::Unknown),
        Just(Class::Business)
    ];
    let one = prop_oneof![
        6 => Just(Move::Wake),
        3 => any::<u16>().prop_map(Move::Later),
        6 => at.clone().prop_map(Move::Well),
        3 => at.clone().prop_map(Move::Accepted),
        3 => (at.clone(), class).prop_map(|(at, class)| Move::Fails(at, class)),
        1 => Just(Move::Lost),
        1 => at.clone().prop_map(Move::Hurry),
        2 => at.clone().prop_map(Move::Answered),
        2 => at.clone().prop_map(Move::Retry),
        1 => at.clone().prop_map(Move::Skip),
        2 => at.prop_map(Move::Return),
        1 => Just(Move::Correct),
        1 => Just(Move::Withdraw),
        1 => Just(Move::Abort),
        1 => Just(Move::Cremated),
        1 => Just(Move::Revoked),
    ];
    prop::collection::vec(one, 1..80)
}

impl Driven {
    fn make(&mut self, one: Move) {
        let why = || reason(Class::Officer);
        match one {
            Move::Wake => drop(self.wake()),
            Move::Later(seconds) => self.later(i64::from(seconds)),
            Move::Well(at) => drop(self.give(Input::Came(at, Outcome::Done(json!({}))))),
            Move::Accepted(at) => drop(self.give(Input::Came(at, Outcome::Accepted))),
            Move::Fails(at, class) => drop(self.give(Input::Came(at, failed(class)))),
            Move::Lost => drop(self.give(Input::Recovered)),
            Move::Hurry(at) => drop(self.give(Input::Heard(&Signal::Hurry(at)))),
            Move::Answered(at) => {
                drop(self.give(Input::Heard(&Signal::Answered(at, json!({})))));
            }
            Move::Retry(at) => drop(self.give(Input::Heard(&Signal::Retry(at)))),
            Move::Skip(at) => drop(self.give(Input::Heard(&Signal::Skip(at, why())))),
            Move::Return(at) => drop(self.send_back(at)),
            Move::Correct => drop(self.correct(&[0, 1, 2, 3, 4])),
            Move::Withdraw => drop(self.give(Input::Heard(&Signal::Withdraw))),
            Move::Abort => drop(self.give(Input::Heard(&Signal::Abort(why())))),
            Move::Cremated => self.tell("cremated"),
            Move::Revoked => self.tell("death.revoked"),
        }
    }

    fn holds(&self) {
        for (index, step) in self.course.steps.iter().enumerate() {
            let definition = &SMALL.steps[index];
            let after = definition
                .after
                .iter()
                .map(|code| SMALL.index(code).unwrap());
            if step.attempts > 0 || step.state == State::Done {
                let begun = |at: usize| {
                    let before = &self.course.steps[at];
                    before.state.lets_on() || before.phase == Phase::Undo
                };
                assert!(after.clone().all(begun), "{index} began before its turn");
            }
            let reasoned = matches!(step.state, State::Stuck | State::Returned | State::Skipped);
            assert!(!reasoned || step.reason.is_some(), "{index} has no reason");
            assert_eq!(
                step.state == State::Due,
                step.due.is_some() && step.state == State::Due
            );
            assert!(step.state != State::Undone || step.phase == Phase::Undo);
            let returned = step.state == State::Returned;
            assert!(!returned || (step.phase == Phase::Do && !step.asked.is_empty()));
            assert!(step.edition.is_some() || step.state != State::Running);
            if step.phase == Phase::Undo {
                let begun = after.clone().all(|at| {
                    self.course.steps[at].state != State::Undone
                        || step.state.is_settled()
                        || step.state == State::Stuck
                });
                assert!(begun, "{index} stands on something that was taken back");
                assert!(self.course.ending.is_some());
            }
        }
        let open = self
            .course
            .steps
            .iter()
            .any(|step| !step.state.is_settled());
        assert!(!(open && self.course.parent.is_final()));
    }

    /// Departments answer well and officers give up what they cannot settle: it must end.
    fn ends(&mut self) {
        for _ in 0..200 {
            self.later(2_000);
            self.all_goes_well();
            for index in 0..5 {
                match self.course.steps[index].state {
                    State::Waiting => self.make(Move::Answered(index)),
                    State::Stuck => self.make(Move::Skip(index)),
                    State::Returned => self.make(Move::Correct),
                    _ => {}
                }
            }
            if self.course.parent.is_final() {
                return;
            }
            self.tell("cremated");
        }
        panic!("it never ends: {:?}", self.course);
    }
}

proptest! {
    #[test]
    fn nothing_begins_before_its_turn_and_everything_ends(moves in moves()) {
        let mut it = Driven::new();
        for one in moves {
            let was_final = it.course.parent.is_final();
            let before = it.course.clone();
            it.make(one);
            it.holds();
            // What has ended stays as it is, unless its ground was wrong.
            if was_final && it.course.ending != Some(Ending::Void) {
                prop_assert_eq!(&it.course, &before);
            }
        }
        it.ends();
        it.holds();
        let settled = it.course.steps.iter().all(|step| step.state.is_settled());
        prop_assert!(settled);
    }
}
