//! Check centre and bank as deploy/sandbox.md has them, small.

use std::{
    collections::HashMap,
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
use yiwang_chassis::clock::{Clock, ManualClock};
use yiwang_civic::time;

/// What the departments were asked and how they behave.
#[derive(Default)]
pub(crate) struct Book {
    /// Bodies by key.
    pub(crate) taken: HashMap<String, Value>,
    /// POSTs that were answered, repeats too.
    pub(crate) posts: u32,
    /// Requests are taken, but this many POSTs are answered 500.
    pub(crate) fail_posts: u32,
    /// The bank has not settled yet.
    pub(crate) slow: bool,
    /// The bank's word for a line it does not settle; empty: every line is settled.
    pub(crate) odd: String,
    /// Findings on the person at a position.
    pub(crate) findings: HashMap<String, Value>,
}

#[derive(Clone)]
pub(crate) struct Town {
    pub(crate) book: Arc<Mutex<Book>>,
    pub(crate) url: String,
    clock: ManualClock,
}

impl Town {
    pub(crate) async fn start(clock: ManualClock) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let town = Self {
            book: Arc::default(),
            url,
            clock,
        };
        let router = Router::new()
            .route("/check-centre/v1/requests", post(take))
            .route("/check-centre/v1/requests/{key}", get(report))
            .route("/bank/v1/batches", post(take))
            .route("/bank/v1/batches/{key}", get(batch))
            .with_state(town.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        town
    }

    pub(crate) fn book(&self) -> std::sync::MutexGuard<'_, Book> {
        self.book.lock().unwrap()
    }

    /// Amounts that reached accounts, by line.
    pub(crate) fn paid(&self) -> HashMap<String, Vec<i64>> {
        let mut paid: HashMap<String, Vec<i64>> = HashMap::new();
        for batch in self.book().taken.values() {
            for line in batch["lines"].as_array().into_iter().flatten() {
                if !returned(line) {
                    let amount = line["amount_fen"].as_i64().unwrap();
                    paid.entry(line["line_id"].as_str().unwrap().to_owned())
                        .or_default()
                        .push(amount);
                }
            }
        }
        paid
    }
}

fn returned(line: &Value) -> bool {
    line["account"].as_str().unwrap().ends_with("9990")
}

async fn take(
    State(town): State<Town>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<(StatusCode, Json<Value>), StatusCode> {
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    assert!(!headers["x-signature"].is_empty());
    let mut book = town.book();
    book.posts += 1;
    if book.taken.get(&key).is_some_and(|known| *known != body) {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    book.taken.insert(key, body);
    if book.fail_posts > 0 {
        book.fail_posts -= 1;
        return Err(StatusCode::INTERNAL_SERVER_ERROR);
    }
    Ok((StatusCode::ACCEPTED, Json(json!({ "status": "accepted" }))))
}

async fn report(
    State(town): State<Town>,
    Path(key): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let now = town.clock.now();
    let book = town.book();
    let body = book.taken.get(&key).ok_or(StatusCode::NOT_FOUND)?;
    let ids: Vec<&Value> = body["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| &m["id"])
        .collect();
    let members: Vec<Value> = ids
        .iter()
        .map(|id| {
            let found = book.findings.get(id.as_str().unwrap());
            json!({ "id": id, "findings": found.into_iter().collect::<Vec<_>>() })
        })
        .collect();
    Ok(Json(json!({ "status": "done", "report": {
        "number": format!("HD-{key}"),
        "issued_at": now.to_string(),
        "valid_until": time::beijing_date(now).checked_add(jiff::Span::new().days(180)).unwrap(),
        "covered": ids,
        "members": members,
    }})))
}

async fn batch(
    State(town): State<Town>,
    Path(key): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let book = town.book();
    let body = book.taken.get(&key).ok_or(StatusCode::NOT_FOUND)?;
    if book.slow {
        return Ok(Json(json!({ "status": "accepted" })));
    }
    let line = |line: &Value| match returned(line) {
        _ if !book.odd.is_empty() => json!({ "line_id": line["line_id"], "status": book.odd }),
        true => json!({ "line_id": line["line_id"], "status": "returned",
            "reason": { "code": "NO_SUCH_ACCOUNT", "message": "账号\u{202e}不\u{0}存在" } }),
        false => json!({ "line_id": line["line_id"], "status": "paid" }),
    };
    let lines: Vec<Value> = body["lines"].as_array().unwrap().iter().map(line).collect();
    Ok(Json(json!({ "status": "settled", "lines": lines })))
}
