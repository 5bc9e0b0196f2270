//! Serving and calling gRPC.
//!
//! ```text
//! request ─▶ observe (trace, metrics, log) ─▶ panic → INTERNAL ─▶ deadline
//!         ─▶ authenticate (bearer token → Caller) ─▶ the service
//! ```
//! Health and reflection are always there. A valid token puts a
//! [`crate::identity::Caller`] into the extensions, an invalid one is refused,
//! none leaves the request anonymous: handlers ask `identity::caller`.
//! Messages over 4 MiB are refused (tonic's own limit).

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tonic::{service::Routes, transport::server::TcpIncoming};
use tonic_health::{ServingStatus, server::HealthReporter};

use crate::{config, telemetry, verifier::Verifier};

pub mod client;
mod layers;

/// A gRPC server before it runs.
#[derive(Debug)]
pub struct Server {
    limits: config::Grpc,
    verifier: Arc<Verifier>,
    health: HealthReporter,
}

impl Server {
    /// A server with these limits that trusts the tokens `verifier` accepts.
    pub fn new(limits: config::Grpc, verifier: Arc<Verifier>) -> Self {
        Self {
            limits,
            verifier,
            health: HealthReporter::new(),
        }
    }

    /// Sets the health of single services; the whole server's (`""`) follows
    /// the life of [`Self::serve`].
    pub fn health(&self) -> HealthReporter {
        self.health.clone()
    }

    /// Serves `routes` until `token` is cancelled: health turns to NOT_SERVING,
    /// new calls are refused after the drain delay, calls in progress finish, and
    /// streams that nobody ends are cut after the longest deadline.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(
        self,
        listener: TcpListener,
        routes: Routes,
        token: CancellationToken,
    ) -> anyhow::Result<()> {
        let Self {
            limits,
            verifier,
            health,
        } = self;
        health.set_service_status("", ServingStatus::Serving).await;
        let health_service = tonic_health::pb::health_server::HealthServer::new(
            tonic_health::server::HealthService::from_health_reporter(health.clone()),
        );
        let reflection = tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(yiwang_proto::DESCRIPTORS)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
            .build_v1()
            .context("the embedded descriptors are damaged")?;
        let router = routes
            .add_service(health_service)
            .add_service(reflection)
            .into_axum_router()
            .layer(from_fn_with_state(verifier, layers::authenticate))
            .layer(from_fn_with_state(limits.max_deadline, layers::deadline))
            .layer(axum::middleware::from_fn(layers::catch_panic))
            .layer(axum::middleware::from_fn(layers::observe));
        telemetry::count_from_zero(&["yiwang_tokens_refused_total"]);
        let stopping = token.clone();
        let drain = async move {
            stopping.cancelled().await;
            health
                .set_service_status("", ServingStatus::NotServing)
                .await;
            tokio::time::sleep(limits.drain_delay).await;
        };
        // No call outlives its deadline; what is left then are watchers' streams.
        let streams_end = async move {
            token.cancelled().await;
            let calls = limits.drain_delay + limits.max_deadline;
            tokio::time::sleep(calls + Duration::from_secs(1)).await;
        };
        let serving = tonic::transport::Server::builder()
            .concurrency_limit_per_connection(limits.concurrency)
            .http2_keepalive_interval(Some(Duration::from_secs(30)))
            .max_connection_age(CONNECTION_AGE)
            .max_connection_age_grace(limits.max_deadline + Duration::from_secs(1))
            .add_routes(Routes::from(router).prepare())
            .serve_with_incoming_shutdown(
                TcpIncoming::from(listener).with_nodelay(Some(true)),
                drain,
            );
        tokio::select! {
            served = serving => served.context("gRPC server"),
            () = streams_end => Ok(()),
        }
    }
}

/// A caller keeps one connection, which a Service of Kubernetes leads to one pod: now and then it
/// has to choose anew, so that pods started later get work too.
const CONNECTION_AGE: Duration = Duration::from_secs(5 * 60);

#[cfg(test)]
mod tests;
