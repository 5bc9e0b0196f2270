//! Data sharing 数据共享平台: what police, courts, prisons, health, the disabled persons'
//! federation, schools and civil affairs know of somebody, and which children somebody has by the
//! household register.

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    behaviour::Behaviour,
    book::{Book, Taken},
    http::{Refusal, Shared},
};

const MAX_PEOPLE: usize = 20;

/// What is known of somebody.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facts {
    pub(crate) id_number: String,
    facts: Map<String, Value>,
}

/// A child with its parents by the household register.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Household {
    pub(crate) child: Entry,
    #[serde(default)]
    father: Entry,
    #[serde(default)]
    mother: Entry,
    /// 9 or 12 digits.
    division: String,
}

/// Somebody in the register; empty: unknown.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Entry {
    name: String,
    pub(crate) id_number: String,
}

impl Household {
    fn has_parent(&self, id_number: &str) -> bool {
        let parents = [&self.father, &self.mother];
        parents.iter().any(|parent| parent.id_number == id_number)
    }
}

/// What is wrong with a request.
pub(crate) fn check(body: &Value) -> Result<(), String> {
    if body["purpose"].as_str().is_none_or(str::is_empty) {
        return Err("purpose is missing".to_owned());
    }
    if body["parent"]["id_number"].is_string() {
        return Ok(());
    }
    let people = people(body);
    if people.is_empty() || people.len() > MAX_PEOPLE {
        return Err(format!("people must hold 1 to {MAX_PEOPLE} persons"));
    }
    for (index, person) in people.iter().enumerate() {
        for field in ["id", "name", "id_number"] {
            if person[field].as_str().is_none_or(str::is_empty) {
                return Err(format!("people/{index}/{field} is missing"));
            }
        }
    }
    Ok(())
}

fn people(body: &Value) -> &[Value] {
    body["people"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// The request with what was known when it was asked.
pub(crate) fn looked_up(mut body: Value, book: &Book) -> Value {
    let answer = match body["parent"]["id_number"].as_str() {
        Some(parent) => {
            let children = book.households().filter(|it| it.has_parent(parent));
            json!({ "children": children.collect::<Vec<_>>() })
        }
        None => {
            json!({ "people": people(&body).iter().map(|it| known(it, book)).collect::<Vec<_>>() })
        }
    };
    body["answer"] = answer;
    body
}

fn known(person: &Value, book: &Book) -> Value {
    let number = person["id_number"].as_str().unwrap_or_default();
    let set = book.facts(number);
    let mut known = set.map_or_else(Map::new, |set| set.facts.clone());
    let sound = number
        .parse::<yiwang_civic::citizen_id::CitizenId>()
        .is_ok();
    known.insert("id".to_owned(), person["id"].clone());
    known.entry("found").or_insert(sound.into());
    known.into()
}

/// The answer to a request that was checked and looked up when it was taken.
pub(crate) fn answer(taken: &Taken) -> Value {
    let mut answer = taken.body["answer"].clone();
    if taken.behave.contains(&Behaviour::Refuse) {
        for person in answer["people"].as_array_mut().into_iter().flatten() {
            *person = json!({ "id": person["id"], "found": false });
        }
    }
    answer["status"] = "done".into();
    answer
}

/// Where a demonstration or a test sets what is known.
pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/sandbox/v1/sharing", post(set))
        .route("/sandbox/v1/households", post(register))
}

async fn set(
    State(sandbox): State<Shared>,
    Json(facts): Json<Facts>,
) -> Result<(StatusCode, Json<Facts>), Refusal> {
    sandbox.book().set_facts(facts.clone())?;
    Ok((StatusCode::CREATED, Json(facts)))
}

async fn register(
    State(sandbox): State<Shared>,
    Json(household): Json<Household>,
) -> Result<(StatusCode, Json<Household>), Refusal> {
    sandbox.book().set_household(household.clone())?;
    Ok((StatusCode::CREATED, Json(household)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::{behaviour, department::Department};

    const ID: &str = "420323197805121012";

    fn answered(key: &str, body: Value) -> Value {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("book");
        let mut book = Book::open(&path).unwrap();
        let facts = json!({ "id_number": ID, "facts": { "died_on": "2026-05-12" } });
        book.set_facts(serde_json::from_value(facts).unwrap())
            .unwrap();
        let home = json!({ "child": { "name": "小禾", "id_number": "C" }, "division": "420323100",
                           "father": { "name": "张建国", "id_number": ID } });
        book.set_household(serde_json::from_value(home).unwrap())
            .unwrap();
        drop(book);
        assert_eq!(check(&body), Ok(()));
        answer(&Taken {
            department: Department::Sharing,
            key: key.to_owned(),
            body_hash: String::new(),
            body: looked_up(body, &Book::open(&path).unwrap()),
            taken_at: jiff::Timestamp::UNIX_EPOCH,
            business_at: jiff::Timestamp::UNIX_EPOCH,
            behave: behaviour::of_key(key),
        })
    }

    #[test]
    fn what_was_set_is_known_and_of_others_that_they_are_there() {
        let people = json!([
            { "id": "father", "name": "张建国", "id_number": ID },
            { "id": "mother", "name": "李小梅", "id_number": "1" },
        ]);
        let body = json!({ "purpose": "unattended-child", "people": people });
        let found = answered("k", body.clone());
        let father = json!({ "id": "father", "found": true, "died_on": "2026-05-12" });
        assert_eq!(found["people"][0], father);
        assert_eq!(
            found["people"][1],
            json!({ "id": "mother", "found": false })
        );
        let refused = answered("k~refuse", body);
        assert_eq!(
            refused["people"][0],
            json!({ "id": "father", "found": false })
        );
    }

    #[test]
    fn somebody_s_children_by_the_household_register() {
        let body = json!({ "purpose": "family", "parent": { "id_number": ID } });
        let found = answered("k", body);
        assert_eq!(found["children"][0]["child"]["name"], "小禾");
        let other = json!({ "purpose": "family", "parent": { "id_number": "2" } });
        assert_eq!(answered("k", other)["children"], json!([]));
        assert!(check(&json!({ "purpose": "x", "people": [] })).is_err());
        assert!(
            check(&json!({ "people": [{ "id": "a", "name": "b", "id_number": "c" }] })).is_err()
        );
    }
}
