//! The health department's feed of death certificates 居民死亡医学证明: in order of their
//! sequence, from a cursor. A demonstration or a test adds certificates.

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

/// What every certificate says.
const FIELDS: [&str; 9] = [
    "kind",
    "number",
    "name",
    "died_at",
    "place",
    "cause",
    "issuer",
    "issuer_name",
    "signed_on",
];

/// The feed, and where certificates are added.
pub(super) fn routes() -> Router<Shared> {
    let feed = format!("{}/certificates", Department::Health.base());
    Router::new()
        .route(&feed, get(read))
        .route("/sandbox/v1/certificates", post(add))
}

async fn read(
    State(sandbox): State<Shared>,
    Query(after): Query<After>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let path = uri.path().as_bytes();
    signed(&sandbox, Department::Health, &headers, path)?;
    let book = sandbox.book();
    let later = after.page(book.certificates());
    Ok(Json(json!({ "certificates": later })))
}

/// Takes a certificate in; the department gives sequence and record number.
async fn add(
    State(sandbox): State<Shared>,
    Json(mut certificate): Json<Map<String, Value>>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    complete(&certificate, &FIELDS, "INVALID_CERTIFICATE")?;
    let mut book = sandbox.book();
    let sequence = book.certificates().len() + 1;
    certificate.insert("sequence".to_owned(), sequence.into());
    let record = format!("JK{sequence:08}");
    certificate.entry("record").or_insert(record.into());
    let certificate = Value::Object(certificate);
    book.add_certificate(certificate.clone())?;
    Ok((StatusCode::CREATED, Json(certificate)))
}
