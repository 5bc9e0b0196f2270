//! Which files an act gets.

use serde_json::json;

use super::*;
use crate::form::{FormSchema, schema_of};

crate::act_data! {
    /// Something seen.
    Seen {
        photo: Photos, "Photos", "现场照片", "";
        ? record: Papers, "Papers", "笔录", "";
    }
}

const ONE: &str = "01890000-0000-7000-8000-000000000001";
const TWO: &str = "01890000-0000-7000-8000-000000000002";

fn file(id: &str, media_type: &str) -> Material {
    Material {
        code: String::new(),
        file_id: id.to_owned(),
        file_name: "a.jpg".to_owned(),
        media_type: media_type.to_owned(),
        size: 1,
        sha256: "00".to_owned(),
    }
}

/// What a call with these data and files comes to: files named, or reasons.
fn outcome(data: Value, offered: &[Material]) -> Result<Seen, Vec<String>> {
    let schema = FormSchema::compile(schema_of::<Seen>()).unwrap();
    let reasons = |wrong: Vec<FieldViolation>| {
        let each = wrong.iter();
        each.map(|one| format!("{} {}", one.field, one.reason))
            .collect::<Vec<_>>()
    };
    let mut data: Value = schema.read_value(data).map_err(reasons)?;
    take(schema.json(), &mut data, offered).map_err(reasons)?;
    Ok(serde_json::from_value(data).unwrap())
}

#[test]
fn an_act_gets_the_files_it_names_and_no_others() {
    let offered = [file(ONE, "image/jpeg"), file(TWO, "application/pdf")];
    let seen = outcome(json!({"photo": [ONE], "record": [TWO]}), &offered).unwrap();
    assert_eq!(seen.photo.files, [offered[0].clone()]);
    assert_eq!(seen.record.words(), "1份");
    let refused = [
        (json!({}), "/photo REQUIRED"),
        (json!({"photo": []}), "/photo TOO_FEW"),
        (json!({"photo": "A-17"}), "/photo WRONG_TYPE"),
        (json!({"photo": ["A-17"]}), "/photo/0 WRONG_FORMAT"),
        (json!({"photo": [TWO]}), "/photo NOT_A_PHOTO"),
        (
            json!({"photo": ["01890000-0000-7000-8000-000000000003"]}),
            "/photo FILE_UNKNOWN",
        ),
        (json!({"photo": [{"file_id": ONE}]}), "/photo/0 WRONG_TYPE"),
    ];
    for (data, reason) in refused {
        let said = outcome(data.clone(), &offered).unwrap_err();
        assert!(said.iter().any(|one| one == reason), "{data}: {said:?}");
    }
}

#[test]
fn facts_of_before_keep_their_number() {
    let facts = json!({"photo": "ZP-1", "record": []});
    let seen: Seen = serde_json::from_value(facts.clone()).unwrap();
    assert_eq!(seen.photo.words(), "ZP-1");
    assert_eq!(serde_json::to_value(&seen).unwrap(), facts);
}
