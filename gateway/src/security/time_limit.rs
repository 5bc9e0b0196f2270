//! No request runs for ever.

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use http::header;
use yiwang_chassis::fault::{Code, Fault};

use crate::{reply, state::AppState};

/// Types of bodies that carry files.
const FILES: [&str; 4] = [
    "multipart/",
    "text/csv",
    "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.spreadsheetml",
];

/// Answers 504 when the handler, with its body, takes too long.
pub(crate) async fn enforce(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let http = &state.config().http;
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let uploads = kind.is_some_and(|kind| FILES.iter().any(|file| kind.starts_with(file)));
    let limit = if uploads {
        http.upload_timeout
    } else {
        http.timeout
    };
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().cloned();
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let route = route.as_ref().map_or("-", MatchedPath::as_str);
            tracing::warn!(http.route = route, "request exceeded its time limit");
            reply::failure(&state, &path, None, Fault::of(Code::DeadlineExceeded))
        }
    }
}
