//! The admin port: metrics and probes, never reachable from outside.
//!
//! `/metrics` in the Prometheus text format, `/livez` answers while the process
//! runs, `/readyz` while everything it needs is there.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde_json::json;
use sqlx::PgPool;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::telemetry;

/// What the process needs, and whether it is there; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Readiness(Arc<RwLock<BTreeMap<&'static str, bool>>>);

impl Readiness {
    /// Says whether `name` is there.
    pub fn set(&self, name: &'static str, ok: bool) {
        let mut parts = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if parts.insert(name, ok) != Some(ok) {
            metrics::gauge!("yiwang_ready", "part" => name).set(if ok { 1.0 } else { 0.0 });
        }
    }

    /// Whether something was said to be there and nothing is missing.
    pub fn is_ready(&self) -> bool {
        let parts = self.0.read().unwrap_or_else(PoisonError::into_inner);
        !parts.is_empty() && parts.values().all(|ok| *ok)
    }

    fn parts(&self) -> BTreeMap<&'static str, bool> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The routes of the admin port.
pub fn router(readiness: Readiness) -> Router {
    telemetry::install_metrics();
    Router::new()
        .route("/metrics", get(|| async { telemetry::render_metrics() }))
        .route("/livez", get(|| async { "ok" }))
        .route("/readyz", get(readyz))
        .with_state(readiness)
}

/// Serves the admin port until `token` is cancelled.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    readiness: Readiness,
    token: CancellationToken,
) -> anyhow::Result<()> {
    let stop = token.cancelled_owned();
    axum::serve(listener, router(readiness))
        .with_graceful_shutdown(stop)
        .await?;
    Ok(())
}

/// How often the database is asked.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Not ready while the database does not answer; from the moment of stopping `door` is shut.
///
/// # Errors
/// Never; the type fits the life cycle.
pub async fn watch(
    pool: PgPool,
    readiness: Readiness,
    door: &'static str,
    token: CancellationToken,
) -> anyhow::Result<()> {
    loop {
        let answered = sqlx::query("select 1").execute(&pool).await.is_ok();
        readiness.set("database", answered);
        tokio::select! {
            () = token.cancelled() => break,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
    readiness.set(door, false);
    Ok(())
}

async fn readyz(State(readiness): State<Readiness>) -> (StatusCode, Json<serde_json::Value>) {
    let ready = readiness.is_ready();
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (
        status,
        Json(json!({ "ready": ready, "parts": readiness.parts() })),
    )
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use http::Request;
    use tower::ServiceExt as _;

    use super::*;

    async fn get(router: &Router, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn ready_means_that_everything_is_there() {
        let readiness = Readiness::default();
        let router = router(readiness.clone());
        assert_eq!(get(&router, "/livez").await.0, StatusCode::OK);
        assert_eq!(
            get(&router, "/readyz").await.0,
            StatusCode::SERVICE_UNAVAILABLE
        );
        readiness.set("database", true);
        readiness.set("nats", false);
        let (status, body) = get(&router, "/readyz").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(
            body,
            r#"{"ready":false,"parts":{"database":true,"nats":false}}"#
        );
        readiness.set("nats", true);
        assert_eq!(get(&router, "/readyz").await.0, StatusCode::OK);
        let (_, metrics) = get(&router, "/metrics").await;
        assert!(metrics.contains("ready{part=\"nats\"} 1"), "{metrics}");
    }
}
