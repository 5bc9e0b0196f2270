//! The departments' contract (deploy/sandbox.md), through HTTP, over a kill.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use axum::{Router, body::Bytes, http::HeaderMap, routing::post};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::StatusCode;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::{net::TcpListener, sync::mpsc, time::timeout};
use yiwang_chassis::keys::Keys;

/// A running sandbox and what a department's partner needs to talk to it.
struct Sandbox {
    child: Child,
    url: String,
    secrets: BTreeMap<String, Vec<u8>>,
    http: reqwest::Client,
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Sandbox {
    fn start(dir: &Path) -> Self {
        yiwang_chassis::install_tls_provider();
        let keys = dir.join("keys");
        let departments = [
            "check-centre",
            "bank",
            "population",
            "id-reader",
            "health",
            "dna",
            "weather",
            "sharing",
            "police-household",
            "traffic-police",
            "medical-insurance",
            "social-insurance",
            "housing-fund",
            "public-health",
            "education",
            "construction",
            "market-supervision",
            "ecology",
            "disability-federation",
            "utilities",
            "sms",
            "platform",
        ];
        Keys::generate(&keys, &departments).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_yiwang"))
            .args(["sandbox", "--state"])
            .arg(dir.join("book"))
            .arg("--keys")
            .arg(&keys)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap();
        let secrets = Keys::load(&keys).unwrap().departments;
        let secrets = secrets
            .into_iter()
            .map(|(name, key)| (name, key.expose_secret().to_vec()))
            .collect();
        let http = reqwest::Client::new();
        Self {
            url: format!("http://{address}"),
            child,
            secrets,
            http,
        }
    }

    fn sign(&self, department: &str, message: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secrets[department]).unwrap();
        mac.update(message);
        hex::encode(mac.finalize().into_bytes())
    }

    async fn post(&self, department: &str, path: &str, key: &str, body: &Value) -> (u16, Value) {
        let body = body.to_string();
        let request = self
            .http
            .post(format!("{}{path}", self.url))
            .header("idempotency-key", key)
            .header("x-signature", self.sign(department, body.as_bytes()));
        answer(request.body(body)).await
    }

    async fn get(&self, department: &str, path: &str) -> (u16, Value) {
        let signature = self.sign(department, path.as_bytes());
        answer(
            self.http
                .get(format!("{}{path}", self.url))
                .header("x-signature", signature),
        )
        .await
    }

    /// Asks until the answer is there.
    async fn settled(&self, department: &str, path: &str) -> Value {
        let asking = async {
            loop {
                let (_, answer) = self.get(department, path).await;
                if !["pending", "accepted"].contains(&answer["status"].as_str().unwrap()) {
                    return answer;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(Duration::from_secs(10), asking).await.unwrap()
    }
}

async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    (
        response.status().as_u16(),
        response.json().await.unwrap_or_default(),
    )
}

/// Listens for callbacks; the first `deaf` are answered 503.
async fn listen(deaf: usize) -> (String, mpsc::UnboundedReceiver<(String, Bytes)>) {
    let (heard, hears) = mpsc::unbounded_channel();
    let calls = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let hear = move |headers: HeaderMap, body: Bytes| async move {
        heard
            .send((headers["x-signature"].to_str().unwrap().to_owned(), body))
            .unwrap();
        match calls.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < deaf {
            true => StatusCode::SERVICE_UNAVAILABLE,
            false => StatusCode::NO_CONTENT,
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/told", listener.local_addr().unwrap());
    let app = Router::new().route("/told", post(hear));
    tokio::task::spawn(async move { axum::serve(listener, app).await });
    (url, hears)
}

fn batch(callback_url: Option<&str>, account: &str) -> Value {
    json!({
        "purpose": "最低生活保障金", "month": "2026-06", "callback_url": callback_url,
        "lines": [{"line_id": "a", "account": account, "name": "张三", "amount_fen": 84_000}],
    })
}

fn check(callback_url: Option<&str>) -> Value {
    json!({
        "case_number": "DB1", "purpose": "minimum-living", "division": "420323100",
        "members": [{"id": "0", "name": "张三", "id_number": "420323198001019013",
                     "authorised_at": "2026-05-12T09:00:00+08:00"}],
        "callback_url": callback_url,
    })
}

const BATCHES: &str = "/bank/v1/batches";
const REQUESTS: &str = "/check-centre/v1/requests";

#[tokio::test]
async fn a_key_has_one_answer_also_after_a_kill() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(dir.path());
    let first = sandbox
        .post("bank", BATCHES, "k1", &batch(None, "62170001"))
        .await;
    assert_eq!(first.0, 202);
    let settled = sandbox.settled("bank", "/bank/v1/batches/k1").await;
    assert_eq!(settled["lines"][0]["status"], "paid");
    drop(sandbox);

    let sandbox = Sandbox::start(dir.path());
    assert_eq!(
        sandbox
            .post("bank", BATCHES, "k1", &batch(None, "62170001"))
            .await,
        first
    );
    let (status, refusal) = sandbox
        .post("bank", BATCHES, "k1", &batch(None, "62170002"))
        .await;
    assert_eq!(
        (status, refusal["code"].as_str()),
        (422, Some("IDEMPOTENCY_MISMATCH"))
    );
    assert_eq!(
        sandbox.settled("bank", "/bank/v1/batches/k1").await,
        settled
    );
    let (_, ledger) = sandbox.get("bank", "/sandbox/v1/ledger").await;
    assert_eq!(ledger, json!({"a": {"amount_fen": 84_000, "payments": 1}}));
}

#[tokio::test]
async fn unsigned_keyless_and_malformed_requests_change_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(dir.path());
    let unsigned = sandbox
        .http
        .post(format!("{}{BATCHES}", sandbox.url))
        .header("idempotency-key", "k")
        .body(batch(None, "1").to_string());
    assert_eq!(answer(unsigned).await.0, 401);
    assert_eq!(
        sandbox
            .post("check-centre", BATCHES, "k", &batch(None, "1"))
            .await
            .0,
        401
    );
    assert_eq!(
        sandbox.post("bank", BATCHES, "", &batch(None, "1")).await.0,
        400
    );
    let (status, refusal) = sandbox
        .post("bank", BATCHES, "k", &json!({"lines": []}))
        .await;
    assert_eq!(
        (status, refusal["code"].as_str()),
        (400, Some("INVALID_BATCH"))
    );
    assert_eq!(sandbox.get("bank", "/bank/v1/batches/k").await.0, 404);
}

#[tokio::test]
async fn a_callback_is_signed_repeated_until_heard_and_doubled_on_demand() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(dir.path());
    let (url, mut hears) = listen(1).await;
    let key = "c~delay-10~twice~forged";
    sandbox
        .post("check-centre", REQUESTS, key, &check(Some(&url)))
        .await;
    let mut told = Vec::new();
    for _ in 0..4 {
        told.push(
            timeout(Duration::from_secs(10), hears.recv())
                .await
                .unwrap()
                .unwrap(),
        );
    }
    let (forged, rest) = told.split_first().unwrap();
    assert_ne!(forged.0, sandbox.sign("check-centre", &forged.1));
    for (signature, body) in rest {
        assert_eq!(*signature, sandbox.sign("check-centre", body));
        let body: Value = serde_json::from_slice(body).unwrap();
        assert_eq!(
            (body["key"].as_str(), body["department"].as_str()),
            (Some(key), Some("check-centre"))
        );
        let findings = &body["answer"]["report"]["members"][0]["findings"];
        assert_eq!(findings[0]["category"], "vehicle");
    }
}

#[tokio::test]
async fn a_callback_owed_at_a_kill_comes_after_the_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (url, mut hears) = listen(0).await;
    let sandbox = Sandbox::start(dir.path());
    sandbox
        .post(
            "bank",
            BATCHES,
            "k~delay-300",
            &batch(Some(&url), "62170001"),
        )
        .await;
    drop(sandbox);
    let sandbox = Sandbox::start(dir.path());
    let (signature, body) = timeout(Duration::from_secs(10), hears.recv())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(signature, sandbox.sign("bank", &body));
}

#[tokio::test]
async fn failing_after_success_happens_once_and_a_rule_is_used_up() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(dir.path());
    let body = batch(None, "62170001");
    assert_eq!(sandbox.post("bank", BATCHES, "e~error", &body).await.0, 500);
    assert_eq!(sandbox.post("bank", BATCHES, "e~error", &body).await.0, 202);
    assert_eq!(sandbox.post("bank", BATCHES, "d~down", &body).await.0, 503);
    assert_eq!(sandbox.get("bank", "/bank/v1/batches/d~down").await.0, 404);
    assert_eq!(sandbox.post("bank", BATCHES, "d~down", &body).await.0, 202);

    let rule = json!({"department": "bank", "key_contains": "r", "times": 1, "behave": ["refuse"]});
    assert_eq!(
        sandbox
            .post("bank", "/sandbox/v1/behaviour", "", &rule)
            .await
            .0,
        415
    );
    let url = format!("{}/sandbox/v1/behaviour", sandbox.url);
    assert_eq!(answer(sandbox.http.post(&url).json(&rule)).await.0, 201);
    sandbox.post("bank", BATCHES, "r1", &body).await;
    sandbox.post("bank", BATCHES, "r2", &body).await;
    let first = sandbox.settled("bank", "/bank/v1/batches/r1").await;
    assert_eq!(first["lines"][0]["reason"]["code"], "REFUSED_BY_BANK");
    let second = sandbox.settled("bank", "/bank/v1/batches/r2").await;
    assert_eq!(second["lines"][0]["status"], "paid");
}

#[tokio::test]
async fn the_police_and_the_readers_remember_what_was_set_over_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(dir.path());
    let dead = json!({"id_number": "420323197805121012", "alive": false});
    let unsigned = |path: &str| sandbox.http.post(format!("{}{path}", sandbox.url));
    let (status, _) = answer(unsigned("/sandbox/v1/population").json(&dead)).await;
    assert_eq!(status, 201);
    let card = json!({
        "name": "张建国", "sex": "男", "nation": "汉", "birth_date": "1978-05-12",
        "address": "湖北省竹山县城关镇", "id_number": "420323197805121012",
        "authority": "竹山县公安局", "valid_from": "2020-05-12", "valid_to": "2040-05-12",
    });
    let laid = "/sandbox/v1/readers/421202001-01/1";
    assert_eq!(answer(unsigned(laid).json(&card)).await.0, 201);
    let half = json!({"name": "张建国"});
    assert_eq!(answer(unsigned(laid).json(&half)).await.0, 400);
    drop(sandbox);

    let sandbox = Sandbox::start(dir.path());
    let people = json!({"people": [
        {"name": "张建国", "id_number": "420323197805121012"},
        {"name": "王错兰", "id_number": "420323196812032013"},
    ]});
    let checks = "/population/v1/checks";
    let (status, _) = sandbox.post("population", checks, "k", &people).await;
    assert_eq!(status, 202);
    let found = sandbox
        .settled("population", "/population/v1/checks/k")
        .await;
    let expected = json!({"status": "done", "people": [
        {"match": true, "alive": false},
        {"match": false, "alive": true},
    ]});
    assert_eq!(found, expected);

    let reader = "/id-reader/v1/readers/421202001-01/1";
    assert_eq!(sandbox.get("id-reader", reader).await, (200, card));
    assert_eq!(sandbox.get("bank", reader).await.0, 401);
    let taken = sandbox.http.delete(format!("{}{laid}", sandbox.url));
    assert_eq!(answer(taken).await.0, 204);
    assert_eq!(sandbox.get("id-reader", reader).await.0, 404);
}

#[tokio::test]
async fn the_dna_base_finds_the_kin_that_were_set_and_keeps_to_what_it_said() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(dir.path());
    let samples = "/dna/v1/samples";
    let sample = json!({"case_number": "JZ1", "sample": "S1", "purpose": "identify"});
    let nameless = json!({"case_number": "JZ1", "purpose": "identify"});
    assert_eq!(sandbox.post("dna", samples, "bad", &nameless).await.0, 400);
    assert_eq!(sandbox.get("dna", "/dna/v1/samples/1").await.0, 404);
    let (status, receipt) = sandbox.post("dna", samples, "1", &sample).await;
    assert_eq!((status, receipt), (202, json!({"status": "pending"})));
    let none = json!({"status": "done", "result": "no_match", "sample": "S1"});
    assert_eq!(sandbox.settled("dna", "/dna/v1/samples/1").await, none);

    let kin = json!({"sample": "S1", "result": "match", "kind": "parent", "police": "610902"});
    let url = format!("{}/sandbox/v1/dna", sandbox.url);
    assert_eq!(answer(sandbox.http.post(&url).json(&kin)).await.0, 201);
    drop(sandbox);

    let sandbox = Sandbox::start(dir.path());
    sandbox.post("dna", samples, "2", &sample).await;
    let found = sandbox.settled("dna", "/dna/v1/samples/2").await;
    assert_eq!(found["result"], "match");
    assert_eq!(found["relative"]["police"], "610902");
    assert_eq!(sandbox.settled("dna", "/dna/v1/samples/1").await, none);
    assert_eq!(sandbox.get("bank", "/dna/v1/samples/1").await.0, 401);
}

#[tokio::test]
async fn death_certificates_come_in_order_from_a_cursor_also_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let certificate = |number: &str| {
        json!({
            "kind": "signed", "number": number, "name": "王德发",
            "document": {"kind": "citizen_id", "number": number},
            "died_at": "2026-07-01T03:20:00+08:00", "place": "421224100", "cause": "natural",
            "issuer": "124212244200000010", "issuer_name": "通山县人民医院",
            "signed_on": "2026-07-01",
        })
    };
    let sandbox = Sandbox::start(dir.path());
    for number in ["420323197805121012", "420323196812032013"] {
        let added = format!("{}/sandbox/v1/certificates", sandbox.url);
        let request = sandbox.http.post(added).json(&certificate(number));
        assert_eq!(answer(request).await.0, 201);
    }
    let half = format!("{}/sandbox/v1/certificates", sandbox.url);
    let half = sandbox.http.post(half).json(&json!({"kind": "signed"}));
    assert_eq!(answer(half).await.0, 400);
    drop(sandbox);

    let sandbox = Sandbox::start(dir.path());
    let path = "/health/v1/certificates";
    let read = async |after: u64| {
        let url = format!("{}{path}?after={after}", sandbox.url);
        let signature = sandbox.sign("health", path.as_bytes());
        answer(sandbox.http.get(url).header("x-signature", signature)).await
    };
    let (status, page) = read(0).await;
    assert_eq!(
        (status, page["certificates"].as_array().unwrap().len()),
        (200, 2)
    );
    assert_eq!(page["certificates"][0]["record"], "JK00000001");
    let (_, page) = read(1).await;
    assert_eq!(page["certificates"][0]["sequence"], 2);
    assert_eq!(read(2).await.1, json!({"certificates": []}));
    let url = format!("{}{path}?after=0", sandbox.url);
    assert_eq!(answer(sandbox.http.get(url)).await.0, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn weather_alerts_are_read_from_a_cursor_and_only_signed() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(dir.path());
    let url = format!("{}/sandbox/v1/alerts", sandbox.url);
    let alert = json!({ "kind": "cold", "level": "orange", "division": "421200",
                        "title": "咸宁市寒潮橙色预警", "from": "2026-12-01", "to": "2026-12-03" });
    for _ in 0..2 {
        let added = sandbox.http.post(&url).json(&alert).send().await.unwrap();
        assert_eq!(added.status(), StatusCode::CREATED);
    }
    let empty = sandbox
        .http
        .post(&url)
        .json(&json!({ "kind": "cold" }))
        .send()
        .await
        .unwrap();
    assert_eq!(empty.status(), StatusCode::BAD_REQUEST);
    let feed = "/weather/v1/alerts";
    let (status, page) = sandbox.get("weather", feed).await;
    assert_eq!(status, 200);
    assert_eq!(page["alerts"][1]["reference"], "QX00000002");
    assert_eq!(sandbox.get("bank", feed).await.0, 401);
}
