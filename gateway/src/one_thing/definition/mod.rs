//! How a one-thing is written down: plain data, read like a contract.

use serde_json::Value;
use yiwang_chassis::identity::Role;

#[cfg(test)]
mod check;
mod clock;
mod fact;

#[cfg(test)]
pub(crate) use check::faults;
pub(crate) use clock::{Clock, Span, last_day};
pub(crate) use fact::{Fact, Told};

/// A one-thing in one version. A running one keeps its version; an old version stays in the list
/// until none runs under it.
#[derive(Debug)]
pub(crate) struct Definition {
    /// Stable name, in URLs and rows.
    pub(crate) code: &'static str,
    /// Greater for a later contract.
    pub(crate) version: i32,
    /// Letters of its numbers 统一受理编号.
    pub(crate) prefix: &'static str,
    /// Chinese title.
    pub(crate) title: &'static str,
    /// One sentence: what it spares people.
    pub(crate) about: &'static str,
    /// Who may start it.
    pub(crate) starter: Starter,
    /// Whom or what it is about.
    pub(crate) subject: Subject,
    /// Pointer to the division whose officers look after it.
    pub(crate) place: &'static str,
    /// Whether one that has ended well is not started again.
    pub(crate) once: bool,
    /// What the applicant reads when it was handed in.
    pub(crate) handed_in: &'static str,
    /// What shows that the ground of it all was wrong: everything is undone that can be.
    pub(crate) void_when: Option<Ground>,
    /// The steps; each stands after those it depends on.
    pub(crate) steps: &'static [Step],
}

/// Who may start a one-thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Starter {
    /// Anybody who is signed in.
    Anybody,
    /// Officers with one of these roles.
    Roles(&'static [Role]),
}

/// Whom or what a one-thing is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Somebody else, by the ID number at this pointer.
    Other(&'static str),
    /// The applicant.
    Applicant,
    /// Something of the applicant, by its name at this pointer.
    Matter(&'static str),
}

/// What takes the ground away.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ground {
    /// This is known.
    pub(crate) fact: Fact,
    /// In words, without a full stop.
    pub(crate) words: &'static str,
}

/// One step.
#[derive(Debug)]
pub(crate) struct Step {
    /// Stable name within the one-thing: lower-case letters, digits and `-`.
    pub(crate) code: &'static str,
    /// What it is called.
    pub(crate) title: &'static str,
    /// Who answers for it.
    pub(crate) owner: &'static str,
    /// The steps that must have settled before it starts.
    pub(crate) after: &'static [&'static str],
    /// Whether it is needed at all; asked when it could start.
    pub(crate) when: When,
    /// What it does.
    pub(crate) act: Act,
    /// How it is taken back.
    pub(crate) undo: Undo,
    /// Once it has begun there is no way back for the applicant.
    pub(crate) pivot: bool,
    /// Until when its owner must be done; none where no rule says.
    pub(crate) clock: Option<Clock>,
}

/// Whether a step is needed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum When {
    /// Always.
    Always,
    /// The form's field at this JSON pointer is ticked.
    Ticked(&'static str),
    /// The form's field at this JSON pointer has this value.
    Is(&'static str, &'static str),
    /// It has another value.
    IsNot(&'static str, &'static str),
    /// This is known of the person it is about.
    Known(Fact),
    /// The field is ticked, and this is known.
    TickedAndKnown(&'static str, Fact),
}

/// What a step does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Act {
    /// Files a case of this item at the service that offers it.
    File(&'static str),
    /// Hands a ticket to a department.
    Ticket(Ticket),
    /// Asks a department; nothing changes by it. Whatever it refuses is told in one sentence, so
    /// that nobody learns more of a stranger.
    Ask(Ticket),
    /// Makes sure that nobody else runs the same about the same person.
    Sole,
    /// Waits until somebody's event has told this fact.
    Fact(Fact),
    /// Waits for an officer to do what this sentence says.
    Officer(&'static str),
    /// Waits for the applicant to do what is asked.
    Applicant(Ask),
    /// Waits until so many days after the start.
    #[cfg_attr(not(test), expect(dead_code, reason = "no definition asks for it yet"))]
    Days(i32),
}

/// What is asked of the applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ask {
    /// One or two sentences.
    pub(crate) words: &'static str,
    /// Where it is done in the portal: address and what the link says.
    pub(crate) link: Option<(&'static str, &'static str)>,
}

/// A matter at a department.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ticket {
    /// The department's name in addresses, keys and callbacks.
    pub(crate) department: &'static str,
    /// What it is asked to do.
    pub(crate) matter: &'static str,
}

/// How a step is taken back.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Undo {
    /// Another ticket to the department.
    Ticket(Ticket),
    /// An officer does what this sentence says.
    Officer(&'static str),
    /// There is nothing to take back, because …
    Nothing(&'static str),
    /// It cannot be taken back, because …: an officer is called.
    Never(&'static str),
}

impl Definition {
    /// The place of the step with this code.
    pub(crate) fn index(&self, code: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.code == code)
    }

    /// The steps after which there is no way back, as the page names them; empty when there is none.
    pub(crate) fn no_way_back(&self) -> String {
        let pivots: Vec<&str> = (self.steps.iter().filter(|step| step.pivot))
            .map(|step| step.title)
            .collect();
        match pivots.len() {
            0..=2 => pivots.join("、"),
            _ => format!("{}等", pivots[..2].join("、")),
        }
    }

    /// The steps that wait for the one at `index`.
    pub(crate) fn followers(&self, index: usize) -> impl Iterator<Item = usize> {
        let code = self.steps[index].code;
        let steps = self.steps.iter().enumerate();
        steps
            .filter(move |(_, step)| step.after.contains(&code))
            .map(|(at, _)| at)
    }
}

impl When {
    /// Whether the step is needed, given the form's answers and what is known.
    pub(crate) fn holds(self, answers: &Value, told: &[Told]) -> bool {
        let text = |pointer| answers.pointer(pointer).and_then(Value::as_str);
        let ticked = |pointer| answers.pointer(pointer) == Some(&Value::Bool(true));
        match self {
            Self::Always => true,
            Self::Ticked(pointer) => ticked(pointer),
            Self::TickedAndKnown(pointer, fact) => ticked(pointer) && fact.of(told).is_some(),
            Self::Is(pointer, value) => text(pointer) == Some(value),
            Self::IsNot(pointer, value) => text(pointer) != Some(value),
            Self::Known(fact) => fact.of(told).is_some(),
        }
    }

    /// Whether the step may be needed as far as the form alone says.
    pub(crate) fn may_hold(self, answers: &Value) -> bool {
        match self {
            Self::Known(_) => true,
            Self::TickedAndKnown(pointer, _) => Self::Ticked(pointer).holds(answers, &[]),
            other => other.holds(answers, &[]),
        }
    }
}

impl Act {
    /// Whether somebody outside the engine has to be called for it.
    pub(crate) fn reaches_out(self) -> bool {
        matches!(
            self,
            Self::File(_) | Self::Ticket(_) | Self::Ask(_) | Self::Sole
        )
    }

    /// Whether it leaves everything outside as it was.
    pub(crate) fn changes_nothing(self) -> bool {
        matches!(self, Self::Ask(_) | Self::Sole)
    }

    /// Whether the form goes out with it, so that a refusal may be about what the form says.
    pub(crate) fn reads_the_form(self) -> bool {
        matches!(self, Self::File(_) | Self::Ticket(_) | Self::Ask(_))
    }

    /// Whether a person's answer ends it.
    pub(crate) fn is_answered(self) -> bool {
        matches!(self, Self::Officer(_) | Self::Applicant(_))
    }
}
