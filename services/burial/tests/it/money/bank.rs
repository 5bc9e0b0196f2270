//! A paying bank over real HTTP: settles what it is asked about; accounts that end in 9990 do
//! not exist (deploy/sandbox.md). Those that end in 7770 or 7790 take their time, the latter do
//! not exist either.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::net::TcpListener;

/// Batches by key.
pub(super) type Book = Arc<Mutex<BTreeMap<String, Value>>>;

async fn take(State(book): State<Book>, headers: HeaderMap, body: Json<Value>) -> StatusCode {
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    assert!(headers.contains_key("x-signature"));
    book.lock().unwrap().entry(key).or_insert(body.0);
    StatusCode::ACCEPTED
}

async fn settled(
    State(book): State<Book>,
    Path(key): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let book = book.lock().unwrap();
    let line = &book.get(&key).ok_or(StatusCode::NOT_FOUND)?["lines"][0];
    let ends = |tail| line["account"].as_str().unwrap().ends_with(tail);
    if (ends("7770") || ends("7790")) && !book.contains_key(DONE) {
        return Ok(Json(json!({ "status": "accepted" })));
    }
    let gone = ends("9990") || ends("7790");
    let line = match gone {
        true => json!({ "line_id": line["line_id"], "status": "returned",
            "reason": { "code": "NO_SUCH_ACCOUNT", "message": "账号不存在" } }),
        false => json!({ "line_id": line["line_id"], "status": "paid" }),
    };
    Ok(Json(json!({ "status": "settled", "lines": [line] })))
}

/// Stands in the book once the slow batches are settled.
const DONE: &str = "done";

/// The slow batches are settled from now on.
pub(super) fn settle(book: &Book) {
    book.lock().unwrap().insert(DONE.to_owned(), Value::Null);
}

/// What the bank posts about a batch, with its signature.
pub(super) fn callback(key: &str) -> (Vec<u8>, String) {
    let body = json!({ "key": key, "status": "settled" })
        .to_string()
        .into_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(&[5; 32]).unwrap();
    mac.update(&body);
    let signature = hex::encode(mac.finalize().into_bytes());
    (body, signature)
}

/// Opens one; its base address and its book.
pub(super) async fn open() -> (String, Book) {
    let book = Book::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/bank/v1", listener.local_addr().unwrap());
    let router = Router::new()
        .route("/bank/v1/batches", post(take))
        .route("/bank/v1/batches/{key}", get(settled))
        .with_state(book.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (base, book)
}
