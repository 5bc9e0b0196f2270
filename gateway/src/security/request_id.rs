//! One name for a request in answers, logs and traces; metrics per route; and how
//! large its reader wants the print, also where only an error page is left.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue};
use tracing::Instrument as _;
use yiwang_chassis::telemetry;

use crate::portal;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: Current;
}

/// What is known of the request that this task works on.
struct Current {
    id: String,
    large: bool,
}

/// The name of the request that this task works on.
pub(crate) fn current() -> String {
    CURRENT.try_with(|it| it.id.clone()).unwrap_or_default()
}

/// Whether its reader wants large print 长辈版.
pub(crate) fn large_print() -> bool {
    CURRENT.try_with(|it| it.large).unwrap_or_default()
}

/// Names the request, opens its span, counts it.
pub(crate) async fn trace(request: Request, next: Next) -> Response {
    let id = format!("{:032x}", rand::random::<u128>());
    let method = request.method().clone();
    // The route, not the path: a path may name a case.
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("-", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!(
        "request",
        otel.kind = "server",
        http.request.method = %method,
        http.route = route,
        request.id = id,
        http.response.status_code = tracing::field::Empty,
    );
    telemetry::set_parent(&span, telemetry::parent_from_http(request.headers()));

    let started = Instant::now();
    let current = Current {
        id: id.clone(),
        large: portal::wants_large_print(request.headers()),
    };
    let mut response = CURRENT
        .scope(current, next.run(request))
        .instrument(span.clone())
        .await;
    let status = response.status().as_u16();
    span.record("http.response.status_code", status);
    let labels = [
        ("method", method.to_string()),
        ("route", route),
        ("status", status.to_string()),
    ];
    metrics::counter!("yiwang_http_requests_total", &labels).increment(1);
    metrics::histogram!("yiwang_http_request_seconds", &labels[..2]).record(started.elapsed());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
