//! One-things as people read them: for pages and REST alike. Pure.

use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use yiwang_chassis::db::{from_chrono, from_chrono_date};

mod verbs;

use super::{
    course::{Parent, Phase, State},
    definition::{Act, Definition, Fact, Step, Undo, When, last_day},
    form,
    service::{Verb, Whole},
    store::{Named as _, Overview, StepRow},
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
        let known_as = whole.definition.and_then(|definition| {
            let index = definition.index(&row.step)?;
            Some((definition, &definition.steps[index]))
        });
        match known_as {
            Some((definition, step)) => {
                let mut view = known(row, definition, step, whole.results.get(&row.step));
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

/// Whether it has been handed in and nobody has taken it up: that is a matter of moments.
pub(crate) fn begins(state: &str) -> bool {
    Parent::named(state) == Some(Parent::Submitted)
}

/// Whether nothing more happens.
pub(crate) fn is_final(state: &str) -> bool {
    Parent::named(state).is_some_and(Parent::is_final)
}

/// The last day that is promised for the whole; none where no step that is open has a clock.
pub(crate) fn promised(one: &Overview) -> Option<Date> {
    one.promised_on.map(from_chrono_date)
}

/// What is promised for the whole; empty when nothing is left to promise.
pub(crate) fn promise(one: &Overview) -> String {
    let day = promised(one).map(|day| format!("{}年{}月{}日", day.year(), day.month(), day.day()));
    match (day, one.open_ended) {
        (Some(day), false) => format!("最晚{day}全部办结。"),
        (Some(day), true) => {
            format!("规定了时限的事项，最晚{day}办结；没有规定的，按各部门的时限办。")
        }
        (None, true) => "没有规定总的时限，按各部门的时限办。".to_owned(),
        (None, false) => String::new(),
    }
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

fn known(row: &StepRow, definition: &Definition, step: &Step, result: Option<&Value>) -> StepView {
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
        asks: asks(row, definition, (state, phase, step)),
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
        verbs: verbs::of(row, state, phase, step),
    }
}

fn label(state: State, phase: Phase, step: &Step) -> &'static str {
    match (state, phase) {
        (State::Stuck, _) => "工作人员在处理",
        (State::Returned, _) => "需要更正申请表",
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
    if matches!(state, State::Stuck | State::Returned | State::Skipped) {
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
    if let (Act::Fact(Fact::Billed), Some(bill)) = (step.act, bill(result)) {
        return bill;
    }
    // A department's sentence, or an officer's, who was told that the applicant reads it.
    let said = |pointer| result.and_then(|result: &Value| result.pointer(pointer)?.as_str());
    let text = said("/result/text").or_else(|| said("/reason"));
    let paid = result.and_then(|result| result.pointer("/result/paid_fen")?.as_i64());
    let mut words = text.unwrap_or_default().to_owned();
    if let Some(fen) = paid.filter(|fen| *fen > 0) {
        words.push_str(&format!("金额{}。", yuan(fen)));
    }
    words
}

/// A bill in words; the result holds what is charged and what is waived.
fn bill(result: Option<&Value>) -> Option<String> {
    let (charged, waived) = result?["about"].as_str()?.split_once(' ')?;
    let (charged, waived): (i64, i64) = (charged.parse().ok()?, waived.parse().ok()?);
    Some(match waived {
        0 => format!("账单{}，没有减免的项目。", yuan(charged)),
        _ => format!("惠民减免{}，还要付{}。", yuan(waived), yuan(charged)),
    })
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}元", fen / 100, fen % 100)
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

fn asks(
    row: &StepRow,
    definition: &Definition,
    (state, phase, step): (State, Phase, &Step),
) -> String {
    match (state, phase, step.act) {
        (State::Waiting, Phase::Do, Act::Applicant(ask)) => ask.words.to_owned(),
        (State::Returned, ..) => format!(
            "请更正申请表里的{}。原因：{}",
            form::titles(definition, &row.asked),
            row.reason_text.as_deref().unwrap_or_default()
        ),
        _ => String::new(),
    }
}

fn task(state: State, phase: Phase, step: &Step) -> &'static str {
    match (state, phase, step.act, step.undo) {
        (State::Waiting, Phase::Do, Act::Officer(words), _)
        | (State::Waiting, Phase::Undo, _, Undo::Officer(words)) => words,
        _ => "",
    }
}
