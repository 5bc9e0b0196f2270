//! Feeds of departments: what there is in order of its sequence, from a cursor.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::http::Refusal;

/// Entries of one page.
const PAGE: usize = 100;

/// The cursor.
#[derive(Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: u64,
}

impl After {
    /// The entries behind it, one page.
    pub(super) fn page<'a>(&self, all: &'a [Value]) -> Vec<&'a Value> {
        let first = usize::try_from(self.after).unwrap_or(usize::MAX);
        all.iter().skip(first).take(PAGE).collect()
    }
}

/// Every entry says these.
///
/// # Errors
/// 400 with `code`: one is missing.
pub(super) fn complete(
    entry: &Map<String, Value>,
    fields: &[&str],
    code: &'static str,
) -> Result<(), Refusal> {
    for field in fields {
        let text = entry.get(*field).and_then(Value::as_str);
        if text.is_none_or(str::is_empty) {
            let message = format!("{field} is missing");
            return Err(Refusal(StatusCode::BAD_REQUEST, code, message));
        }
    }
    Ok(())
}
