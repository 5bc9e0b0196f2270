//! A collector that really receives what the process recorded.

#![expect(clippy::disallowed_methods, reason = "a test owns its server task")]

use std::sync::{Arc, Mutex};

use axum::{Router, extract::Request, routing::post};
use tonic::{Response, Status, service::Routes, transport::server::TcpIncoming};
use tonic_prost::ProstCodec;

use super::*;

const EXPORT: &str = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn spans_reach_the_configured_collector_at_the_latest_at_the_end() {
    let received = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&received);
    // Field 1 of the export request holds the spans: BytesValue reads it raw.
    let export = move |request: Request| async move {
        let keep = tower::service_fn(move |request: tonic::Request<Vec<u8>>| {
            sink.lock().unwrap().extend(request.into_inner());
            std::future::ready(Ok::<_, Status>(Response::new(())))
        });
        tonic::server::Grpc::new(ProstCodec::<(), Vec<u8>>::default())
            .unary(keep, request)
            .await
    };
    let routes = Routes::from(Router::new().route(EXPORT, post(export)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let server = tonic::transport::Server::builder().add_routes(routes);
    tokio::task::spawn(server.serve_with_incoming(TcpIncoming::from(listener)));

    let config = config::Telemetry {
        log: "info".into(),
        otlp_endpoint: endpoint,
        sample_ratio: 1.0,
    };
    let guard = init(&config, "yiwang-assistance").unwrap();
    tracing::info_span!("monthly payment run").in_scope(|| tracing::info!("one run"));
    assert!(init(&config, "twice").is_err());
    drop(guard);
    let received = received.lock().unwrap();
    for name in ["yiwang-assistance", "monthly payment run"] {
        let found = received
            .windows(name.len())
            .any(|bytes| bytes == name.as_bytes());
        assert!(found, "{name} was not exported");
    }
}
