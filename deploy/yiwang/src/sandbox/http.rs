//! The departments' HTTP side.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use yiwang_chassis::clock::{Clock, SystemClock};

use super::{
    Sandbox, bank,
    behaviour::Behaviour,
    book::{Outcome, Rule, Taken},
    department::Department,
    dna, health, id_reader, population, sharing, weather,
};

/// How long a time-out on demand hangs.
const HANG: Duration = Duration::from_secs(60);

pub(super) type Shared = Arc<Sandbox>;

/// A refusal as the contract writes it.
pub(super) struct Refusal(
    pub(super) StatusCode,
    pub(super) &'static str,
    pub(super) String,
);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"code": self.1, "message": self.2}))).into_response()
    }
}

impl From<anyhow::Error> for Refusal {
    fn from(error: anyhow::Error) -> Self {
        tracing::error!(
            error = format!("{error:#}"),
            "the sandbox file cannot be written"
        );
        Self(
            StatusCode::INTERNAL_SERVER_ERROR,
            "INTERNAL",
            "cannot keep the request".to_owned(),
        )
    }
}

/// All routes.
pub(crate) fn router(sandbox: Shared) -> Router {
    let mut router = Router::new();
    for department in Department::ALL {
        let Some(path) = department.path() else {
            continue;
        };
        let take = move |State(sandbox): State<Shared>, headers: HeaderMap, body: Bytes| async move {
            take(&sandbox, department, &headers, &body).await
        };
        let tell = move |State(sandbox): State<Shared>,
                         Path(key): Path<String>,
                         uri: Uri,
                         headers: HeaderMap| async move {
            tell(&sandbox, department, &key, &uri, &headers)
        };
        router = router
            .route(&path, post(take))
            .route(&format!("{path}/{{key}}"), get(tell));
    }
    router
        .route(
            "/sandbox/v1/behaviour",
            get(rules).post(add_rule).delete(clear_rules),
        )
        .route("/sandbox/v1/ledger", get(ledger))
        .merge(population::routes())
        .merge(id_reader::routes())
        .merge(health::routes())
        .merge(dna::routes())
        .merge(weather::routes())
        .merge(sharing::routes())
        .route("/livez", get(|| async { "ok" }))
        .layer(DefaultBodyLimit::max(8 << 20))
        .with_state(sandbox)
}

async fn take(
    sandbox: &Sandbox,
    department: Department,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Response, Refusal> {
    signed(sandbox, department, headers, body)?;
    let request = read(sandbox, department, headers, body)?;
    let outcome = sandbox.book().take(request)?;
    match outcome {
        Outcome::Repeat(taken) => Ok(accepted(&taken)),
        Outcome::Mismatch => Err(Refusal(
            StatusCode::UNPROCESSABLE_ENTITY,
            "IDEMPOTENCY_MISMATCH",
            "this key was used with another body".to_owned(),
        )),
        Outcome::TurnedAway => Err(Refusal(
            StatusCode::SERVICE_UNAVAILABLE,
            "UNAVAILABLE",
            "try again".to_owned(),
        )),
        Outcome::Fresh(taken) => {
            let behave = taken.behave.clone();
            let answer = accepted(&taken);
            sandbox.owe(taken);
            if behave.contains(&Behaviour::Timeout) {
                sandbox
                    .token
                    .run_until_cancelled(tokio::time::sleep(HANG))
                    .await;
            }
            if behave.contains(&Behaviour::Error) {
                let message = "failed after success, on demand".to_owned();
                return Err(Refusal(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "INTERNAL",
                    message,
                ));
            }
            Ok(answer)
        }
    }
}

fn tell(
    sandbox: &Sandbox,
    department: Department,
    key: &str,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Json<Value>, Refusal> {
    signed(sandbox, department, headers, uri.path().as_bytes())?;
    let book = sandbox.book();
    let taken = book.get(department, key).ok_or_else(|| {
        Refusal(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "no request has this key".to_owned(),
        )
    })?;
    let ready = SystemClock.now() >= taken.ready_at();
    Ok(Json(if ready {
        taken.answer()
    } else {
        taken.receipt()
    }))
}

pub(super) fn signed(
    sandbox: &Sandbox,
    department: Department,
    headers: &HeaderMap,
    message: &[u8],
) -> Result<(), Refusal> {
    let signature = header(headers, "x-signature");
    if sandbox.secrets.fits(department, message, signature) {
        return Ok(());
    }
    let message = "X-Signature is missing or wrong".to_owned();
    Err(Refusal(StatusCode::UNAUTHORIZED, "SIGNATURE", message))
}

fn read(
    sandbox: &Sandbox,
    department: Department,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Taken, Refusal> {
    let invalid = |message: String| Refusal(StatusCode::BAD_REQUEST, department.invalid(), message);
    let key = header(headers, "idempotency-key");
    let visible = |byte: u8| byte.is_ascii_graphic() && byte != b'/';
    if key.is_empty() || key.len() > 128 || !key.bytes().all(visible) {
        return Err(invalid(
            "Idempotency-Key is missing or malformed".to_owned(),
        ));
    }
    let value: Value = serde_json::from_slice(body).map_err(|error| invalid(error.to_string()))?;
    department.check(&value).map_err(invalid)?;
    let value = match department {
        // What it knew when it was asked is what it goes on saying.
        Department::Population => population::looked_up(value, &sandbox.book()),
        Department::Dna => dna::looked_up(value, &sandbox.book()),
        Department::Sharing => sharing::looked_up(value, &sandbox.book()),
        _ => value,
    };
    Ok(Taken {
        department,
        key: key.to_owned(),
        body_hash: hex::encode(Sha256::digest(body)),
        body: value,
        taken_at: SystemClock.now(),
        business_at: sandbox.clock.now(),
        behave: Vec::new(),
    })
}

fn accepted(taken: &Taken) -> Response {
    (StatusCode::ACCEPTED, Json(taken.receipt())).into_response()
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

async fn rules(State(sandbox): State<Shared>) -> Json<Vec<Rule>> {
    Json(sandbox.book().rules().to_vec())
}

async fn add_rule(
    State(sandbox): State<Shared>,
    Json(rule): Json<Rule>,
) -> Result<Response, Refusal> {
    let mut book = sandbox.book();
    let rules = book.rules().iter().cloned().chain([rule.clone()]).collect();
    book.set_rules(rules)?;
    Ok((StatusCode::CREATED, Json(rule)).into_response())
}

async fn clear_rules(State(sandbox): State<Shared>) -> Result<StatusCode, Refusal> {
    sandbox.book().set_rules(Vec::new())?;
    Ok(StatusCode::NO_CONTENT)
}

async fn ledger(State(sandbox): State<Shared>) -> Json<Value> {
    Json(json!(bank::ledger(sandbox.book().all(Department::Bank))))
}
