//! The population register 公安人口信息库: whether a name and an ID number go together, and
//! whether the person is alive. For passports, permits and the like the National Immigration
//! Administration 国家移民管理局 plays behind the same door.

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use yiwang_civic::identity_document::{DocumentKind, IdentityDocument};

use super::{
    behaviour::Behaviour,
    book::{Book, Taken},
    http::{Refusal, Shared},
};

const MAX_PEOPLE: usize = 20;

/// What the register is to say of somebody.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Set {
    pub(crate) id_number: String,
    /// Kind of document; empty: the citizen ID number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    document: String,
    /// Three letters; empty where the document tells it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    country: String,
    /// Whether a name goes with the number.
    #[serde(rename = "match", default = "yes")]
    matches: bool,
    #[serde(default = "yes")]
    alive: bool,
}

impl Set {
    /// What it is found by.
    pub(crate) fn key(&self) -> String {
        key(&self.document, &self.country, &self.id_number)
    }
}

/// The document in its one spelling; an unsound one stands for itself.
fn key(kind: &str, country: &str, number: &str) -> String {
    read(kind, country, number).map_or_else(|| number.to_owned(), |sound| sound.as_str().to_owned())
}

fn read(kind: &str, country: &str, number: &str) -> Option<IdentityDocument> {
    let kind = DocumentKind::from_code(kind)?;
    IdentityDocument::read(kind, country, number).ok()
}

fn yes() -> bool {
    true
}

/// What is wrong with a request.
pub(crate) fn check(body: &Value) -> Result<(), String> {
    let people = people(body);
    if people.is_empty() || people.len() > MAX_PEOPLE {
        return Err(format!("people must hold 1 to {MAX_PEOPLE} persons"));
    }
    for (index, person) in people.iter().enumerate() {
        for field in ["name", "id_number"] {
            if person[field].as_str().is_none_or(str::is_empty) {
                return Err(format!("people/{index}/{field} is missing"));
            }
        }
    }
    Ok(())
}

/// The request with what the register finds of each person.
pub(crate) fn looked_up(mut body: Value, book: &Book) -> Value {
    let found: Vec<Value> = people(&body)
        .iter()
        .map(|person| find(person, book))
        .collect();
    body["found"] = found.into();
    body
}

fn find(person: &Value, book: &Book) -> Value {
    let text = |field: &str| person[field].as_str().unwrap_or_default();
    let [kind, country, number] = ["document", "country", "id_number"].map(text);
    let set = book.person(&key(kind, country, number));
    let plausible = read(kind, country, number).is_some() && !text("name").contains('错');
    json!({
        "match": plausible && set.is_none_or(|set| set.matches),
        "alive": set.is_none_or(|set| set.alive),
    })
}

/// The answer to a request that was checked and looked up when it was taken.
pub(crate) fn answer(taken: &Taken) -> Value {
    let mut found = taken.body["found"].clone();
    if taken.behave.contains(&Behaviour::Refuse) {
        for person in found.as_array_mut().into_iter().flatten() {
            person["match"] = false.into();
        }
    }
    json!({"status": "done", "people": found})
}

fn people(body: &Value) -> &[Value] {
    body["people"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// Where a demonstration or a test sets what the register says.
pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/sandbox/v1/population", post(set))
}

async fn set(
    State(sandbox): State<Shared>,
    Json(set): Json<Set>,
) -> Result<(StatusCode, Json<Set>), Refusal> {
    sandbox.book().set_person(set.clone())?;
    Ok((StatusCode::CREATED, Json(set)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::{behaviour, department::Department};

    const ID: &str = "420323197805121012";

    fn answered(key: &str, name: &str, id_number: &str, set: Option<Set>) -> Value {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("book");
        if let Some(set) = set {
            Book::open(&path).unwrap().set_person(set).unwrap();
        }
        let body = json!({"people": [{"name": name, "id_number": id_number}]});
        assert_eq!(check(&body), Ok(()));
        let taken = Taken {
            department: Department::Population,
            key: key.to_owned(),
            body_hash: String::new(),
            body: looked_up(body, &Book::open(&path).unwrap()),
            taken_at: jiff::Timestamp::UNIX_EPOCH,
            business_at: jiff::Timestamp::UNIX_EPOCH,
            behave: behaviour::of_key(key),
        };
        answer(&taken)["people"][0].clone()
    }

    #[test]
    fn a_sound_number_matches_unless_the_name_or_a_setting_says_no() {
        let found = |matches: bool, alive: bool| json!({"match": matches, "alive": alive});
        assert_eq!(answered("k", "张建国", ID, None), found(true, true));
        assert_eq!(answered("k", "张错国", ID, None), found(false, true));
        let wrong = "420323197805121013";
        assert_eq!(answered("k", "张建国", wrong, None), found(false, true));
        let set = |text: &str| serde_json::from_str(text).ok();
        let dead = set(r#"{"id_number": "420323197805121012", "alive": false}"#);
        assert_eq!(answered("k", "张建国", ID, dead), found(true, false));
        let other = set(r#"{"id_number": "420323197805121012", "match": false}"#);
        assert_eq!(answered("k", "张建国", ID, other), found(false, true));
        assert_eq!(answered("k~refuse", "张建国", ID, None), found(false, true));
    }

    #[test]
    fn a_passport_is_found_with_its_country() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("book");
        let set = json!({"id_number": "12ab34567", "document": "passport", "country": "FRA", "alive": false});
        let set = serde_json::from_value(set).unwrap();
        Book::open(&path).unwrap().set_person(set).unwrap();
        let book = Book::open(&path).unwrap();
        let person = |country: &str, number: &str| {
            let body = json!({"people": [{"name": "MARTIN JEAN", "document": "passport",
                                          "country": country, "id_number": number}]});
            assert_eq!(check(&body), Ok(()));
            looked_up(body, &book)["found"][0].clone()
        };
        let found = |matches: bool, alive: bool| json!({"match": matches, "alive": alive});
        assert_eq!(person("FRA", "12AB34567"), found(true, false));
        assert_eq!(person("BEL", "12AB34567"), found(true, true));
        assert_eq!(person("", "12AB34567"), found(false, true));
        assert_eq!(person("FRA", "12"), found(false, true));
    }

    #[test]
    fn nobody_to_check_is_no_request() {
        assert!(check(&json!({"people": []})).is_err());
        assert!(check(&json!({"people": [{"name": "张三"}]})).is_err());
    }
}
