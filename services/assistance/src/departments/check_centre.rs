//! The check centre: asked until it answers, never twice under one key.

use serde_json::Value;
use yiwang_casework::{Answer, CallError, department::Client};

/// The round is ours, not the centre's: it goes back with the answer.
pub(super) async fn request(
    client: &Client,
    key: &str,
    payload: &Value,
) -> Result<Answer, CallError> {
    let mut payload = payload.clone();
    let fields = payload.as_object_mut();
    let round = fields.and_then(|fields| fields.remove("round"));
    let finals = ["done", "refused"];
    let answer = client.ask("/requests", key, &payload, &finals).await?;
    Ok(match answer {
        Answer::Done(answer) => Answer::Done(of_round(answer, round)),
        Answer::Pending => Answer::Pending,
    })
}

fn of_round(mut answer: Value, round: Option<Value>) -> Value {
    if let (Some(round), Some(fields)) = (round, answer.as_object_mut()) {
        fields.insert("round".to_owned(), round);
    }
    answer
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_names_the_round_it_belongs_to() {
        let answer = of_round(json!({ "status": "done", "round": 9 }), Some(json!(2)));
        assert_eq!(answer, json!({ "status": "done", "round": 2 }));
    }
}
