//! Draws a form from an item's JSON Schema and reads it back. Pure.
//!
//! ```text
//! schema ─ Form::parse ─┐
//! JSON value ───────────┼─ draw ─→ HTML controls named `members.0.name`
//! errors by pointer ────┘                     │ browser posts
//! JSON value ←─ read ←────────────────────────┘
//! ```
//! What cannot be converted stays in the JSON as the text that was typed, so
//! that the error names the field and nothing is lost from the page.

mod check;
mod control;
mod draw;
mod edit;
pub(crate) mod normalise;
mod picker;
pub(crate) mod place;
mod read;
pub(crate) mod schema;
pub(crate) mod steps;
mod summary;

pub(crate) use check::{check, of_interest};
pub(crate) use control::Drawn;
pub(crate) use draw::{Surroundings, draw, draw_at};
pub(crate) use edit::{Edit, apply, forget_hidden, tidy};
pub(crate) use picker::{Handed, Picker, kept};
pub(crate) use read::{Posted, read};
pub(crate) use schema::{Field, Form};
pub(crate) use summary::{Line, summarise};

/// One thing that is wrong, at a JSON pointer into the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// JSON pointer, e.g. `/members/0/id_number`.
    pub(crate) pointer: String,
    /// A sentence that says what to do.
    pub(crate) message: String,
}

impl Problem {
    /// A problem at `pointer`.
    pub(crate) fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            message: message.into(),
        }
    }
}

/// The name of the control at a pointer: `/members/0/name` → `members.0.name`.
pub(crate) fn control_name(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', ".")
}

/// The HTML id of the control at a pointer: `/members/0/name` → `f-members-0-name`.
pub(crate) fn control_id(pointer: &str) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || c == '_' {
            c
        } else {
            '-'
        }
    };
    format!("f{}", pointer.chars().map(safe).collect::<String>())
}

/// What a reader calls the field at a pointer: `/members/1/name` → 家庭成员 2，姓名.
pub(crate) fn label_of(fields: &[Field], pointer: &str) -> Option<String> {
    let mut parts = pointer.trim_start_matches('/').splitn(2, '/');
    let field = {
        let key = parts.next()?;
        fields.iter().find(|field| field.key == key)?
    };
    let Some(rest) = parts.next() else {
        return Some(field.title.clone());
    };
    match &field.kind {
        schema::Kind::Group(inner) => label_of(inner, rest),
        schema::Kind::List { item, noun, .. } => {
            let (index, inside) = rest.split_once('/').unwrap_or((rest, ""));
            let entry = format!("{noun} {}", index.parse::<usize>().ok()? + 1);
            let schema::Kind::Group(inner) = &item.kind else {
                return Some(entry);
            };
            match label_of(inner, inside) {
                Some(label) => Some(format!("{entry}，{label}")),
                None => Some(entry),
            }
        }
        _ => Some(field.title.clone()),
    }
}
