//! The course on small definitions: a table of what follows, and any order of anything.

mod any_order;
mod correct;
mod promise;
mod stranger;
mod table;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use yiwang_civic::calendar::WorkCalendar;

use super::*;
use crate::one_thing::definition::{
    Act, Ask, Clock, Definition, Fact, Ground, Span, Starter, Step, Subject, Ticket, Told, Undo,
    When, faults,
};

const fn ticket(matter: &'static str) -> Ticket {
    Ticket {
        department: "office",
        matter,
    }
}

const fn step(code: &'static str, after: &'static [&'static str], act: Act, undo: Undo) -> Step {
    Step {
        code,
        title: "一步",
        owner: "某部门",
        after,
        when: When::Always,
        act,
        undo,
        pivot: false,
        clock: None,
    }
}

/// `a` and `b` are undone by tickets, `c` is the pivot, `d` waits for a person, `e` for a fact.
pub(super) static SMALL: Definition = Definition {
    code: "small",
    version: 1,
    prefix: "XX",
    title: "小事",
    about: "",
    starter: Starter::Anybody,
    subject: Subject::Other("/id_number"),
    place: "/household",
    once: true,
    handed_in: "",
    void_when: Some(Ground {
        fact: Fact::DeathRevoked,
        words: "死亡登记已经撤销",
    }),
    steps: &[
        step(
            "a",
            &[],
            Act::Ticket(ticket("a")),
            Undo::Ticket(ticket("un-a")),
        ),
        step(
            "b",
            &["a"],
            Act::Ticket(ticket("b")),
            Undo::Ticket(ticket("un-b")),
        ),
        Step {
            pivot: true,
            clock: Some(Clock {
                span: Span::Days(1),
                source: "某法",
            }),
            ..step(
                "c",
                &["b"],
                Act::Ticket(ticket("c")),
                Undo::Never("不能恢复"),
            )
        },
        step(
            "d",
            &["a"],
            Act::Officer("请核对"),
            Undo::Nothing("没有改变什么"),
        ),
        Step {
            when: When::Ticked("/e"),
            ..step(
                "e",
                &[],
                Act::Fact(Fact::Cremated),
                Undo::Nothing("没有改变什么"),
            )
        },
    ],
};

/// `f` waits for the applicant, `g` for the third day.
pub(super) static PATIENT: Definition = Definition {
    code: "patient",
    version: 1,
    prefix: "XX",
    title: "等待",
    about: "",
    starter: Starter::Anybody,
    subject: Subject::Other("/id_number"),
    place: "/household",
    once: true,
    handed_in: "",
    void_when: None,
    steps: &[
        step(
            "f",
            &[],
            Act::Applicant(Ask {
                words: "请带身份证",
                link: None,
            }),
            Undo::Nothing("没有改变什么"),
        ),
        step("g", &[], Act::Days(3), Undo::Nothing("没有改变什么")),
    ],
};

/// A one-thing that is driven by hand.
pub(super) struct Driven {
    pub(super) definition: &'static Definition,
    pub(super) course: Course,
    pub(super) answers: Value,
    pub(super) edition: i32,
    pub(super) told: Vec<Told>,
    pub(super) now: Timestamp,
    pub(super) history: Vec<(Option<usize>, Event)>,
}

impl Driven {
    pub(super) fn new() -> Self {
        Self::of(&SMALL)
    }

    pub(super) fn of(definition: &'static Definition) -> Self {
        assert_eq!(faults(definition), [""; 0]);
        Self {
            definition,
            course: Course::new(definition.steps.len()),
            answers: json!({"e": true}),
            edition: 1,
            told: vec![],
            now: "2026-05-12T01:00:00Z".parse().unwrap(),
            history: vec![],
        }
    }

    pub(super) fn give(&mut self, input: Input<'_>) -> Vec<Change> {
        let world = World {
            answers: &self.answers,
            edition: self.edition,
            told: &self.told,
            started: "2026-05-12T01:00:00Z".parse().unwrap(),
            now: self.now,
            wall: self.now,
            jitter: 0.0,
            calendar: WorkCalendar::embedded(),
        };
        let changes = decide(self.definition, &self.course, world, input);
        self.course.apply(&changes);
        for change in &changes {
            match change {
                Change::Told(index, event) => self.history.push((*index, event.clone())),
                Change::Answers(answers) => {
                    self.answers = answers.clone();
                    self.edition += 1;
                }
                _ => {}
            }
        }
        changes
    }

    pub(super) fn wake(&mut self) -> Vec<Change> {
        self.give(Input::Woken)
    }

    pub(super) fn later(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
    }

    /// Every act that runs ends well, until none runs.
    pub(super) fn all_goes_well(&mut self) {
        loop {
            self.wake();
            let running: Vec<usize> = self.course.running().collect();
            if running.is_empty() {
                return;
            }
            for index in running {
                self.give(Input::Came(index, Outcome::Done(json!({}))));
            }
        }
    }

    pub(super) fn tell(&mut self, kind: &str) {
        self.told.push(Told {
            kind: kind.to_owned(),
            about: String::new(),
            on: String::new(),
        });
    }

    /// An officer sends a step back, for the form's name and phone.
    pub(super) fn send_back(&mut self, index: usize) -> Vec<Change> {
        let asked = vec!["/name".to_owned(), "/phone".to_owned()];
        let signal = Signal::Return(index, reason(Class::Officer), asked);
        self.give(Input::Heard(&signal))
    }

    /// The applicant corrects the name and leaves the phone empty.
    pub(super) fn correct(&mut self, steps: &[usize]) -> Vec<Change> {
        let fields = json!({"name": "李四", "phone": null});
        let fields = fields.as_object().unwrap().clone();
        self.give(Input::Heard(&Signal::Correct(steps.to_vec(), fields)))
    }

    pub(super) fn states(&self) -> [State; 5] {
        [0, 1, 2, 3, 4].map(|index| self.course.steps[index].state)
    }
}

pub(super) fn reason(class: Class) -> Reason {
    Reason {
        class,
        code: "WHY".to_owned(),
        text: "材料不符".to_owned(),
    }
}

pub(super) fn failed(class: Class) -> Outcome {
    Outcome::Failed(reason(class))
}
