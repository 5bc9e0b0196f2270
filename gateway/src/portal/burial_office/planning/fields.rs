//! Fields that several forms have.

use serde_json::{Value, json};

pub(super) fn day(title: &str, hint: &str) -> Value {
    json!({"type": "string", "x-widget": "date", "title": title, "description": hint})
}

pub(super) fn line(title: &str, hint: &str) -> Value {
    json!({"type": "string", "title": title, "description": hint, "maxLength": 100})
}

pub(super) fn whole(title: &str) -> Value {
    json!({"type": "integer", "title": title, "minimum": 0, "maximum": 10_000})
}

pub(super) fn year(this: i64) -> Value {
    json!({"type": "integer", "title": "年度", "minimum": this - 5, "maximum": this + 10})
}
