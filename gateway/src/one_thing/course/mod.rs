//! The course of a one-thing: what follows from what happened. Pure.
//!
//! ```text
//! step, doing    blocked ─> due ─> running ─> waiting ─> done
//!                   │        ^        │  └──────────────┘ │
//!                   │        └─ away ─┤                    └─> due (undo) ─> … ─> undone
//!                   ├─> not_needed    └─ refused ─> stuck ─retry─> due
//!                   └─> cancelled                     ├─skip─> skipped
//!                                                     └─return─> returned ─correct─> due
//! ```
//! `running` is what may have happened without our knowing: whoever finds it after a crash asks
//! before it acts again.

use jiff::Timestamp;
use serde_json::Value;
use yiwang_civic::calendar::WorkCalendar;

use super::definition::Told;

mod backoff;
mod correct;
mod decide;
mod draft;
mod ending;
mod event;
mod hear;
mod outcome;
mod parent;
mod promise;
mod ready;
mod signal;

pub(crate) use backoff::later;
pub(crate) use decide::decide;
pub(crate) use event::Event;
pub(crate) use promise::{Promise, promise};
pub(crate) use signal::{Input, Signal};

/// What is decided on: the stored state of one one-thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Course {
    /// The whole.
    pub(crate) parent: Parent,
    /// Why it goes back or stops; none while it goes forward.
    pub(crate) ending: Option<Ending>,
    /// The steps, in the order of the definition.
    pub(crate) steps: Vec<StepState>,
}

/// State of the whole (D1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parent {
    /// Handed in.
    Submitted,
    /// Taken on.
    Accepted,
    /// A step has begun.
    Running,
    /// A step is done, others are not.
    PartlyDone,
    /// All that was needed is done.
    Done,
    /// It has ended, and something was not done; each with its reason.
    PartlyFailed,
    /// The applicant took it back.
    Withdrawn,
    /// Stopped by an officer, or its ground was wrong.
    Terminated,
}

/// Why a one-thing does not go forward any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// By the applicant.
    Withdrawn,
    /// By an operator.
    Aborted,
    /// Its ground was wrong, e.g. somebody was declared dead who lives.
    Void,
}

/// State of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StepState {
    pub(crate) state: State,
    pub(crate) phase: Phase,
    /// Which request it is: a refusal is final, so a retry after one is another request.
    pub(crate) round: i32,
    /// Acts begun, in both phases.
    pub(crate) attempts: i32,
    /// Failed acts in a row.
    pub(crate) failures: i32,
    /// When to act or ask next, machine time.
    pub(crate) due: Option<Timestamp>,
    /// An act may have happened whose answer was never heard.
    pub(crate) unknown: bool,
    /// End of the legal clock, business time.
    pub(crate) deadline: Option<Timestamp>,
    /// The clock has run out.
    pub(crate) overdue: bool,
    /// Why it is stuck, was sent back or was skipped.
    pub(crate) reason: Option<Reason>,
    /// Which edition of the form its request is made from; none: there is no request yet.
    pub(crate) edition: Option<i32>,
    /// What it was sent back for, once: pointers into the form.
    pub(crate) asked: Vec<String>,
}

/// Where a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Others come first.
    Blocked,
    /// To be acted on at `due`.
    Due,
    /// Being acted on.
    Running,
    /// Somebody else's turn.
    Waiting,
    /// An officer's turn, with the reason.
    Stuck,
    /// The applicant's turn: what was asked of the form is to be corrected.
    Returned,
    /// Done.
    Done,
    /// Not needed in this case.
    NotNeeded,
    /// Given up by an officer, with the reason.
    Skipped,
    /// Never begun, because the whole ended.
    Cancelled,
    /// Done, and taken back.
    Undone,
}

/// Forward or back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Do,
    Undo,
}

/// Why something did not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) class: Class,
    /// Stable code.
    pub(crate) code: String,
    /// What a person reads; no personal data.
    pub(crate) text: String,
}

/// What kind of reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Not taken; the same may work later.
    Transient,
    /// It may have been taken.
    Unknown,
    /// A final no.
    Business,
    /// An officer's own words.
    Officer,
}

/// What came of an act.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// Done, with what it gave.
    Done(Value),
    /// Taken; the answer comes later.
    Accepted,
    /// Not done: see the class of the reason.
    Failed(Reason),
}

/// What is known besides the state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct World<'a> {
    /// The form, as it stands.
    pub(crate) answers: &'a Value,
    /// How often it was written, with the first time.
    pub(crate) edition: i32,
    /// What events told of the person, oldest first.
    pub(crate) told: &'a [Told],
    /// Start, business time.
    pub(crate) started: Timestamp,
    /// Business time: legal clocks and days.
    pub(crate) now: Timestamp,
    /// Machine time: retries.
    pub(crate) wall: Timestamp,
    /// Spreads retries; from 0 to 1.
    pub(crate) jitter: f64,
    pub(crate) calendar: &'a WorkCalendar,
}

/// What follows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    /// The step at this index is now so; what it gave.
    Step(usize, StepState, Option<Value>),
    /// The whole is now so.
    Parent(Parent),
    /// It goes forward no more.
    Ending(Ending),
    /// The form is now so: its next edition.
    Answers(Value),
    /// This belongs into the history; none: the whole.
    Told(Option<usize>, Event),
    /// The signal comes too early: it waits.
    Park,
    /// The signal has no effect, for this reason.
    Moot(&'static str),
}

impl Course {
    /// A new one-thing of so many steps.
    pub(crate) fn new(steps: usize) -> Self {
        Self {
            parent: Parent::Submitted,
            ending: None,
            steps: vec![StepState::default(); steps],
        }
    }

    /// Follows a decision.
    pub(crate) fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Step(index, state, _) => self.steps[*index] = state.clone(),
                Change::Parent(parent) => self.parent = *parent,
                Change::Ending(ending) => self.ending = Some(*ending),
                Change::Answers(_) | Change::Told(..) | Change::Park | Change::Moot(_) => {}
            }
        }
    }

    /// The steps whose act is under way.
    pub(crate) fn running(&self) -> impl Iterator<Item = usize> {
        let steps = self.steps.iter().enumerate();
        steps
            .filter(|(_, step)| step.state == State::Running)
            .map(|(index, _)| index)
    }

    /// When something is to be done without anybody saying so, machine time.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        let open = self.steps.iter();
        open.filter(|step| matches!(step.state, State::Due | State::Waiting))
            .filter_map(|step| step.due)
            .min()
    }
}

impl Default for StepState {
    fn default() -> Self {
        Self {
            state: State::Blocked,
            phase: Phase::Do,
            round: 1,
            attempts: 0,
            failures: 0,
            due: None,
            unknown: false,
            deadline: None,
            overdue: false,
            reason: None,
            edition: None,
            asked: Vec::new(),
        }
    }
}

impl State {
    /// Whether those after it may begin.
    pub(crate) fn lets_on(self) -> bool {
        matches!(self, Self::Done | Self::NotNeeded | Self::Skipped)
    }

    /// Whether nothing happens to it any more by itself.
    pub(crate) fn is_settled(self) -> bool {
        matches!(
            self,
            Self::Done | Self::NotNeeded | Self::Skipped | Self::Cancelled | Self::Undone
        )
    }
}

impl Parent {
    /// Whether it has ended.
    pub(crate) fn is_final(self) -> bool {
        matches!(
            self,
            Self::Done | Self::PartlyFailed | Self::Withdrawn | Self::Terminated
        )
    }
}

#[cfg(test)]
mod tests;
