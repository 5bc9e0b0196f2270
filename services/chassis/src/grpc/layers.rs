//! What happens to every call before and after the service.

use std::{
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use futures::FutureExt as _;
use http::{HeaderMap, header::AUTHORIZATION};
use tonic::{Code as Grpc, Status};
use tracing::Instrument as _;

use crate::{
    fault::{Code, Fault},
    telemetry,
    verifier::Verifier,
};

/// Continues the caller's trace, counts and logs. Names of services and methods
/// that do not exist are the caller's invention and appear as `unknown`.
pub(super) async fn observe(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let known = request.extensions().get::<MatchedPath>().is_some();
    let path = request.uri().path().trim_start_matches('/');
    let (service, method) = match path.split_once('/') {
        Some((service, method)) if known => (service.to_owned(), method.to_owned()),
        _ => ("unknown".to_owned(), "unknown".to_owned()),
    };
    let span = tracing::info_span!(
        "rpc",
        otel.kind = "server",
        rpc.system = "grpc",
        rpc.service = service,
        rpc.method = tracing::field::Empty,
        rpc.grpc.status_code = tracing::field::Empty,
    );
    telemetry::continue_trace(&span, request.headers());
    let response = next.run(request).instrument(span.clone()).await;

    let code = grpc_code(response.headers());
    let method = if code == Grpc::Unimplemented {
        "unknown".to_owned()
    } else {
        method
    };
    span.record("rpc.method", &method)
        .record("rpc.grpc.status_code", code as i32);
    let elapsed = started.elapsed();
    let labels = [
        ("service", service.clone()),
        ("method", method.clone()),
        ("code", format!("{code:?}")),
    ];
    metrics::counter!("yiwang_grpc_requests_total", &labels).increment(1);
    metrics::histogram!("yiwang_grpc_request_seconds", &labels[..2]).record(elapsed);
    if service != "grpc.health.v1.Health" {
        let trace = span.in_scope(telemetry::current_trace_id);
        tracing::info!(
            service,
            method,
            code = ?code,
            duration_ms = elapsed.as_millis() as u64,
            trace,
            "{service}/{method} {code:?}"
        );
    }
    response
}

/// A panicking handler costs its caller the answer, nobody else anything.
pub(super) async fn catch_panic(request: Request, next: Next) -> Response {
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => respond(Fault::internal("the handler panicked")),
    }
}

/// Gives up at the caller's deadline (`grpc-timeout`) or ours, whichever is earlier.
pub(super) async fn deadline(
    State(longest): State<Duration>,
    request: Request,
    next: Next,
) -> Response {
    let asked = request
        .headers()
        .get("grpc-timeout")
        .and_then(|v| parse_timeout(v.to_str().ok()?));
    // A little early: tonic enforces the same header with a less precise answer.
    let early = |asked: Duration| asked.saturating_sub(Duration::from_millis(10).min(asked / 10));
    let limit = asked.map_or(longest, |asked| early(asked).min(longest));
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => respond(Fault::of(Code::DeadlineExceeded)),
    }
}

/// Turns a bearer token into a verified caller.
pub(super) async fn authenticate(
    State(verifier): State<Arc<Verifier>>,
    mut request: Request,
    next: Next,
) -> Response {
    let caller = match bearer(request.headers()) {
        Ok(None) => return next.run(request).await,
        Ok(Some(token)) => verifier.verify(token).await,
        Err(fault) => Err(fault),
    };
    match caller {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(fault) => {
            if let Some(why) = &fault.source {
                metrics::counter!("yiwang_tokens_refused_total").increment(1);
                tracing::info!("{why}");
            }
            respond(fault)
        }
    }
}

/// The one bearer token, if any.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Fault> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    let token = value.to_str().ok().and_then(|text| {
        let (scheme, token) = text.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token)
    });
    match (token, values.next()) {
        (Some(token), None) => Ok(Some(token)),
        _ => Err(Fault::unauthenticated().caused_by("token refused: not one bearer token")),
    }
}

/// At most 8 digits and a unit (gRPC over HTTP/2).
fn parse_timeout(text: &str) -> Option<Duration> {
    let unit = text.chars().last()?;
    let digits = text.strip_suffix(unit)?;
    if digits.is_empty() || digits.len() > 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value: u64 = digits.parse().ok()?;
    match unit {
        'H' => Some(Duration::from_secs(value * 3600)),
        'M' => Some(Duration::from_secs(value * 60)),
        'S' => Some(Duration::from_secs(value)),
        'm' => Some(Duration::from_millis(value)),
        'u' => Some(Duration::from_micros(value)),
        'n' => Some(Duration::from_nanos(value)),
        _ => None,
    }
}

/// The code of an answer without a body; one with a body begins well.
fn grpc_code(headers: &HeaderMap) -> Grpc {
    let status = headers.get(Status::GRPC_STATUS);
    status.map_or(Grpc::Ok, |value| Grpc::from_bytes(value.as_bytes()))
}

fn respond(fault: Fault) -> Response {
    Status::from(fault).into_http::<Body>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_read_in_every_unit_and_garbage_is_ignored() {
        for (text, expected) in [
            ("1H", Some(Duration::from_secs(3600))),
            ("2M", Some(Duration::from_secs(120))),
            ("15S", Some(Duration::from_secs(15))),
            ("250m", Some(Duration::from_millis(250))),
            ("99999999u", Some(Duration::from_micros(99_999_999))),
            ("7n", Some(Duration::from_nanos(7))),
            ("100000000n", None),
            ("S", None),
            ("-1S", None),
            ("1年", None),
            ("", None),
        ] {
            assert_eq!(parse_timeout(text), expected, "{text}");
        }
    }

    #[test]
    fn exactly_one_bearer_token_is_accepted() {
        let mut headers = HeaderMap::new();
        assert!(matches!(bearer(&headers), Ok(None)));
        headers.insert(AUTHORIZATION, "bearer abc".parse().unwrap());
        assert!(matches!(bearer(&headers), Ok(Some("abc"))));
        headers.append(AUTHORIZATION, "Bearer def".parse().unwrap());
        assert!(bearer(&headers).is_err());
        headers.insert(AUTHORIZATION, "Basic abc".parse().unwrap());
        assert!(bearer(&headers).is_err());
    }
}
