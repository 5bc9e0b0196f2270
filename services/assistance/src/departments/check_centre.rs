//! The check centre: asked until it answers, never twice under one key.

use serde_json::Value;
use yiwang_casework::{Answer, CallError};

use super::Client;

/// Asks for the outcome first: an unknown one is asked for again, never assumed.
pub(super) async fn request(
    client: &Client,
    key: &str,
    payload: &Value,
) -> Result<Answer, CallError> {
    let path = format!("/requests/{key}");
    if let Some(answer) = client.get(&path).await? {
        return Ok(outcome(answer));
    }
    let mut body = payload.clone();
    if let (Some(url), Some(fields)) = (client.callback(), body.as_object_mut()) {
        fields.insert("callback_url".to_owned(), url.as_str().into());
    }
    let body = serde_json::to_vec(&body).map_err(|_| CallError::Refused("payload".to_owned()))?;
    client.post("/requests", key, &body).await?;
    Ok(Answer::Pending)
}

fn outcome(answer: Value) -> Answer {
    match answer.get("status").and_then(Value::as_str) {
        Some("done" | "refused") => Answer::Done(answer),
        _ => Answer::Pending,
    }
}
