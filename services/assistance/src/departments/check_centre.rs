//! The check centre: asked until it answers, never twice under one key.

use serde_json::Value;
use yiwang_casework::{Answer, CallError, department::Client};

/// Asks for the outcome first: an unknown one is asked for again, never assumed.
pub(super) async fn request(
    client: &Client,
    key: &str,
    payload: &Value,
) -> Result<Answer, CallError> {
    let path = format!("/requests/{key}");
    let mut body = payload.clone();
    // The round is ours, not the centre's: it goes back with the answer.
    let round = body
        .as_object_mut()
        .and_then(|fields| fields.remove("round"));
    if let Some(answer) = client.get(&path).await? {
        return Ok(outcome(answer, round));
    }
    if let (Some(url), Some(fields)) = (client.callback(), body.as_object_mut()) {
        fields.insert("callback_url".to_owned(), url.as_str().into());
    }
    let body = serde_json::to_vec(&body).map_err(|_| CallError::Refused("payload".to_owned()))?;
    client.post("/requests", key, &body).await?;
    Ok(Answer::Pending)
}

fn outcome(mut answer: Value, round: Option<Value>) -> Answer {
    match answer.get("status").and_then(Value::as_str) {
        Some("done" | "refused") => {
            if let (Some(round), Some(fields)) = (round, answer.as_object_mut()) {
                fields.insert("round".to_owned(), round);
            }
            Answer::Done(answer)
        }
        _ => Answer::Pending,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_names_the_round_it_belongs_to() {
        let answer = outcome(json!({ "status": "done", "round": 9 }), Some(json!(2)));
        let expected = Answer::Done(json!({ "status": "done", "round": 2 }));
        assert_eq!(answer, expected);
        let pending = outcome(json!({ "status": "pending" }), Some(json!(2)));
        assert_eq!(pending, Answer::Pending);
    }
}
