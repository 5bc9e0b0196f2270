//! The police's DNA base, asked until it answers and never twice under one key.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use serde_json::{Value, json};
use yiwang_casework::{Answer, Departments as _};
use yiwang_rescue::{
    departments::Partners,
    domain::search::{DnaAnswer, ERRAND, Sample},
};

use crate::world::client;

/// What was posted, by key, and whether it is compared.
type Base = Arc<Mutex<(Vec<(String, Value)>, bool)>>;

async fn take(State(base): State<Base>, headers: HeaderMap, body: Json<Value>) -> StatusCode {
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    base.lock().unwrap().0.push((key, body.0));
    StatusCode::ACCEPTED
}

async fn tell(
    State(base): State<Base>,
    Path(key): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let (taken, compared) = &*base.lock().unwrap();
    let mut taken = taken.iter();
    let (_, body) = taken
        .find(|(known, _)| *known == key)
        .ok_or(StatusCode::NOT_FOUND)?;
    Ok(Json(match compared {
        false => json!({ "status": "pending" }),
        true => json!({ "status": "done", "result": "no_match", "sample": body["sample"] }),
    }))
}

#[tokio::test]
async fn a_sample_is_asked_for_once_until_the_police_answer() {
    yiwang_chassis::install_tls_provider();
    let base = Base::default();
    let router = Router::new()
        .route("/dna/v1/samples", post(take))
        .route("/dna/v1/samples/{key}", get(tell))
        .with_state(base.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let partners = Partners {
        dna: client(&format!("http://{address}/dna/v1")),
    };
    let errand = Sample {
        case_number: "JZ1",
        sample: "S1",
        round: 1,
    }
    .errand();
    let ask = || partners.call(ERRAND, &errand.key, &errand.payload);
    for _ in 0..3 {
        assert_eq!(ask().await.unwrap(), Answer::Pending);
    }
    base.lock().unwrap().1 = true;
    let Answer::Done(answer) = ask().await.unwrap() else {
        panic!("no answer");
    };
    let sample = "S1".to_owned();
    assert_eq!(
        DnaAnswer::read(answer).unwrap(),
        DnaAnswer::NoMatch { sample }
    );
    assert_eq!(base.lock().unwrap().0.len(), 1, "asked once");
    assert!(partners.call("fortune", "k", &json!({})).await.is_err());
    assert!(partners.callback("dna", b"{}", "00").is_err());
}
