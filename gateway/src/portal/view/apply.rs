//! The application form, step by step, and what comes after.

use askama::Template;
use yiwang_proto::casework::v1 as pb;

use super::{Chrome, Trouble, format};
use crate::portal::form::{Drawn, Handed, Line, Picker};

/// One page of the application.
#[derive(Template)]
#[template(path = "apply.html")]
pub(crate) struct Apply {
    pub(crate) chrome: Chrome,
    pub(crate) item: pb::Item,
    pub(crate) heading: String,
    pub(crate) told: &'static str,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    /// Tells whose form it is, when it is posted after a new sign-in.
    pub(crate) who: String,
    pub(crate) version: i64,
    /// Idempotency key of this drawing.
    pub(crate) key: String,
    pub(crate) groups: Vec<Group>,
    pub(crate) uploads: Option<Uploads>,
    pub(crate) review: Vec<Part>,
    pub(crate) forward: &'static str,
    pub(crate) forward_label: &'static str,
    pub(crate) has_previous: bool,
    pub(crate) saved: Option<String>,
    pub(crate) current: usize,
    pub(crate) steps: Vec<StepLink>,
}

/// The fields of one step.
pub(crate) struct Group {
    pub(crate) number: usize,
    pub(crate) title: String,
    pub(crate) intro: Option<&'static str>,
    pub(crate) fields: Vec<Drawn>,
}

/// An entry of the list of steps.
pub(crate) struct StepLink {
    pub(crate) number: usize,
    pub(crate) title: String,
    pub(crate) current: bool,
    pub(crate) done: bool,
}

/// One step as filled in, on the page before submitting.
pub(crate) struct Part {
    pub(crate) number: usize,
    pub(crate) title: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) files: Vec<String>,
}

/// Where files are handed in.
pub(crate) struct Uploads {
    pub(crate) max_size: String,
    pub(crate) slots: Vec<Slot>,
}

/// One kind of material.
pub(crate) struct Slot {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) hint: String,
    pub(crate) required: bool,
    pub(crate) error: String,
    pub(crate) files: Vec<pb::MaterialRef>,
}

impl Slot {
    /// A material of the guide with the files handed in for it.
    pub(crate) fn of(spec: &pb::MaterialSpec, files: &[pb::MaterialRef]) -> Self {
        Self {
            code: spec.code.clone(),
            title: spec.title.clone(),
            hint: spec.hint.clone(),
            required: spec.required,
            error: String::new(),
            files: files
                .iter()
                .filter(|file| file.code == spec.code)
                .cloned()
                .collect(),
        }
    }

    /// Where its files are chosen.
    pub(crate) fn picker(&self) -> Picker {
        Picker {
            id: format!("m-{}", self.code),
            code: self.code.clone(),
            title: self.title.clone(),
            files: self.files.iter().map(Handed::of).collect(),
            photos: false,
            hint: !self.hint.is_empty(),
            wrong: !self.error.is_empty(),
        }
    }
}

/// The page after submitting.
#[derive(Template)]
#[template(path = "done.html")]
pub(crate) struct Done {
    pub(crate) chrome: Chrome,
    pub(crate) case: pb::Case,
    pub(crate) due: Option<format::DueView>,
}
