//! A failure in the form that the caller reads: problem+json or a page.

use axum::{
    extract::{OriginalUri, Request, State},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use yiwang_chassis::fault::{Code, Fault};

use crate::{error, error::Problem, portal, session::SignedIn, state::AppState};

/// Whether programs, not browsers, call `path`.
pub(crate) fn is_rest(path: &str) -> bool {
    path.starts_with("/api/") || path.starts_with("/.well-known/")
}

/// The answer to a request for `path` that failed with `fault`.
pub(crate) fn failure(
    state: &AppState,
    path: &str,
    who: Option<&SignedIn>,
    fault: Fault,
) -> Response {
    if is_rest(path) {
        return Problem::from(fault).into_response();
    }
    error::log(&fault);
    portal::error_page(state, who, &fault)
}

/// No route has this path.
pub(crate) async fn unknown_path(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
) -> Response {
    failure(&state, uri.path(), None, Fault::not_found())
}

/// The path has no such method.
pub(crate) async fn wrong_method(State(state): State<AppState>, request: Request) -> Response {
    let fault = Fault::new(
        Code::InvalidInput,
        "METHOD_NOT_ALLOWED",
        "这个地址不支持这种请求方式。",
    );
    if is_rest(request.uri().path()) {
        return Problem::with_status(fault, StatusCode::METHOD_NOT_ALLOWED).into_response();
    }
    let mut response = portal::error_page(&state, None, &fault);
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}
