//! Forms and acts as the portal draws them.

use serde_json::Value;

use crate::{
    Item,
    form::{FormSchema, schema_of},
};

/// Compiles the form and every act of an item as the portal draws them; nothing in them is left
/// in English.
///
/// # Panics
/// A form does not compile, or a label has no Chinese.
pub fn drawn<I: Item>() {
    let data = I::actions().iter().filter_map(|spec| spec.data);
    let schemas = data.map(|data| data()).chain([schema_of::<I::Form>()]);
    for schema in schemas {
        let schema = FormSchema::compile(schema).unwrap();
        in_chinese(I::CODE, schema.json());
    }
    for spec in I::actions() {
        assert!(!spec.label.is_ascii(), "{}", spec.code);
    }
}

/// What the reader of the portal shows of each field: its own words before those of its type.
fn in_chinese(at: &str, schema: &Value) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let at = format!("{at}/{name}");
        let core = core(field);
        let word = |key: &str| field[key].as_str().or(core[key].as_str()).unwrap_or("");
        assert!(!word("title").is_ascii(), "{at}: {field}");
        let hint = word("description");
        assert!(hint.is_empty() || !hint.is_ascii(), "{at}: {hint}");
        let choices = if core["type"] == "array" {
            &core["items"]
        } else {
            core
        };
        for option in choices["oneOf"].as_array().into_iter().flatten() {
            let label = option["title"].as_str().or(option["description"].as_str());
            assert!(!label.unwrap_or_default().is_ascii(), "{at}: {option}");
        }
        in_chinese(&at, choices);
    }
}

/// A field that may be left out stands beside null.
fn core(field: &Value) -> &Value {
    let mut any = field["anyOf"].as_array().into_iter().flatten();
    any.find(|one| one["type"] != "null").unwrap_or(field)
}
