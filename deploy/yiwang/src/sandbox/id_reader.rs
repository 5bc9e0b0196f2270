//! ID-card readers 身份证读卡器: the card that lies on one is read until it is taken away.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, Uri},
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    department::Department,
    http::{Refusal, Shared, signed},
};

/// What stands on a card.
const FIELDS: [&str; 9] = [
    "name",
    "sex",
    "nation",
    "birth_date",
    "address",
    "id_number",
    "authority",
    "valid_from",
    "valid_to",
];

/// A reader of a hall.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Place {
    hall: String,
    reader: String,
}

/// The readers, and where a demonstration lays a card down.
pub(super) fn routes() -> Router<Shared> {
    let readers = "/readers/{hall}/{reader}";
    let base = Department::IdReader.base();
    Router::new()
        .route(&format!("{base}{readers}"), get(read))
        .route(
            &format!("/sandbox/v1{readers}"),
            post(lay).delete(take_away),
        )
}

async fn read(
    State(sandbox): State<Shared>,
    Path(place): Path<Place>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    signed(
        &sandbox,
        Department::IdReader,
        &headers,
        uri.path().as_bytes(),
    )?;
    let card = sandbox.book().card(&place).cloned();
    card.map(Json).ok_or_else(|| {
        let message = "no card lies on this reader".to_owned();
        Refusal(StatusCode::NOT_FOUND, "NOT_FOUND", message)
    })
}

async fn lay(
    State(sandbox): State<Shared>,
    Path(place): Path<Place>,
    Json(given): Json<Map<String, Value>>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let mut card = Map::new();
    for field in FIELDS {
        let text = given.get(field).and_then(Value::as_str);
        let text = text.filter(|text| !text.is_empty()).ok_or_else(|| {
            let message = format!("{field} is missing");
            Refusal(StatusCode::BAD_REQUEST, "INVALID_CARD", message)
        })?;
        card.insert(field.to_owned(), text.into());
    }
    let card = Value::Object(card);
    sandbox.book().lay(place, Some(card.clone()))?;
    Ok((StatusCode::CREATED, Json(card)))
}

async fn take_away(
    State(sandbox): State<Shared>,
    Path(place): Path<Place>,
) -> Result<StatusCode, Refusal> {
    sandbox.book().lay(place, None)?;
    Ok(StatusCode::NO_CONTENT)
}
