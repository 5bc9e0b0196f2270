//! One-things 一件事: the list, the form, the page with each step, the operators' list.

use askama::Template;
use yiwang_chassis::db::from_chrono;
use yiwang_civic::time;

use super::{
    Chrome, Trouble,
    apply::{Part, StepLink},
    format,
};
use crate::{
    one_thing::{
        definitions,
        present::{self, StepView},
        service::Verb,
        store::{Overview, Told},
    },
    portal::form::Drawn,
};

/// What can be done, and the own ones.
#[derive(Template)]
#[template(path = "one_thing/list.html")]
pub(crate) struct List {
    pub(crate) chrome: Chrome,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) own: Vec<Row>,
}

/// One that can be started.
pub(crate) struct Kind {
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    pub(crate) about: &'static str,
    /// Its form was begun.
    pub(crate) draft: bool,
}

/// One in a list.
pub(crate) struct Row {
    pub(crate) number: String,
    pub(crate) title: &'static str,
    pub(crate) state: &'static str,
    pub(crate) ended: bool,
    pub(crate) started: String,
    /// The last day that is promised, in words.
    pub(crate) promise: String,
}

impl Row {
    /// A line of a list.
    pub(crate) fn of(one: &Overview) -> Self {
        let definition = definitions::find(definitions::ALL, &one.code, one.version);
        Self {
            number: one.number.clone(),
            title: definition.map_or("一件事", |known| known.title),
            state: present::state_label(&one.state),
            ended: present::is_final(&one.state),
            started: format::day(time::beijing_date(from_chrono(one.started_at))),
            promise: match present::promised(one) {
                Some(day) if one.open_ended => format!("{}，其他按各部门时限", format::day(day)),
                Some(day) => format::day(day),
                None => "按各部门时限".to_owned(),
            },
        }
    }
}

/// What waits for an officer.
#[derive(Template)]
#[template(path = "one_thing/desk.html")]
pub(crate) struct Stuck {
    pub(crate) chrome: Chrome,
    pub(crate) ones: Vec<Row>,
}

/// One step of the form.
#[derive(Template)]
#[template(path = "one_thing/apply.html")]
pub(crate) struct Apply {
    pub(crate) chrome: Chrome,
    pub(crate) code: &'static str,
    pub(crate) heading: String,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) current: usize,
    pub(crate) fields: Vec<Drawn>,
    pub(crate) review: Vec<Part>,
    pub(crate) forward: &'static str,
    pub(crate) forward_label: &'static str,
    pub(crate) steps: Vec<StepLink>,
}

/// What is to be corrected in the form.
#[derive(Template)]
#[template(path = "one_thing/correct.html")]
pub(crate) struct Correct {
    pub(crate) chrome: Chrome,
    pub(crate) number: String,
    pub(crate) title: &'static str,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) asked: String,
    pub(crate) steps: Vec<SentBack>,
    pub(crate) fields: Vec<Drawn>,
}

/// A step that was sent back.
pub(crate) struct SentBack {
    pub(crate) title: &'static str,
    pub(crate) reason: String,
}

/// One one-thing.
#[derive(Template)]
#[template(path = "one_thing/page.html")]
pub(crate) struct Page {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) number: String,
    pub(crate) started: String,
    pub(crate) state: &'static str,
    pub(crate) ended: bool,
    /// The first steps begin in a moment: the page looks again.
    pub(crate) expects: bool,
    /// Until when it is promised; empty when nothing is.
    pub(crate) promise: String,
    /// Why everything goes back, without a full stop; empty when it does not.
    pub(crate) void: &'static str,
    pub(crate) own: bool,
    pub(crate) may_withdraw: bool,
    /// The steps after which there is no way back; empty when there is none.
    pub(crate) no_way_back: String,
    pub(crate) steers: bool,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) steps: Vec<StepView>,
    /// What an officer may send back to be corrected: pointer and title.
    pub(crate) correctable: Vec<(String, String)>,
    pub(crate) history: Vec<Line>,
}

impl Page {
    /// How far everything is back, in one sentence.
    fn restored(&self) -> String {
        let count = |label| self.steps.iter().filter(|step| step.label == label).count();
        let back = count("已恢复原状");
        match (self.ended, count("没有恢复")) {
            (false, _) => format!("已恢复原状{back}项，其余的正在恢复。"),
            (true, 0) => format!("已恢复原状{back}项。"),
            (true, left) => format!("已恢复原状{back}项，{left}项没有恢复，原因见下面。"),
        }
    }
}

/// A line of the history.
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) at: String,
    pub(crate) iso: String,
}

impl Line {
    /// The history, latest first.
    pub(crate) fn all(history: &[Told]) -> Vec<Self> {
        let line = |told: &Told| Self {
            text: told.text.clone(),
            at: format::moment(told.at),
            iso: told.at.to_string(),
        };
        history.iter().rev().map(line).collect()
    }
}

/// How far it is, in one sentence.
fn progress(steps: &[StepView]) -> String {
    let needed = steps.iter().filter(|step| step.state != "not_needed");
    let done = steps.iter().filter(|step| step.state == "done").count();
    format!("共{}项，已办结{done}项。", needed.count())
}

/// The last day of a step's clock in words, with a blank after it; empty when it has not begun.
fn latest(step: &StepView) -> String {
    let day = step.last_day.map(format::day);
    day.map_or_else(String::new, |day| format!("最晚{day} "))
}

/// The steps that ask something of the applicant.
fn asking(steps: &[StepView]) -> Vec<&StepView> {
    let asking = steps.iter().filter(|step| !step.asks.is_empty());
    asking.collect()
}

/// Whether the form is to be corrected.
fn returned(steps: &[StepView]) -> bool {
    steps.iter().any(|step| step.state == "returned")
}

/// Whether an officer may send a step back.
fn returnable(step: &StepView) -> bool {
    step.verbs.contains(&Verb::Return)
}

/// The steps an operator can do something with.
fn steerable(steps: &[StepView]) -> Vec<&StepView> {
    let able = steps.iter().filter(|step| !step.verbs.is_empty());
    able.collect()
}
