//! The last day of the whole, one case each.

use jiff::civil::{Date, date};

use super::*;

/// `b` and `c` after `a`, `d` after both; `d` has no clock.
static PATHS: Definition = Definition {
    code: "paths",
    void_when: None,
    steps: &[
        clocked("a", &[], Span::WorkingDays(2)),
        clocked("b", &["a"], Span::Days(3)),
        Step {
            when: When::Ticked("/c"),
            ..clocked("c", &["a"], Span::WorkingDays(10))
        },
        step(
            "d",
            &["b", "c"],
            Act::Officer("请核对"),
            Undo::Nothing("没有改变什么"),
        ),
    ],
    ..SMALL_FRAME
};

const SMALL_FRAME: Definition = Definition {
    code: "frame",
    version: 1,
    prefix: "XX",
    title: "小事",
    about: "",
    starter: Starter::Anybody,
    subject: Subject::Applicant,
    place: "/household",
    once: true,
    handed_in: "",
    void_when: None,
    steps: &[],
};

const fn clocked(code: &'static str, after: &'static [&'static str], span: Span) -> Step {
    let clock = Clock {
        span,
        source: "某法",
    };
    Step {
        clock: Some(clock),
        ..step(
            code,
            after,
            Act::Officer("请核对"),
            Undo::Nothing("没有改变什么"),
        )
    }
}

/// What a step is changed to: its place, its state, the end of its clock.
type Changed = (usize, State, Option<&'static str>);

/// What is told, whether `c` is ticked, the steps, and what is promised.
type Case<'a> = (&'a str, bool, &'a [Changed], Option<Date>, bool);

#[test]
fn the_last_day_is_that_of_the_longest_path_that_is_open() {
    let may = |day| Some(date(2026, 5, day));
    // It starts on a Tuesday.
    let rows: [Case<'_>; 8] = [
        ("b from Thursday, to a Monday", false, &[], may(18), true),
        ("c is longer", true, &[], may(28), true),
        (
            "what has begun keeps its own clock",
            false,
            &[(0, State::Waiting, Some("2026-05-20T16:00:00Z"))],
            may(25),
            true,
        ),
        (
            "what was given up takes no time",
            false,
            &[(0, State::Skipped, None)],
            may(15),
            true,
        ),
        (
            "what is done is promised no more",
            true,
            &[
                (0, State::Done, Some("2026-05-14T16:00:00Z")),
                (1, State::Waiting, Some("2026-05-16T16:00:00Z")),
                (2, State::NotNeeded, None),
            ],
            may(16),
            true,
        ),
        (
            "only d is open",
            false,
            &[
                (0, State::Done, Some("2026-05-14T16:00:00Z")),
                (1, State::Done, Some("2026-05-18T16:00:00Z")),
                (2, State::NotNeeded, None),
            ],
            None,
            true,
        ),
        (
            "every open step has a clock",
            false,
            &[(3, State::Cancelled, None)],
            may(18),
            false,
        ),
        (
            "all is over",
            false,
            &[
                (0, State::Done, Some("2026-05-14T16:00:00Z")),
                (1, State::Done, Some("2026-05-18T16:00:00Z")),
                (2, State::NotNeeded, None),
                (3, State::Done, None),
            ],
            None,
            false,
        ),
    ];
    for (told, ticked, changed, last_day, open_ended) in rows {
        let mut it = Driven::of(&PATHS);
        it.answers = json!({"c": ticked});
        for (index, state, deadline) in changed {
            it.course.steps[*index].state = *state;
            it.course.steps[*index].deadline = deadline.map(|end| end.parse().unwrap());
        }
        let expected = Promise {
            last_day,
            open_ended,
        };
        assert_eq!(promised(&it), expected, "{told}");
        it.course.ending = Some(Ending::Withdrawn);
        assert_eq!(promised(&it), Promise::default(), "{told}, and goes back");
    }
}

fn promised(it: &Driven) -> Promise {
    let calendar = WorkCalendar::embedded();
    promise(it.definition, &it.course, &it.answers, it.now, calendar)
}
