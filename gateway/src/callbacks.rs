//! Answers of departments, passed on unopened.
//!
//! Departments of one-things are asked by the gateway itself. Of the others, the service that
//! asked checks the department's signature over the body; the
//! gateway only limits its size. Repeats are harmless there.

use axum::extract::State;
use http::{HeaderMap, StatusCode};
use yiwang_proto::casework::v1 as pb;

use crate::{
    error::Problem,
    rest::input::{Path, Raw},
    state::AppState,
};

/// `POST /api/v1/callbacks/{department}`
pub(crate) async fn deliver(
    State(state): State<AppState>,
    Path(department): Path<String>,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Result<StatusCode, Problem> {
    let signature = headers
        .get("x-signature")
        .and_then(|value| value.to_str().ok());
    let Some(signature) = signature else {
        return Err(Problem::bad_request(
            "SIGNATURE_MISSING",
            "缺少签名（X-Signature）。",
        ));
    };
    if let Some(called) = state.one_things().called(&department, &body, signature) {
        return called
            .await
            .map(|()| StatusCode::NO_CONTENT)
            .map_err(Problem::from);
    }
    let request = pb::DeliverCallbackRequest {
        department,
        body: body.to_vec(),
        signature: signature.to_owned(),
    };
    state.backends().deliver_callback(request).await?;
    Ok(StatusCode::NO_CONTENT)
}
