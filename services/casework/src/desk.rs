//! What the items share: refusals at a field, papers, days in words.

use jiff::civil::Date;
use yiwang_chassis::fault::FieldViolation;

use crate::{Context, IssueDocument, Refusal, files::Files};

/// Where to turn (行政复议法、行政诉讼法).
pub const APPEAL: &str = "对此不服的，可以自收到之日起60日内依法申请行政复议，或者自收到之日起6个月内向人民法院提起行政诉讼。";

/// A refusal with its own code that marks one field.
pub fn at_field(code: &'static str, field: &str, message: impl Into<String>) -> Refusal {
    let message = message.into();
    Refusal {
        fields: vec![FieldViolation::new(field, code, message.clone())],
        ..Refusal::new(code, message)
    }
}

/// Refuses with all violations there are.
///
/// # Errors
/// There are some.
pub fn valid(found: Vec<FieldViolation>) -> Result<(), Refusal> {
    if found.is_empty() {
        Ok(())
    } else {
        Err(Refusal::fields(found))
    }
}

/// A text that must say something.
#[must_use]
pub fn filled(text: &str, at: &str, message: &str) -> Option<FieldViolation> {
    text.trim()
        .is_empty()
        .then(|| FieldViolation::new(at, "REQUIRED", message))
}

/// Files that must be there.
#[must_use]
pub fn handed<const PHOTOS: bool>(
    files: &Files<PHOTOS>,
    at: &str,
    message: &str,
) -> Option<FieldViolation> {
    files
        .is_empty()
        .then(|| FieldViolation::new(at, "REQUIRED", message))
}

/// Written reasons; papers and history quote them.
///
/// # Errors
/// `REASONS_REQUIRED`.
pub fn reasons(text: &str) -> Result<&str, Refusal> {
    match text.trim() {
        "" => Err(at_field("REASONS_REQUIRED", "/reasons", "请写明理由。")),
        text => Ok(text),
    }
}

/// Name of the acting officer; empty for everybody else.
#[must_use]
pub fn officer(cx: &Context<'_>) -> String {
    cx.actor
        .officer()
        .map_or_else(String::new, |(_, name)| name.trim().to_owned())
}

/// A day in words.
#[must_use]
pub fn day(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// A paper of these paragraphs; empty ones fall out.
#[must_use]
pub fn document(kind: &'static str, title: &str, paragraphs: &[&str]) -> IssueDocument {
    let text = paragraphs.iter().filter(|text| !text.is_empty()).copied();
    IssueDocument {
        kind,
        title: title.to_owned(),
        text: text.collect::<Vec<_>>().join("\n"),
    }
}
