//! The one form of a one-thing: JSON Schema for page and REST, and what must be right in it.
//!
//! Nothing is asked that the account says already or another office tells us (国令第716号 7): no
//! certificate of death or cremation, no copy of an ID card, no own name.

mod after_death;
mod eldercare_home;
mod hardship;
mod homecoming;
mod newlyweds;
mod settlement;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use yiwang_chassis::fault::{Fault, FieldViolation};
use yiwang_civic::citizen_id::CitizenId;

use super::definition::{Definition, Subject, When};
use crate::portal::form::{self, Field, Form, schema::Kind};

/// The form's schema; `homes` are the funeral homes to choose from, as (code, name), empty: the
/// code is typed.
pub(crate) fn schema(definition: &Definition, homes: &[(String, String)]) -> Value {
    match definition.code {
        "after-death" => after_death::schema(homes),
        "eldercare-home" => eldercare_home::schema(),
        "hardship" => hardship::schema(),
        "homecoming" => homecoming::schema(),
        "newlyweds" => newlyweds::schema(),
        "settlement" => settlement::schema(),
        _ => json!({"properties": {}}),
    }
}

fn options(choices: &[(impl AsRef<str>, impl AsRef<str>)]) -> Value {
    let option = |(code, title): &(_, _)| {
        let (code, title): (&str, &str) = (AsRef::as_ref(code), AsRef::as_ref(title));
        json!({"const": code, "title": title})
    };
    choices.iter().map(option).collect()
}

/// A question with yes and no for answers.
fn yes_no(title: &str, hint: &str, step: &str) -> Value {
    json!({"type": "boolean", "title": title, "description": hint, "x-widget": "radio",
           "x-step": step})
}

/// Where one's household is registered.
fn household(title: &str, step: &str) -> Value {
    json!({"type": "string", "maxLength": 9, "x-widget": "division",
           "pattern": "^[0-9]{6}([0-9]{3})?$", "title": title,
           "description": "选到乡镇（街道）。", "x-step": step})
}

fn phone(step: &str) -> Value {
    json!({"type": "string", "maxLength": 20, "x-widget": "phone", "x-mask": "phone",
           "title": "联系电话", "description": "请保持畅通。", "x-step": step})
}

fn consent(title: &str, step: &str) -> Value {
    json!({"type": "boolean", "const": true, "x-step": step, "title": title})
}

/// Checks the whole form. `now` is business time.
///
/// # Errors
/// `INVALID_INPUT` with the fields.
pub(crate) fn check(definition: &Definition, answers: &Value, now: Timestamp) -> Result<(), Fault> {
    let fields = Form::read(&schema(definition, &[])).fields;
    let empty = Map::new();
    let map = answers.as_object().unwrap_or(&empty);
    let mut wrong: Vec<FieldViolation> = form::check(&fields, map, "")
        .into_iter()
        .map(|problem| FieldViolation::new(problem.pointer, "FIELD", problem.message))
        .collect();
    for key in map
        .keys()
        .filter(|key| !fields.iter().any(|field| field.key == **key))
    {
        let message = "没有这一项。";
        wrong.push(FieldViolation::new(
            format!("/{key}"),
            "UNKNOWN_FIELD",
            message,
        ));
    }
    if definition.code == "after-death" {
        wrong.extend(after_death::between_fields(answers, now));
    }
    if let Subject::Other(pointer) = definition.subject
        && wrong.is_empty()
        && id_at(answers, pointer).is_none()
    {
        let message = "身份证号码不正确，请照证件逐位核对。";
        wrong.push(FieldViolation::new(pointer, "ID_NUMBER", message));
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(Fault::invalid(wrong)),
    }
}

/// The fields that may be corrected later, given the answers: neither whom it is about nor where
/// it belongs, nor what decides which steps there are.
pub(crate) fn correctable(
    definition: &Definition,
    answers: &Map<String, Value>,
    homes: &[(String, String)],
) -> Vec<Field> {
    let mut fixed = vec![definition.place];
    match definition.subject {
        Subject::Other(pointer) | Subject::Matter(pointer) => fixed.push(pointer),
        Subject::Applicant => {}
    }
    fixed.extend(definition.steps.iter().filter_map(|step| match step.when {
        When::Ticked(pointer) | When::TickedAndKnown(pointer, _) => Some(pointer),
        When::Is(pointer, _) | When::IsNot(pointer, _) => Some(pointer),
        When::Always | When::Known(_) => None,
    }));
    let fields = Form::read(&schema(definition, homes)).fields.into_iter();
    fields
        .filter(|field| !fixed.contains(&format!("/{}", field.key).as_str()))
        .filter(|field| !matches!(field.kind, Kind::Consent { .. } | Kind::Fixed(_)))
        .filter(|field| form::of_interest(field, answers))
        .map(|field| Field {
            show_if: None,
            ..field
        })
        .collect()
}

/// What these fields are called, joined; a field that is not there by its pointer.
pub(crate) fn titles(definition: &Definition, pointers: &[String]) -> String {
    let fields = Form::read(&schema(definition, &[])).fields;
    let title = |pointer: &String| {
        let label = form::label_of(&fields, pointer);
        label.unwrap_or_else(|| pointer.clone())
    };
    pointers.iter().map(title).collect::<Vec<_>>().join("、")
}

/// The ID number at this pointer; none when it is none.
pub(crate) fn id_at(answers: &Value, pointer: &str) -> Option<CitizenId> {
    answers.pointer(pointer)?.as_str()?.parse().ok()
}
