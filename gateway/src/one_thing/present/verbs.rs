//! What an operator may do with a step, and what it is called.

use crate::one_thing::{
    course::{Class, Phase, State},
    definition::{Act, Step, Undo},
    service::Verb,
    store::{Named as _, StepRow},
};

/// In the order of the buttons.
pub(super) fn of(row: &StepRow, state: State, phase: Phase, step: &Step) -> Vec<Verb> {
    let irreversible = phase == Phase::Undo && matches!(step.undo, Undo::Never(_));
    let by_officer = match phase {
        Phase::Do => matches!(step.act, Act::Officer(_)),
        Phase::Undo => matches!(step.undo, Undo::Officer(_)),
    };
    let refused = row.reason_class.as_deref() == Some(Class::Business.name());
    let returnable =
        phase == Phase::Do && refused && row.asked.is_empty() && step.act.reads_the_form();
    match state {
        State::Stuck if irreversible => vec![Verb::Skip],
        State::Stuck if returnable => vec![Verb::Retry, Verb::Return, Verb::Skip],
        State::Stuck | State::Returned => vec![Verb::Retry, Verb::Skip],
        State::Waiting if by_officer => vec![Verb::Answered, Verb::Skip],
        State::Waiting | State::Due => vec![Verb::Skip],
        _ => vec![],
    }
}

impl Verb {
    /// What the button says.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Retry => "重新办理",
            Self::Return => "退回申请人更正",
            Self::Skip => "不再办理",
            Self::Answered => "已经办好",
            Self::Abort => "全部终止",
        }
    }

    /// Its name in forms and addresses.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Return => "return",
            Self::Skip => "skip",
            Self::Answered => "answered",
            Self::Abort => "abort",
        }
    }

    /// The verb with this name, of those for one step.
    pub(crate) fn of_step(code: &str) -> Option<Self> {
        let all = [Self::Retry, Self::Return, Self::Skip, Self::Answered];
        all.into_iter().find(|verb| verb.code() == code)
    }
}
