//! The one form of a one-thing: JSON Schema for page and REST, and what must be right in it.
//!
//! Nothing is asked that the account says already or another office tells us (国令第716号 7): no
//! certificate of death or cremation, no copy of an ID card, no own name.

mod after_death;
mod eldercare_home;
mod hardship;
mod homecoming;
mod newlyweds;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use yiwang_chassis::fault::{Fault, FieldViolation};
use yiwang_civic::citizen_id::CitizenId;

use super::definition::{Definition, Subject};
use crate::portal::form::{self, Form};

/// The form's schema; `homes` are the funeral homes to choose from, as (code, name), empty: the
/// code is typed.
pub(crate) fn schema(definition: &Definition, homes: &[(String, String)]) -> Value {
    match definition.code {
        "after-death" => after_death::schema(homes),
        "eldercare-home" => eldercare_home::schema(),
        "hardship" => hardship::schema(),
        "homecoming" => homecoming::schema(),
        "newlyweds" => newlyweds::schema(),
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

/// The ID number at this pointer; none when it is none.
pub(crate) fn id_at(answers: &Value, pointer: &str) -> Option<CitizenId> {
    answers.pointer(pointer)?.as_str()?.parse().ok()
}
