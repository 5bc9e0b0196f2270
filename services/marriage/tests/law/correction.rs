//! What stands wrong is corrected by two persons, and never against one valid marriage
//! (rules A5.1, A5.7).

use jiff::civil::DateTime;
use serde_json::{Value, json};
use yiwang_casework::{
    Actor, CertificateState, Context, Decision, Refusal, decision::CertificateOp,
};
use yiwang_chassis::identity::Role;
use yiwang_civic::params::RuleBook;
use yiwang_marriage::domain::{
    RecordCorrection,
    record::{Entry, Held, Known, Record, RecordState, Registered},
    record_correction::State,
    world::{Effect, World},
};

use crate::{
    counter::{
        Life, MAN, NUMBER, RECORD, WOMAN, man, officer, party, record, registrar, woman, world,
    },
    surroundings::context,
    table::{Row, all_hold, read, same},
};

const INPUTS: [&str; 13] = [
    "state",
    "wrong",
    "whose",
    "old",
    "applicant",
    "evidence",
    "new_number",
    "frozen",
    "police",
    "filed_by",
    "officer",
    "second_registrar",
    "agree",
];

const NEW: &str = "BJ421221-2025-000003";
const WRONG_NAME: &str = "张玮";
const AS_REGISTERED: &str = "key-as-registered";

#[test]
fn corrections() {
    let rows = read(include_str!("correction.toml"), 28, &INPUTS);
    all_hold(&rows, |row| {
        same("outcome", outcome(row).as_str(), row.text("expected"))
    });
}

fn outcome(row: &Row) -> String {
    match run(row) {
        Err(refusal) => refusal.code.to_owned(),
        Ok(decision) if decision.state == State::Rejected => "rejected".to_owned(),
        Ok(decision) => {
            let kind = decision.effects.iter().find_map(|effect| match effect {
                Effect::Certify { kind, .. } => Some(*kind),
                _ => None,
            });
            kind.unwrap_or("note").to_owned()
        }
    }
}

fn now() -> DateTime {
    "2025-05-12T09:30".parse().unwrap()
}

fn wrong_person() -> Value {
    party("张伟", "1988-03-21", 33)
}

/// The man's entry is the wrong one.
fn form(row: &Row) -> Value {
    let old = match (row.text("old"), row.text("wrong")) {
        (_, "household") => Value::from(""),
        ("other", _) => "王五".into(),
        ("right", "name") => man()["name"].clone(),
        (_, "name") => WRONG_NAME.into(),
        _ => wrong_person()["id_number"].clone(),
    };
    let mut form = json!({
        "hall": "421221100-01", "record_number": NUMBER, "whose": row.text("whose"),
        "wrong": row.text("wrong"), "old": old, "ground": "当年登记时写错",
        "evidence": row.text("evidence").trim_end_matches("_missing"), "a": man(),
    });
    form["a"]["household"] = "420323100".into();
    if row.text("whose") == "other" {
        form["other"] = form["a"].clone();
        form["a"] = woman();
    }
    if row.text("evidence") == "police_proof" {
        form["paper_number"] = "嘉公证〔2025〕9号".into();
        form["paper_issuer"] = "嘉鱼县公安局".into();
        form["paper_date"] = "2025-05-06".into();
    }
    form
}

/// Keys and people in the order of the form: who is there, then whom a wrong number stood for.
fn known(row: &Row) -> World {
    let moved = row.text("wrong") == "id_number";
    let mut record = record(RecordState::from_code(row.text("state")).unwrap());
    if moved {
        record.spouses[0] = AS_REGISTERED.to_owned();
    }
    record.certificates = certificates(&record);
    let of = |records: &[Record]| Known {
        records: records.to_vec(),
        ..Known::default()
    };
    let mut people = vec![(MAN, of(std::slice::from_ref(&record)))];
    if moved {
        people[0].1 = of(&[]);
        people.push((AS_REGISTERED, of(std::slice::from_ref(&record))));
    }
    if row.text("whose") == "other" {
        people.insert(0, (WOMAN, of(std::slice::from_ref(&record))));
    }
    let man = people.iter_mut().find(|(key, _)| *key == MAN).unwrap();
    match row.text("new_number") {
        "married" => man.1.records.push(Record {
            id: uuid::Uuid::from_u128(9),
            state: RecordState::Valid,
            spouses: [MAN.to_owned(), "key-third".to_owned()],
            number: "J110101-2020-000001".to_owned(),
            certificates: Vec::new(),
            ..record.clone()
        }),
        "dead" => man.1.died_on = Some("2024-01-01".parse().unwrap()),
        _ => {}
    }
    if row.flag("frozen") {
        people[0].1.frozen = Some("two_valid".to_owned());
    }
    let entry = |party: Value, name: &str| Entry {
        name: name.to_owned(),
        id_number: party["id_number"].as_str().unwrap().to_owned(),
        household: "421221100".to_owned(),
    };
    let registered = match (moved, row.text("wrong")) {
        (true, _) => entry(wrong_person(), "张伟"),
        (_, "name") => entry(man_card(), WRONG_NAME),
        _ => entry(man_card(), "张伟"),
    };
    let mut keys: Vec<String> = people.iter().map(|(key, _)| (*key).to_owned()).collect();
    if row.text("applicant") == "stranger" {
        keys[0] = "key-stranger".to_owned();
    }
    World {
        keys,
        people: people.into_iter().map(|(_, known)| known).collect(),
        next_number: Some(NEW.to_owned()),
        registered: vec![Registered {
            record: RECORD,
            sides: [registered, entry(woman(), "李娜")],
        }],
        ..world(&[])
    }
}

fn man_card() -> Value {
    man()
}

fn certificates(record: &Record) -> Vec<Held> {
    let marriage = Held {
        number: NUMBER.to_owned(),
        divorce: false,
        valid: record.state == RecordState::Valid,
    };
    let divorce = (record.state == RecordState::Divorced).then(|| Held {
        number: "L421221-2020-000005".to_owned(),
        divorce: true,
        valid: true,
    });
    std::iter::once(marriage).chain(divorce).collect()
}

fn run(row: &Row) -> Result<Decision<RecordCorrection>, Refusal> {
    let shipped = context(now());
    let mut rules: RuleBook = shipped.rules.clone();
    let own = format!(
        "[[param]]\nid = \"marriage.correction.second_registrar\"\ndivision = \"421221\"\n\
         valid_from = \"2021-01-01\"\nvalue = {}\nsource = \"test\"\n",
        row.flag("second_registrar")
    );
    rules.extend_with(&own).unwrap();
    let cx = Context {
        rules: &rules,
        ..shipped
    };
    let filer = match row.text("filed_by") {
        "citizen" => Actor::Citizen {
            account: uuid::Uuid::nil(),
            person: Some(MAN.to_owned()),
        },
        _ => registrar(),
    };
    let form = form(row);
    let mut life = Life::<RecordCorrection>::filed_by(&filer, &form, known(row), &cx)?;
    if row.text("police") == "match" {
        life.identified(if form.get("other").is_some() { 2 } else { 1 }, now());
    }
    let opinion = json!({ "opinion": "与原始档案核对，建议更正。" });
    life.act_by(&registrar(), "propose", opinion, &cx)?;
    life.world.qualified = row.text("officer") != "unqualified";
    let decider = match row.text("officer") {
        "same" => registrar(),
        "approver" => officer("周敏", Role::Approver),
        _ => officer("刘洋", Role::Clerk),
    };
    let data = json!({ "agree": row.flag("agree"), "reasons": "事实清楚。" });
    life.act_by(&decider, "approve", data, &cx)
}

fn row(id: &str) -> Row {
    let mut rows = read(include_str!("correction.toml"), 28, &INPUTS).into_iter();
    rows.find(|row| row.text("id") == id).unwrap()
}

/// A wrong number moves the entry; the old certificate goes, the new one names the right value.
#[test]
fn the_number_moves_and_the_certificate_is_replaced() {
    let decision = run(&row("K11")).unwrap();
    assert_eq!(decision.state, State::Corrected);
    let Effect::Correct(correction) = &decision.effects[0] else {
        panic!("{:?}", decision.effects)
    };
    assert_eq!((correction.record, correction.side), (RECORD, 0));
    assert_eq!(correction.person.as_deref(), Some(MAN));
    assert!(!correction.ends_certificates);
    assert_eq!(
        decision.effects[1],
        Effect::Archive {
            class: "correction",
            record: RECORD
        }
    );
    let [
        CertificateOp::End { number, state, .. },
        CertificateOp::Issue(issued),
    ] = decision.certificates.as_slice()
    else {
        panic!("{:?}", decision.certificates)
    };
    assert_eq!(
        (number.as_str(), *state),
        (NUMBER, CertificateState::Replaced)
    );
    let id = man()["id_number"].clone();
    let named = |(label, value): &(String, String)| label == "男方身份证件号" && id == *value;
    assert!(issued.rows.iter().any(named), "{:?}", issued.rows);
    let event = &decision.events[0];
    assert_eq!((event.aggregate, event.event), ("record", "corrected"));
    assert!(decision.documents[0].text.contains("更正为"));
}

/// Where no new certificate may be issued, the wrong one still ends.
#[test]
fn a_wrong_certificate_does_not_stay() {
    let decision = run(&row("K18")).unwrap();
    assert_eq!(decision.state, State::Done);
    let [CertificateOp::End { state, .. }] = decision.certificates.as_slice() else {
        panic!("{:?}", decision.certificates)
    };
    assert_eq!(*state, CertificateState::Ended);
    let household = run(&row("K23")).unwrap();
    assert!(household.certificates.is_empty());
}
