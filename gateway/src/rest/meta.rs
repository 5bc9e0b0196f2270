//! What the interface says about itself.

use axum::{Json as Answer, extract::State};
use http::{HeaderName, HeaderValue, header};
use jsonwebtoken::jwk::JwkSet;
use serde_json::Value;

use crate::{error::Problem, openapi, state::AppState};

pub(super) async fn openapi(State(state): State<AppState>) -> Answer<Value> {
    Answer(openapi::document(
        &super::table(),
        &state.config().http.public_url,
    ))
}

/// Verifiers may keep the keys for a minute; a new key is announced for longer.
pub(super) async fn jwks(
    State(state): State<AppState>,
) -> Result<([(HeaderName, HeaderValue); 1], Answer<JwkSet>), Problem> {
    let minute = HeaderValue::from_static("public, max-age=30");
    Ok((
        [(header::CACHE_CONTROL, minute)],
        Answer(state.keyring().jwks().await?),
    ))
}
