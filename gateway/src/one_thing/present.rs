//! One-things as people read them: for pages and REST alike. Pure.

use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use yiwang_chassis::db::from_chrono;
use yiwang_civic::time;

use super::{
    course::{Parent, Phase, State},
    definition::{Act, Fact, Step, Undo, When},
    service::{Verb, Whole},
    store::{Named as _, StepRow},
};

/// A step in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StepView {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) owner: String,
    pub(crate) state: String,
    pub(crate) label: &'static str,
    /// Somebody works on it, or will.
    pub(crate) open: bool,
    /// What there is to know: what it gave, or why it did not work.
    pub(crate) words: String,
    /// What the applicant has to do; empty: nothing.
    pub(crate) asks: String,
    /// What an officer has to do; empty: nothing.
    pub(crate) task: &'static str,
    /// Where the applicant does it: address and what the link says.
    pub(crate) link: Option<(&'static str, &'static str)>,
    /// The applicant says on the page that it is done.
    pub(crate) answerable: bool,
    /// How long its owner has and who says so; empty where no rule says.
    pub(crate) clock: String,
    /// Last day of the clock, Beijing.
    pub(crate) last_day: Option<Date>,
    pub(crate) overdue: bool,
    /// Number of the case or ticket; empty while there is none.
    pub(crate) number: String,
    /// The number is that of a case one may open.
    pub(crate) is_case: bool,
    /// Last change, business time.
    pub(crate) changed: Timestamp,
    /// How often it was tried, in both directions.
    pub(crate) attempts: i32,
    /// Stable code of what went wrong last; empty when nothing did.
    pub(crate) reason_code: String,
    /// What an operator may do with it.
    pub(crate) verbs: Vec<Verb>,
}

/// The steps of a one-thing. Under a version that this gateway does not know, they have their
/// codes for names.
pub(crate) fn steps(whole: &Whole) -> Vec<StepView> {
    let view = |row: &StepRow| {
        let definition = whole.definition;
        let step = definition.and_then(|definition| {
            let index = definition.index(&row.step)?;
            Some(&definition.steps[index])
        });
        match step {
            Some(step) => {
                let mut view = known(row, step, whole.results.get(&row.step));
                if let (Some("void"), "done", Undo::Nothing(why)) = (
                    whole.overview.ending.as_deref(),
                    row.state.as_str(),
                    step.undo,
                ) {
                    why.clone_into(&mut view.words);
                    // What an office did on the wrong ground by itself, it takes back by itself.
                    if matches!(step.when, When::Known(_)) {
                        view.label = "另行恢复";
                    }
                }
                view
            }
            None => unknown(row),
        }
    };
    whole.steps.iter().map(view).collect()
}

/// What the whole is called.
pub(crate) fn title(whole: &Whole) -> &'static str {
    whole
        .definition
        .map_or("一件事", |definition| definition.title)
}

/// Why everything goes back, without a full stop; empty when it does not.
pub(crate) fn void_ground(whole: &Whole) -> &'static str {
    let is_void = whole.overview.ending.as_deref() == Some("void");
    let ground = whole.definition.and_then(|definition| definition.void_when);
    ground.filter(|_| is_void).map_or("", |ground| ground.words)
}

/// The state of the whole in words.
pub(crate) fn state_label(state: &str) -> &'static str {
    Parent::named(state).map_or("办理中", Parent::label)
}

/// Whether nothing more happens.
pub(crate) fn is_final(state: &str) -> bool {
    Parent::named(state).is_some_and(Parent::is_final)
}

fn unknown(row: &StepRow) -> StepView {
    StepView {
        code: row.step.clone(),
        title: row.step.clone(),
        owner: String::new(),
        state: row.state.clone(),
        label: "办理中",
        open: true,
        words: String::new(),
        asks: String::new(),
        task: "",
        link: None,
        answerable: false,
        clock: String::new(),
        last_day: None,
        overdue: row.overdue,
        number: String::new(),
        is_case: false,
        changed: from_chrono(row.changed_at),
        attempts: row.attempts,
        reason_code: row.reason_code.clone().unwrap_or_default(),
        verbs: vec![],
    }
}

fn known(row: &StepRow, step: &Step, result: Option<&Value>) -> StepView {
    let state = State::named(&row.state).unwrap_or(State::Blocked);
    let phase = Phase::named(&row.phase).unwrap_or(Phase::Do);
    let clock = step
        .clock
        .map(|clock| format!("{}（{}）", clock.span.words(), clock.source));
    let deadline = row.deadline_at.map(from_chrono);
    StepView {
        code: row.step.clone(),
        title: step.title.to_owned(),
        owner: step.owner.to_owned(),
        state: row.state.clone(),
        label: label(state, phase, step),
        open: !state.is_settled(),
        words: words(row, step, state, result),
        asks: asks(state, phase, step).to_owned(),
        task: task(state, phase, step),
        link: match (state, phase, step.act) {
            (State::Waiting, Phase::Do, Act::Applicant(ask)) => ask.link,
            _ => None,
        },
        answerable: (state, phase) == (State::Waiting, Phase::Do)
            && matches!(step.act, Act::Applicant(_)),
        clock: clock.unwrap_or_default(),
        last_day: deadline.map(last_day),
        overdue: row.overdue && !state.is_settled(),
        number: row.child_number.clone().unwrap_or_default(),
        is_case: matches!(step.act, Act::File(_)) && row.child_number.is_some(),
        changed: from_chrono(row.changed_at),
        attempts: row.attempts,
        reason_code: row.reason_code.clone().unwrap_or_default(),
        verbs: verbs(state, phase, step),
    }
}

/// The day before whose end the clock runs out: a deadline at 24:00 belongs to the day it ends.
fn last_day(deadline: Timestamp) -> Date {
    let just_before = deadline.checked_sub(jiff::SignedDuration::from_secs(1));
    time::beijing_date(just_before.unwrap_or(deadline))
}

fn label(state: State, phase: Phase, step: &Step) -> &'static str {
    match (state, phase) {
        (State::Stuck, _) => "工作人员在处理",
        (State::Undone, _) => "已恢复原状",
        (State::Skipped, Phase::Do) => "没有办成",
        (State::Skipped, Phase::Undo) => "没有恢复",
        (State::Due | State::Running | State::Waiting, Phase::Undo) => "正在恢复",
        (State::Blocked, _) => "还没轮到",
        (State::Due | State::Running, _) => "正在送办",
        (State::Waiting, _) if matches!(step.act, Act::Applicant(_)) => "需要您办",
        (State::Waiting, _) => "办理中",
        (State::Done, _) => "已办结",
        (State::NotNeeded, _) => "不需要办",
        (State::Cancelled, _) => "不再办理",
    }
}

/// What a department said, or the reason.
fn words(row: &StepRow, step: &Step, state: State, result: Option<&Value>) -> String {
    if matches!(state, State::Stuck | State::Skipped) {
        return row.reason_text.clone().unwrap_or_default();
    }
    match (state, step.when) {
        (State::NotNeeded, When::Known(_)) => {
            return "没有查到；如果有，请告诉民政窗口。".to_owned();
        }
        (State::NotNeeded, When::TickedAndKnown(..)) => {
            return "没有选，或者不符合条件。".to_owned();
        }
        _ => {}
    }
    if !matches!(state, State::Done | State::Undone) {
        return String::new();
    }
    if let (Act::Fact(Fact::Classified), Some(class)) = (step.act, class(result)) {
        return class.to_owned();
    }
    // A department's sentence, or an officer's, who was told that the applicant reads it.
    let said = |pointer| result.and_then(|result: &Value| result.pointer(pointer)?.as_str());
    let text = said("/result/text").or_else(|| said("/reason"));
    let paid = result.and_then(|result| result.pointer("/result/paid_fen")?.as_i64());
    let mut words = text.unwrap_or_default().to_owned();
    if let Some(fen) = paid.filter(|fen| *fen > 0) {
        words.push_str(&format!("金额{}.{:02}元。", fen / 100, fen % 100));
    }
    words
}

/// The class of a family in words.
fn class(result: Option<&Value>) -> Option<&'static str> {
    match result?["about"].as_str()? {
        "minimum_living" => Some("符合最低生活保障。"),
        "edge" => Some("不符合低保，属于低保边缘家庭。"),
        "neither" => Some("不属于低保家庭，也不属于低保边缘家庭。"),
        _ => None,
    }
}

fn asks(state: State, phase: Phase, step: &Step) -> &'static str {
    match (state, phase, step.act) {
        (State::Waiting, Phase::Do, Act::Applicant(ask)) => ask.words,
        _ => "",
    }
}

fn task(state: State, phase: Phase, step: &Step) -> &'static str {
    match (state, phase, step.act, step.undo) {
        (State::Waiting, Phase::Do, Act::Officer(words), _)
        | (State::Waiting, Phase::Undo, _, Undo::Officer(words)) => words,
        _ => "",
    }
}

fn verbs(state: State, phase: Phase, step: &Step) -> Vec<Verb> {
    let irreversible = phase == Phase::Undo && matches!(step.undo, Undo::Never(_));
    let by_officer = match phase {
        Phase::Do => matches!(step.act, Act::Officer(_)),
        Phase::Undo => matches!(step.undo, Undo::Officer(_)),
    };
    match state {
        State::Stuck if irreversible => vec![Verb::Skip],
        State::Stuck => vec![Verb::Retry, Verb::Skip],
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
            Self::Skip => "不再办理",
            Self::Answered => "已经办好",
            Self::Abort => "全部终止",
        }
    }

    /// Its name in forms and addresses.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Skip => "skip",
            Self::Answered => "answered",
            Self::Abort => "abort",
        }
    }

    /// The verb with this name, of those for one step.
    pub(crate) fn of_step(code: &str) -> Option<Self> {
        let all = [Self::Retry, Self::Skip, Self::Answered];
        all.into_iter().find(|verb| verb.code() == code)
    }
}
