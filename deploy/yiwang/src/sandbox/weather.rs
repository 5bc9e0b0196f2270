//! The weather service's alerts of cold and heat 气象预警: in order of their sequence, from a cursor.
//! A demonstration or a test adds alerts.

use axum::{
    Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, Uri},
    routing::{get, post},
};
use serde_json::{Map, Value, json};

use super::{
    department::Department,
    feed::{After, complete},
    http::{Refusal, Shared, signed},
};

/// What every alert says.
const FIELDS: [&str; 6] = ["kind", "level", "division", "title", "from", "to"];

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
    let later = after.page(book.alerts());
    Ok(Json(json!({ "alerts": later })))
}

/// Takes an alert in; the service gives sequence, reference and time, unless they are named.
async fn add(
    State(sandbox): State<Shared>,
    Json(mut alert): Json<Map<String, Value>>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    complete(&alert, &FIELDS, "INVALID_ALERT")?;
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
