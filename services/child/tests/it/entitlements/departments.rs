//! Data sharing and the bank over HTTP, as deploy/sandbox.md has them, with a memory to look into.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use serde_json::{Value, json};

/// What the departments know and were asked.
#[derive(Default)]
pub(crate) struct Memory {
    /// What data sharing knows of an ID number.
    pub(crate) facts: HashMap<String, Value>,
    /// Answers by key.
    answers: HashMap<String, Value>,
    /// Batches by key, as often as they were posted.
    pub(crate) batches: HashMap<String, (Value, u32)>,
    /// The bank takes batches and does not settle them.
    pub(crate) slow: bool,
}

/// The departments.
#[derive(Clone, Default)]
pub(crate) struct Departments(pub(crate) Arc<Mutex<Memory>>);

impl Departments {
    /// Starts them; their base addresses.
    pub(crate) async fn start(&self) -> (String, String) {
        let router = Router::new()
            .route("/sharing/v1/requests", post(ask))
            .route("/sharing/v1/requests/{key}", get(told))
            .route("/bank/v1/batches", post(take))
            .route("/bank/v1/batches/{key}", get(settled))
            .with_state(self.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        #[expect(clippy::disallowed_methods, reason = "tests make their own tasks")]
        tokio::spawn(async move { axum::serve(listener, router).await });
        (
            format!("http://{at}/sharing/v1"),
            format!("http://{at}/bank/v1"),
        )
    }

    /// Data sharing knows this of somebody from now on.
    pub(crate) fn know(&self, id_number: &str, facts: Value) {
        let mut memory = self.0.lock().unwrap();
        memory.facts.insert(id_number.to_owned(), facts);
    }

    /// What the bank has paid to each account, by line once.
    pub(crate) fn paid(&self) -> HashMap<String, i64> {
        let memory = self.0.lock().unwrap();
        let lines = memory.batches.values().flat_map(|(batch, _)| lines(batch));
        let mut paid = HashMap::new();
        for line in lines.filter(|line| !is_returned(line)) {
            let account = line["account"].as_str().unwrap().to_owned();
            *paid.entry(account).or_default() += line["amount_fen"].as_i64().unwrap();
        }
        paid
    }

    /// The lines that the bank has ever seen.
    pub(crate) fn line_ids(&self) -> BTreeSet<String> {
        let memory = self.0.lock().unwrap();
        let lines = memory.batches.values().flat_map(|(batch, _)| lines(batch));
        let id = |line: Value| line["line_id"].as_str().unwrap().to_owned();
        lines.map(id).collect()
    }
}

fn key(headers: &HeaderMap) -> String {
    headers["idempotency-key"].to_str().unwrap().to_owned()
}

fn lines(batch: &Value) -> Vec<Value> {
    batch["lines"].as_array().unwrap().clone()
}

fn is_returned(line: &Value) -> bool {
    line["account"].as_str().unwrap().ends_with("9990")
}

async fn ask(
    State(it): State<Departments>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> StatusCode {
    let mut memory = it.0.lock().unwrap();
    let people: Vec<Value> = body["people"]
        .as_array()
        .unwrap()
        .iter()
        .map(|person| {
            let number = person["id_number"].as_str().unwrap();
            let mut known = memory
                .facts
                .get(number)
                .cloned()
                .unwrap_or_else(|| json!({}));
            known["id"] = person["id"].clone();
            known["found"] = true.into();
            known
        })
        .collect();
    let answer = json!({ "status": "done", "people": people });
    memory.answers.insert(key(&headers), answer);
    StatusCode::ACCEPTED
}

async fn told(
    State(it): State<Departments>,
    Path(key): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let memory = it.0.lock().unwrap();
    memory
        .answers
        .get(&key)
        .cloned()
        .map(Json)
        .ok_or(StatusCode::NOT_FOUND)
}

async fn take(
    State(it): State<Departments>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> StatusCode {
    let mut memory = it.0.lock().unwrap();
    let kept = memory
        .batches
        .entry(key(&headers))
        .or_insert((body.clone(), 0));
    assert_eq!(kept.0, body, "a repeat sends the very same");
    kept.1 += 1;
    StatusCode::ACCEPTED
}

async fn settled(
    State(it): State<Departments>,
    Path(key): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let memory = it.0.lock().unwrap();
    let (batch, _) = memory.batches.get(&key).ok_or(StatusCode::NOT_FOUND)?;
    if memory.slow {
        return Ok(Json(json!({ "status": "accepted" })));
    }
    let lines: Vec<Value> = lines(batch)
        .iter()
        .map(|line| match is_returned(line) {
            true => json!({ "line_id": line["line_id"], "status": "returned",
                            "reason": { "code": "NO_SUCH_ACCOUNT", "message": "账号不存在" } }),
            false => json!({ "line_id": line["line_id"], "status": "paid" }),
        })
        .collect();
    Ok(Json(json!({ "status": "settled", "lines": lines })))
}
