//! Walks the JSON Schema of an item: whatever field a form will have, it is tried.

use serde_json::{Map, Value};

/// A place in a form with what the schema says about it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// JSON pointer.
    pub(crate) pointer: String,
    /// The schema of the value there.
    pub(crate) schema: Value,
}

impl Place {
    /// Whether the schema allows this JSON type.
    pub(crate) fn is(&self, kind: &str) -> bool {
        match &self.schema["type"] {
            Value::String(one) => one == kind,
            Value::Array(many) => many.iter().any(|one| one == kind),
            _ => kind == "string" && self.schema.get("oneOf").is_some(),
        }
    }

    /// One of a list of codes.
    pub(crate) fn is_choice(&self) -> bool {
        self.schema.get("oneOf").is_some() || self.schema.get("enum").is_some()
    }
}

/// Every place in `form` that the schema knows; lists are walked into by their entries.
pub(crate) fn places(schema: &Value, form: &Value) -> Vec<Place> {
    let mut found = Vec::new();
    walk(schema, form, String::new(), &mut found);
    found
}

fn walk(schema: &Value, value: &Value, pointer: String, found: &mut Vec<Place>) {
    if !pointer.is_empty() {
        found.push(Place {
            pointer: pointer.clone(),
            schema: schema.clone(),
        });
    }
    if let Some(properties) = schema["properties"].as_object() {
        for (name, schema) in properties {
            let value = value.get(name).unwrap_or(&Value::Null);
            walk(schema, value, format!("{pointer}/{name}"), found);
        }
    }
    if let (Some(items), Some(entries)) = (schema.get("items"), value.as_array()) {
        for (index, entry) in entries.iter().enumerate() {
            walk(items, entry, format!("{pointer}/{index}"), found);
        }
    }
}

/// `form` with `value` at `pointer`; objects on the way are made.
pub(crate) fn with(form: &Value, pointer: &str, value: Value) -> Value {
    let mut form = form.clone();
    let mut here = &mut form;
    let mut segments = pointer.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        here = match here {
            Value::Array(entries) => {
                let index: usize = segment.parse().unwrap();
                &mut entries[index]
            }
            other => {
                if !other.is_object() {
                    *other = Value::Object(Map::new());
                }
                other
                    .as_object_mut()
                    .unwrap()
                    .entry(segment)
                    .or_insert(Value::Null)
            }
        };
        if last {
            *here = value;
            return form;
        }
    }
    form
}

/// `form` without what is at `pointer`.
pub(crate) fn without(form: &Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let mut form = form.clone();
    if let Some(Value::Object(parent)) = form.pointer_mut(parent) {
        parent.remove(name);
    }
    form
}
