//! The weather service's alerts of cold and heat 气象预警: in order of their sequence, from a cursor.
//! A demonstration or a test adds alerts.

use axum::{
    Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, Uri},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    department::Department,
    http::{Refusal, Shared, signed},
};

/// Alerts of one page.
const PAGE: usize = 100;
/// What every alert says.
const FIELDS: [&str; 6] = ["kind", "level", "division", "title", "from", "to"];

/// The cursor.
#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: u64,
}

/// The feed, and where alerts are added.
pub(super) fn routes() -> Router<Shared> {
    let feed = format!("{}/alerts", Department::Weather.base());
    Router::new()
        .route(&feed, get(read))
        .route("/sandbox/v1/alerts", post(add))
}

async fn read(
    State(sandbox): State<Shared>,
    Query(after): Query<After>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let path = uri.path().as_bytes();
    signed(&sandbox, Department::Weather, &headers, path)?;
    let book = sandbox.book();
    let first = usize::try_from(after.after).unwrap_or(usize::MAX);
    let later: Vec<&Value> = book.alerts().iter().skip(first).take(PAGE).collect();
    Ok(Json(json!({ "alerts": later })))
}

/// Takes an alert in; the service gives sequence, reference and time, unless they are named.
async fn add(
    State(sandbox): State<Shared>,
    Json(mut alert): Json<Map<String, Value>>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    for field in FIELDS {
        let text = alert.get(field).and_then(Value::as_str);
        if text.is_none_or(str::is_empty) {
            let message = format!("{field} is missing");
            return Err(Refusal(StatusCode::BAD_REQUEST, "INVALID_ALERT", message));
        }
    }
    let mut book = sandbox.book();
    let sequence = book.alerts().len() + 1;
    alert.insert("sequence".to_owned(), sequence.into());
    let reference = format!("QX{sequence:08}");
    alert.entry("reference").or_insert(reference.into());
    let from = alert
        .get("from")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let issued_at = format!("{from}T00:00:00Z");
    alert.entry("issued_at").or_insert(issued_at.into());
    let alert = Value::Object(alert);
    book.add_alert(alert.clone())?;
    Ok((StatusCode::CREATED, Json(alert)))
}
