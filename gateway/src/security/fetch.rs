//! Unsafe requests that a browser sends for another site are refused.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, Method};
use yiwang_chassis::fault::{Code, Fault};

use crate::{reply, state::AppState};

/// Refuses before any handler runs.
pub(crate) async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if !safe && !same_site(request.headers(), &state.config().http.public_url) {
        let message = "请求来自其他网站，已被拒绝。";
        let fault = Fault::new(Code::Forbidden, "CROSS_SITE", message);
        return reply::failure(&state, request.uri().path(), None, fault);
    }
    next.run(request).await
}

/// Browsers say where a request comes from; clients that are no browsers say nothing.
fn same_site(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else {
        return true;
    };
    let host = text("host").unwrap_or_default();
    let named = origin.split_once("://").map_or("", |(_, host)| host);
    origin == public_url || (!host.is_empty() && named == host)
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn allowed(headers: &[(&'static str, &'static str)]) -> bool {
        let pairs = headers.iter().map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        same_site(&pairs.collect(), "https://yiwang.local")
    }

    #[test]
    fn other_sites_are_refused_and_plain_clients_are_not() {
        assert!(allowed(&[]));
        assert!(allowed(&[("sec-fetch-site", "same-origin")]));
        assert!(allowed(&[("sec-fetch-site", "none")]));
        assert!(!allowed(&[("sec-fetch-site", "same-site")]));
        assert!(!allowed(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://yiwang.local")
        ]));
        assert!(allowed(&[("origin", "https://yiwang.local")]));
        assert!(allowed(&[
            ("origin", "http://127.0.0.1:8080"),
            ("host", "127.0.0.1:8080")
        ]));
        assert!(!allowed(&[
            ("origin", "https://evil.example"),
            ("host", "127.0.0.1:8080")
        ]));
        assert!(!allowed(&[("origin", "null")]));
    }
}
