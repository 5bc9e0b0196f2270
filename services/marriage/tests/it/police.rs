//! The population register as deploy/sandbox.md has it, small.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What the police were asked and what they know.
#[derive(Default)]
pub(crate) struct Book {
    taken: HashMap<String, Value>,
    /// ID numbers that go with another name.
    pub(crate) strangers: HashSet<String>,
}

#[derive(Clone)]
pub(crate) struct Police {
    pub(crate) book: Arc<Mutex<Book>>,
    pub(crate) url: String,
}

impl Police {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/population/v1", listener.local_addr().unwrap());
        let police = Self {
            book: Arc::default(),
            url,
        };
        let router = Router::new()
            .route("/population/v1/checks", post(take))
            .route("/population/v1/checks/{key}", get(tell))
            .with_state(police.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        police
    }
}

async fn take(
    State(police): State<Police>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> (StatusCode, Json<Value>) {
    assert!(!headers["x-signature"].is_empty());
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    police.book.lock().unwrap().taken.insert(key, body);
    (StatusCode::ACCEPTED, Json(json!({ "status": "pending" })))
}

async fn tell(
    State(police): State<Police>,
    Path(key): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let book = police.book.lock().unwrap();
    let body = book.taken.get(&key).ok_or(StatusCode::NOT_FOUND)?;
    let seen = |person: &Value| {
        let stranger = book
            .strangers
            .contains(person["id_number"].as_str().unwrap());
        json!({ "match": !stranger, "alive": true })
    };
    let people: Vec<Value> = body["people"]
        .as_array()
        .unwrap()
        .iter()
        .map(seen)
        .collect();
    Ok(Json(json!({ "status": "done", "people": people })))
}
