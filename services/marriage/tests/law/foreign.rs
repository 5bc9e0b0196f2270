//! People without a citizen ID number, from the counter to the certificate (rules A3.4, A3.8).

use serde_json::{Value, json};
use yiwang_casework::decision::CertificateOp;
use yiwang_marriage::domain::record::RecordState;

use crate::{
    competence::residence,
    registration::record,
    registration_case::{
        act, answered, complete, form, id_number, moved, registrar, signed, submit, willing, world,
    },
    table::{Row, all_hold, read, same},
};

const INPUTS: [&str; 8] = [
    "hall",
    "woman",
    "man",
    "proof",
    "id_check",
    "married",
    "nationality",
    "document",
];

#[test]
fn foreign() {
    all_hold(&read(include_str!("foreign.toml"), 30, &INPUTS), check);
}

fn check(row: &Row) -> Result<(), String> {
    let (outcome, rows) = outcome(row);
    same("outcome", outcome.as_str(), row.text("expected"))?;
    let stands = |label: &str| {
        let found = rows.iter().find(|(found, _)| found == label);
        found.map_or("", |(_, value)| value.as_str())
    };
    for (label, key) in [("男方国籍", "nationality"), ("男方身份证件号", "document")] {
        let wanted = row.text(key);
        if !wanted.is_empty() {
            same(label, stands(label), wanted)?;
        }
    }
    Ok(())
}

/// What comes of it, and what stands on the certificate.
fn outcome(row: &Row) -> (String, Vec<(String, String)>) {
    let mut world = world();
    let hall = world.hall.as_mut().unwrap();
    hall.competence = row.texts("hall").into_iter().map(residence).collect();
    if row.flag("married") {
        let valid = record(["man", "somebody else"], RecordState::Valid);
        world.people[1].records.push(valid);
    }
    let woman = party("李桂芳", &row.child("woman"), || {
        id_number("19970820", "002")
    });
    let man = party("MARTIN JEAN", &row.child("man"), || unreachable!());
    let form = form(json!({ "a": woman, "b": man }));
    if let Err(refusal) = submit(&form, &registrar(), &world) {
        let field = refusal.fields.first();
        let told = field.map(|field| format!("{} {}", field.field, field.reason));
        return (told.unwrap_or_else(|| refusal.code.to_owned()), vec![]);
    }
    let mut case = answered(form, &world);
    if row.text("id_check") != "match" {
        case = moved(case, "recheck_identity", Value::Null, &world).0;
        let people = match row.text("id_check") {
            "differs" => {
                json!([{ "match": true, "alive": true }, { "match": false, "alive": true }])
            }
            _ => json!([]),
        };
        let answer = json!({ "people": people });
        case = moved(case, "identity_answered", answer, &world).0;
    }
    for whose in row.texts("proof") {
        let party = if whose == "man" { "b" } else { "a" };
        let paper = json!({ "party": party, "paper": "no_spouse_proof",
                            "number": "2026-118", "issuer": "巴黎公证处" });
        case = moved(case, "prove_status", paper, &world).0;
    }
    let (case, _) = moved(case, "declare", signed(), &world);
    match act(&case, "register", willing(), &world) {
        Err(refusal) => (refusal.code.to_owned(), vec![]),
        Ok(decision) => {
            let [CertificateOp::Issue(paper)] = &decision.certificates[..] else {
                panic!("{:?}", decision.certificates)
            };
            ("REGISTERED".to_owned(), paper.rows.clone())
        }
    }
}

/// A party of the form; an empty number is that of an own ID card, a star its check character.
fn party(name: &str, row: &Row, own: impl Fn() -> String) -> Value {
    let number = match row.text("number") {
        "" => own(),
        number => number.strip_suffix('*').map_or(number.to_owned(), complete),
    };
    let mut party = json!({ "name": name, "id_number": number });
    for key in ["residence", "document", "country"] {
        party[key] = row.text(key).into();
    }
    for (key, field) in [("born", "birth_date"), ("sex", "sex")] {
        if !row.text(key).is_empty() {
            party[field] = row.text(key).into();
        }
    }
    party
}

/// A form of before, without the new fields, reads as it did.
#[test]
fn a_stored_form_is_read_as_before() {
    let old = form(json!({}));
    let born = old.a.born().unwrap();
    assert_eq!(born.to_string(), "1997-08-20");
    let id = old.a.id().unwrap();
    assert_eq!(id.as_str(), id_number("19970820", "002"));
}

#[test]
fn the_errand_names_the_document() {
    let mut world = world();
    world.hall.as_mut().unwrap().competence = vec![residence("mainland"), residence("foreign")];
    let man = json!({ "name": "MARTIN JEAN", "residence": "foreign", "document": "passport",
                      "country": "法国", "id_number": "12ab 34567",
                      "birth_date": "1996-05-10", "sex": "male" });
    let decision = submit(&form(json!({ "b": man })), &registrar(), &world).unwrap();
    let asked = &decision.errands[0].payload["people"];
    let french = json!({ "name": "MARTIN JEAN", "id_number": "12AB34567",
                         "document": "passport", "country": "FRA" });
    assert_eq!(asked[1], french);
    assert_eq!(asked[0]["document"], "citizen_id");
}
