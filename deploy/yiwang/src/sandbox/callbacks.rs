//! Callbacks: each taken request is told to whoever asked, until it is heard.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use serde_json::{Value, json};
use tokio::{sync::mpsc, task::JoinSet};
use tokio_util::sync::CancellationToken;
use yiwang_chassis::clock::{Clock, SystemClock};

use super::{
    Sandbox,
    behaviour::Behaviour,
    book::Taken,
    department::{beijing, written},
};

const TRIES: u32 = 20;
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Tells everything that is owed until `token` ends.
pub(crate) async fn run(
    sandbox: Arc<Sandbox>,
    mut owed: mpsc::UnboundedReceiver<Taken>,
    token: CancellationToken,
) -> anyhow::Result<()> {
    let http = reqwest::Client::builder()
        .timeout(Duration::from_secs(10))
        .build()?;
    let mut telling = JoinSet::new();
    loop {
        tokio::select! {
            () = token.cancelled() => return Ok(()),
            Some(taken) = owed.recv() => {
                let (sandbox, http) = (Arc::clone(&sandbox), http.clone());
                telling.spawn(async move { tell(&sandbox, &http, &taken).await });
            }
            Some(told) = telling.join_next() => told.context("a callback panicked")??,
        }
    }
}

async fn tell(sandbox: &Sandbox, http: &reqwest::Client, taken: &Taken) -> anyhow::Result<()> {
    let wait = taken.ready_at().duration_since(SystemClock.now());
    tokio::time::sleep(Duration::try_from(wait).unwrap_or_default()).await;
    let url = taken
        .callback_url()
        .filter(|_| !taken.behave.contains(&Behaviour::Silent));
    if let Some(url) = url {
        if taken.behave.contains(&Behaviour::Forged) {
            let body = body(
                taken,
                &json!({"status": "refused", "reason": {"code": "FORGED"}}),
            );
            post(http, url, body, "00".repeat(32)).await;
        }
        let body = body(taken, &taken.answer());
        let signature = sandbox.secrets.sign(taken.department, &body);
        until_heard(http, url, &body, &signature, taken).await;
        if taken.behave.contains(&Behaviour::Twice) {
            post(http, url, body.clone(), signature.clone()).await;
            post(http, url, body, signature).await;
        }
    }
    sandbox.book().told(taken)
}

async fn until_heard(
    http: &reqwest::Client,
    url: &str,
    body: &[u8],
    signature: &str,
    taken: &Taken,
) {
    let mut pause = Duration::from_millis(200);
    for _ in 0..TRIES {
        if post(http, url, body.to_vec(), signature.to_owned()).await {
            return;
        }
        tokio::time::sleep(pause).await;
        pause = LONGEST_PAUSE.min(pause * 2);
    }
    tracing::warn!(
        department = taken.department.name(),
        key = taken.key,
        "callback given up"
    );
}

async fn post(http: &reqwest::Client, url: &str, body: Vec<u8>, signature: String) -> bool {
    let request = http
        .post(url)
        .header("content-type", "application/json")
        .header("x-signature", signature)
        .body(body);
    request
        .send()
        .await
        .is_ok_and(|response| response.status().is_success())
}

fn body(taken: &Taken, answer: &Value) -> Vec<u8> {
    let sent_at = written(&beijing(SystemClock.now()));
    let department = taken.department.name();
    json!({"department": department, "key": taken.key, "sent_at": sent_at, "answer": answer})
        .to_string()
        .into_bytes()
}
