//! The paying bank: a batch of one, asked for until it is settled, never paid twice under one
//! key (deploy/sandbox.md).

use serde::Deserialize;
use serde_json::Value;
use yiwang_casework::{Answer, CallError, department::Client};

#[derive(Deserialize)]
struct Callback {
    key: String,
}

/// Asks for the outcome first: an unknown one is asked for again, never assumed.
pub(super) async fn pay(client: &Client, key: &str, payload: &Value) -> Result<Answer, CallError> {
    if let Some(answer) = client.get(&format!("/batches/{key}")).await? {
        let settled = answer["status"].as_str() == Some("settled");
        return Ok(if settled {
            Answer::Done(answer)
        } else {
            Answer::Pending
        });
    }
    let mut body = payload.clone();
    if let (Some(url), Some(fields)) = (client.callback(), body.as_object_mut()) {
        fields.insert("callback_url".to_owned(), url.as_str().into());
    }
    let body = serde_json::to_vec(&body).map_err(|_| CallError::Refused("payload".to_owned()))?;
    client.post("/batches", key, &body).await?;
    Ok(Answer::Pending)
}

/// Which errand a callback hurries.
pub(super) fn called(body: &[u8]) -> Result<String, CallError> {
    let callback: Callback = serde_json::from_slice(body)
        .map_err(|_| CallError::Refused("malformed callback".to_owned()))?;
    Ok(callback.key)
}
