//! Forms drawn from the definitions.

use serde_json::{Map, Value};

use crate::one_thing::definition::{Definition, Step, When};

/// Forms in which, taken together, every step is needed; few where steps exclude each other.
pub(super) fn forms(definition: &Definition) -> Vec<Value> {
    let mut forms: Vec<Value> = Vec::new();
    for step in definition.steps {
        let form = form_for(definition, step);
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// A form in which this step is needed, and as many others as can be.
pub(super) fn form_for(definition: &Definition, step: &Step) -> Value {
    let mut form = Map::new();
    // What excludes comes first, so that what asks for a value has the last word.
    for step in definition.steps {
        if let When::IsNot(pointer, _) = step.when {
            form.insert(pointer[1..].to_owned(), "another".into());
        }
    }
    for step in definition.steps.iter().chain([step]) {
        match step.when {
            When::Ticked(pointer) | When::TickedAndKnown(pointer, _) => {
                form.insert(pointer[1..].to_owned(), true.into())
            }
            When::Is(pointer, value) => form.insert(pointer[1..].to_owned(), value.into()),
            _ => None,
        };
    }
    form.into()
}
