//! A real server on port 0, a real client, a service that does what it is told.

#![expect(clippy::disallowed_methods, reason = "a test owns its server task")]

use axum::{Router, extract::Request as HttpRequest, routing::post};
use http::uri::PathAndQuery;
use tokio_stream::StreamExt as _;
use tonic::{Request, Response, Status, transport::Channel};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
use tonic_prost::ProstCodec;
use tonic_reflection::pb::v1::{
    ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
    server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
};

use super::*;
use crate::{
    fault::{Code, Fault},
    identity::{self, Role},
    testing::{TestIssuer, caller},
};

const AUDIENCE: &str = "test";

struct Running {
    issuer: TestIssuer,
    channel: Channel,
    token: CancellationToken,
    server: tokio::task::JoinHandle<anyhow::Result<()>>,
}

async fn obey(request: Request<String>) -> Result<Response<String>, Status> {
    let order = request.get_ref().as_str();
    match order.split_once(' ').unwrap_or((order, "")) {
        ("who", _) => Ok(Response::new(identity::caller(&request)?.name)),
        ("sleep", ms) => {
            tokio::time::sleep(Duration::from_millis(ms.parse().unwrap())).await;
            Ok(Response::new("rested".to_owned()))
        }
        ("panic", _) => panic!("told to"),
        _ => Ok(Response::new(order.len().to_string())),
    }
}

fn routes() -> Routes {
    let handler = |request: HttpRequest| async {
        let mut grpc = tonic::server::Grpc::new(ProstCodec::<String, String>::default());
        grpc.unary(tower::service_fn(obey), request).await
    };
    Routes::from(Router::new().route("/test.Obedient/Obey", post(handler)))
}

async fn start() -> Running {
    let limits = config::Grpc {
        listen: "127.0.0.1:0".parse().unwrap(),
        max_deadline: Duration::from_secs(2),
        concurrency: 64,
        drain_delay: Duration::from_millis(100),
    };
    let issuer = TestIssuer::new();
    let listener = TcpListener::bind(limits.listen).await.unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    let token = CancellationToken::new();
    let server = Server::new(limits, issuer.verifier(AUDIENCE));
    let server = tokio::task::spawn(server.serve(listener, routes(), token.clone()));
    Running {
        issuer,
        channel: client::channel(&uri).unwrap(),
        token,
        server,
    }
}

async fn call(channel: &Channel, request: Request<String>) -> Result<String, Fault> {
    let mut grpc = tonic::client::Grpc::new(channel.clone());
    grpc.ready().await.unwrap();
    let path = PathAndQuery::from_static("/test.Obedient/Obey");
    let answer = grpc
        .unary(request, path, ProstCodec::<String, String>::default())
        .await;
    answer.map(Response::into_inner).map_err(Fault::from_status)
}

fn order(text: &str) -> Request<String> {
    client::request(text.to_owned(), None).unwrap()
}

#[tokio::test]
async fn a_token_makes_a_caller_and_a_bad_one_is_refused() {
    let running = start().await;
    let clerk = caller("王五", &[(Role::Clerk, "420323")]);

    let token = running.issuer.token(&clerk, AUDIENCE);
    let request = client::request("who".to_owned(), Some(&token)).unwrap();
    assert_eq!(call(&running.channel, request).await.unwrap(), "王五");

    let anonymous = call(&running.channel, order("who")).await.unwrap_err();
    assert_eq!(anonymous.code, Code::Unauthenticated);
    assert!(call(&running.channel, order("hello")).await.is_ok());

    // A bad token is refused even where none is needed.
    let foreign = running.issuer.token(&clerk, "burial");
    let request = client::request("hello".to_owned(), Some(&foreign)).unwrap();
    let refused = call(&running.channel, request).await.unwrap_err();
    assert_eq!(refused.code, Code::Unauthenticated);
    assert_eq!(refused.message, "请先登录。");
}

#[tokio::test]
async fn panics_deadlines_and_oversize_have_their_own_answers() {
    let running = start().await;
    let panicked = call(&running.channel, order("panic")).await.unwrap_err();
    assert_eq!(panicked.code, Code::Internal);
    assert_eq!(panicked.reason, "INTERNAL");

    let mut hurried = order("sleep 5000");
    hurried.set_timeout(Duration::from_millis(100));
    let late = call(&running.channel, hurried).await.unwrap_err();
    assert_eq!(late.code, Code::DeadlineExceeded);
    let mut patient = order("sleep 5000");
    patient.set_timeout(Duration::from_secs(10));
    let late = call(&running.channel, patient).await.unwrap_err();
    assert_eq!(
        (late.code, &*late.reason),
        (Code::DeadlineExceeded, "DEADLINE_EXCEEDED")
    );

    let fits = order(&"a".repeat(4_000_000));
    assert_eq!(call(&running.channel, fits).await.unwrap(), "4000000");
    let large = order(&"a".repeat(5_000_000));
    assert_eq!(
        call(&running.channel, large).await.unwrap_err().code,
        Code::TooLarge
    );
    assert!(
        call(&running.channel, order("hello")).await.is_ok(),
        "the connection survives"
    );
}

#[tokio::test]
async fn reflection_knows_the_contracts_and_metrics_count_known_names_only() {
    crate::telemetry::install_metrics();
    let running = start().await;
    let ask = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut answers = ServerReflectionClient::new(running.channel.clone())
        .server_reflection_info(tokio_stream::once(ask))
        .await
        .unwrap()
        .into_inner();
    let answer = answers.next().await.unwrap().unwrap().message_response;
    let Some(MessageResponse::ListServicesResponse(list)) = answer else {
        panic!("{answer:?}");
    };
    assert!(
        list.service
            .iter()
            .any(|s| s.name == "yiwang.casework.v1.Casework")
    );

    call(&running.channel, order("hello")).await.unwrap();
    let mut grpc = tonic::client::Grpc::new(running.channel.clone());
    grpc.ready().await.unwrap();
    let path = PathAndQuery::from_static("/probe.Scanner/DropTables");
    let codec = ProstCodec::<String, String>::default();
    let status = grpc.unary(order("x"), path, codec).await.unwrap_err();
    assert_eq!(status.code(), tonic::Code::Unimplemented);
    let metrics = crate::telemetry::render_metrics();
    assert!(
        metrics.contains(r#"service="test.Obedient",method="Obey",code="Ok"} 1"#),
        "{metrics}"
    );
    assert!(!metrics.contains("Scanner"), "{metrics}");
}

#[tokio::test]
async fn stopping_turns_health_first_and_lets_calls_finish() {
    let running = start().await;
    let mut health = HealthClient::new(running.channel.clone());
    let mut watch = health
        .watch(HealthCheckRequest {
            service: String::new(),
        })
        .await
        .unwrap()
        .into_inner();
    let serving = ServingStatus::Serving as i32;
    assert_eq!(watch.next().await.unwrap().unwrap().status, serving);

    let channel = running.channel.clone();
    let in_progress = tokio::task::spawn(async move { call(&channel, order("sleep 600")).await });
    // The call must have arrived before the stop: another one comes back.
    call(&running.channel, order("hello")).await.unwrap();
    running.token.cancel();
    assert_ne!(watch.next().await.unwrap().unwrap().status, serving);
    assert!(!in_progress.is_finished());
    drop((watch, health));
    assert_eq!(in_progress.await.unwrap().unwrap(), "rested");
    drop(running.channel);
    running.server.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_watcher_does_not_hold_up_the_end() {
    let running = start().await;
    let mut watch = HealthClient::new(running.channel.clone())
        .watch(HealthCheckRequest {
            service: String::new(),
        })
        .await
        .unwrap()
        .into_inner();
    watch.next().await.unwrap().unwrap();
    running.token.cancel();
    running.server.await.unwrap().unwrap();
}
