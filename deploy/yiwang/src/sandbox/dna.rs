//! The police's DNA base 公安机关DNA信息库: takes a sample by its number, compares, and tells
//! whether kin are in the base.

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    behaviour::Behaviour,
    book::{Book, Taken},
    http::{Refusal, Shared},
};

/// What the base is to find for a sample.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kin {
    pub(crate) sample: String,
    /// `match`, `no_match` or `unusable`.
    result: Found,
    /// `parent`, `child`, `sibling` or `same`.
    #[serde(default = "parent")]
    kind: String,
    /// 6-digit division of the police who keep the relative's record.
    #[serde(default = "police")]
    police: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Found {
    Match,
    NoMatch,
    Unusable,
}

fn parent() -> String {
    "parent".to_owned()
}

fn police() -> String {
    "420323".to_owned()
}

/// What is wrong with a request.
pub(crate) fn check(body: &Value) -> Result<(), String> {
    for field in ["case_number", "sample", "purpose"] {
        if body[field].as_str().is_none_or(str::is_empty) {
            return Err(format!("{field} is missing"));
        }
    }
    Ok(())
}

/// The request with what the base knew when it was asked.
pub(crate) fn looked_up(mut body: Value, book: &Book) -> Value {
    let sample = body["sample"].as_str().unwrap_or_default();
    if let Some(kin) = book.kin(sample) {
        body["found"] = json!(kin);
    }
    body
}

/// The answer to a request that was checked and looked up when it was taken.
pub(crate) fn answer(taken: &Taken) -> Value {
    let sample = &taken.body["sample"];
    let found: Option<Kin> = serde_json::from_value(taken.body["found"].clone()).ok();
    let result = found.as_ref().map_or(Found::NoMatch, |kin| kin.result);
    match found {
        _ if taken.behave.contains(&Behaviour::Refuse) => {
            json!({"status": "done", "result": Found::Unusable, "sample": sample})
        }
        Some(kin) if result == Found::Match => json!({
            "status": "done", "result": result, "sample": sample,
            "relative": {"kind": kin.kind, "police": kin.police, "reference": taken.number("DNA-")},
        }),
        _ => json!({"status": "done", "result": result, "sample": sample}),
    }
}

/// Where a demonstration or a test sets what the base finds.
pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/sandbox/v1/dna", post(set))
}

async fn set(
    State(sandbox): State<Shared>,
    Json(kin): Json<Kin>,
) -> Result<(StatusCode, Json<Kin>), Refusal> {
    sandbox.book().set_kin(kin.clone())?;
    Ok((StatusCode::CREATED, Json(kin)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::{behaviour, department::Department};

    fn answered(key: &str, set: Option<Value>) -> Value {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("book");
        let mut book = Book::open(&path).unwrap();
        if let Some(set) = set {
            book.set_kin(serde_json::from_value(set).unwrap()).unwrap();
        }
        drop(book);
        let body = json!({"case_number": "JZ1", "sample": "S1", "purpose": "identify"});
        assert_eq!(check(&body), Ok(()));
        let taken = Taken {
            department: Department::Dna,
            key: key.to_owned(),
            body_hash: String::new(),
            body: looked_up(body, &Book::open(&path).unwrap()),
            taken_at: jiff::Timestamp::UNIX_EPOCH,
            business_at: jiff::Timestamp::UNIX_EPOCH,
            behave: behaviour::of_key(key),
        };
        assert_eq!(taken.receipt(), json!({"status": "pending"}));
        answer(&taken)
    }

    #[test]
    fn nobody_matches_unless_somebody_set_it() {
        let none = json!({"status": "done", "result": "no_match", "sample": "S1"});
        assert_eq!(answered("k", None), none);
        let other = json!({"sample": "S2", "result": "match"});
        assert_eq!(answered("k", Some(other)), none);
        let set = json!({"sample": "S1", "result": "match", "kind": "sibling"});
        let found = answered("k", Some(set.clone()));
        assert_eq!(found["result"], "match");
        assert_eq!(found["relative"]["kind"], "sibling");
        assert_eq!(found["relative"]["police"], "420323");
        let unusable = json!({"status": "done", "result": "unusable", "sample": "S1"});
        assert_eq!(answered("k~refuse", Some(set)), unusable);
        let set = json!({"sample": "S1", "result": "unusable"});
        assert_eq!(answered("k", Some(set)), unusable);
    }

    #[test]
    fn a_sample_without_a_number_is_no_request() {
        assert!(check(&json!({"case_number": "JZ1", "purpose": "identify"})).is_err());
        assert!(check(&json!({"case_number": "JZ1", "sample": "", "purpose": "x"})).is_err());
    }
}
