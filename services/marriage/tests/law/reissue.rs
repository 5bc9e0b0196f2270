//! Who gets a lost certificate again (rules A2.5).

use jiff::civil::DateTime;
use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_casework::{CertificateState, Context, Decision, decision::CertificateOp};
use yiwang_civic::params::RuleBook;
use yiwang_marriage::domain::{
    CertificateReissue,
    record::{Record, RecordState},
    world::{Effect, World},
};

use crate::{
    counter::{Life, NUMBER, RECORD, man, record, registrar, woman, world},
    surroundings::context,
    table::{Row, all_hold, read, same},
};

const INPUTS: [&str; 5] = [
    "which",
    "record",
    "remarried_each_other",
    "applicant",
    "hall",
];

const NEW: &str = "BJ421221-2025-000003";

#[test]
fn reissue() {
    all_hold(&read(include_str!("reissue.toml"), 17, &INPUTS), check);
}

fn check(row: &Row) -> Result<(), String> {
    let found = match outcome(row, &surroundings()) {
        Ok(_) => "ok",
        Err(code) => code,
    };
    same("outcome", found, row.text("expected"))
}

fn surroundings() -> Context<'static> {
    context("2025-05-12T09:30".parse::<DateTime>().unwrap())
}

fn outcome(row: &Row, cx: &Context<'_>) -> Result<Decision<CertificateReissue>, &'static str> {
    // Any hall: whichever has a registrar that acts.
    assert_eq!(row.text("hall"), "any");
    let mut records = records(row);
    let known = !records.is_empty();
    if row.text("applicant") == "other" {
        records.clear();
    }
    let proxy = match row.text("applicant") {
        "proxy_notarised" => "notarised",
        "proxy_plain" => "plain",
        _ => "none",
    };
    let form = form(row.text("which"), proxy);
    let search = json!({
        "found": known, "record": if known { RECORD.to_string() } else { String::new() },
        "number": "", "other_name": "李娜",
    });
    run(&form, alone(&records), search, cx).map_err(|refusal| refusal.code)
}

fn run(
    form: &Value,
    world: World,
    search: Value,
    cx: &Context<'_>,
) -> Result<Decision<CertificateReissue>, yiwang_casework::Refusal> {
    let people = world.keys.len();
    let mut life = Life::<CertificateReissue>::filed_by(&registrar(), form, world, cx)?;
    life.identified(people, "2025-05-12T09:31".parse().unwrap());
    life.act_by(&registrar(), "search_archive", search, cx)?;
    life.act_by(&registrar(), "reissue", Value::Null, cx)
}

fn records(row: &Row) -> Vec<Record> {
    if row.text("record") == "none" {
        return Vec::new();
    }
    let mut records = vec![record(RecordState::from_code(row.text("record")).unwrap())];
    if row.flag("remarried_each_other") {
        records.push(Record {
            id: Uuid::from_u128(2),
            number: "J421221-2023-000009".to_owned(),
            ..record(RecordState::Valid)
        });
    }
    records
}

/// The man came alone.
fn alone(records: &[Record]) -> World {
    let mut world = world(records);
    world.keys.truncate(1);
    world.people.truncate(1);
    world.next_number = Some(NEW.to_owned());
    world
}

fn form(which: &str, proxy: &str) -> Value {
    let number = if which == "divorce" {
        "L421221-2020-000005"
    } else {
        ""
    };
    json!({
        "hall": "421221100-01", "a": man(), "which": which, "number": number,
        "lost_statement": true, "proxy": proxy, "proxy_name": "王强",
        "notarial_number": "（2025）鄂嘉证字第12号",
    })
}

/// The lost certificate is void at once, and the register knows which one came for it.
#[test]
fn the_old_one_is_void_at_once() {
    let world = alone(&[record(RecordState::Valid)]);
    let search = json!({ "found": true, "other_name": "李娜" });
    let decision = run(&form("marriage", "none"), world, search, &surroundings()).unwrap();
    assert_eq!(
        decision.effects,
        [Effect::Certify {
            record: RECORD,
            kind: "marriage",
            number: NEW.to_owned(),
            replaces: Some(NUMBER.to_owned()),
        }]
    );
    let [
        CertificateOp::Issue(issued),
        CertificateOp::End { number, state, .. },
    ] = decision.certificates.as_slice()
    else {
        panic!("{:?}", decision.certificates)
    };
    assert_eq!((issued.title, &issued.holders), ("结婚证", &vec![0]));
    let row = |label: &str| issued.rows.iter().find(|(name, _)| name == label);
    assert_eq!(
        row("登记日期").unwrap().1,
        "2015年5月20日",
        "of the marriage, not of today"
    );
    assert_eq!(row("另一方姓名").unwrap().1, "李娜");
    assert_eq!(
        (number.as_str(), *state),
        (NUMBER, CertificateState::Replaced)
    );
    let event = &decision.events[0];
    assert_eq!((event.aggregate, event.event), ("certificate", "reissued"));
}

/// Whoever comes along is the other one of the registration, and gets a copy.
#[test]
fn both_come() {
    let mut both = form("marriage", "none");
    both["b"] = woman();
    let mut together = world(&[record(RecordState::Valid)]);
    together.next_number = Some(NEW.to_owned());
    let search = json!({ "found": true });
    let decision = run(&both, together.clone(), search.clone(), &surroundings()).unwrap();
    let CertificateOp::Issue(issued) = &decision.certificates[0] else {
        panic!("{:?}", decision.certificates)
    };
    assert_eq!(issued.holders, [0, 1]);
    together.keys[1] = "key-stranger".to_owned();
    let refusal = run(&both, together, search, &surroundings()).unwrap_err();
    assert_eq!(refusal.code, "NOT_A_PARTY");
}

/// A marriage certificate's number is none of a divorce certificate.
#[test]
fn the_number_is_of_the_kind() {
    let search = json!({ "found": true, "number": NUMBER, "other_name": "李娜" });
    let world = alone(&[record(RecordState::Divorced)]);
    let refusal = run(&form("divorce", "none"), world, search, &surroundings()).unwrap_err();
    assert_eq!(
        (refusal.code, refusal.fields[0].field.as_str()),
        ("NUMBER_KIND", "/number")
    );
}

/// What the rules leave open is for the place to say: shipped, and with the contrary.
#[test]
fn the_place_may_say_otherwise() {
    let remarried = vec![
        record(RecordState::Divorced),
        Record {
            id: Uuid::from_u128(2),
            ..record(RecordState::Valid)
        },
    ];
    let ended = vec![record(RecordState::Divorced)];
    let valid = vec![record(RecordState::Valid)];
    let cases = [
        (
            "only_while_valid",
            form("marriage", "none"),
            ended,
            [Some("NOT_VALID"), None],
        ),
        (
            "not_while_remarried",
            form("divorce", "none"),
            remarried,
            [Some("REMARRIED"), None],
        ),
        (
            "notarised_proxy",
            form("marriage", "notarised"),
            valid,
            [None, Some("PROXY_NOT_ALLOWED")],
        ),
    ];
    for (name, form, records, expected) in cases {
        let shipped = surroundings();
        let mut rules: RuleBook = shipped.rules.clone();
        let own = format!(
            "[[param]]\nid = \"marriage.reissue.{name}\"\ndivision = \"421221\"\n\
             valid_from = \"2021-01-01\"\nvalue = false\nsource = \"test\"\n"
        );
        rules.extend_with(&own).unwrap();
        let local = Context {
            rules: &rules,
            ..surroundings()
        };
        let found = [shipped, local].map(|cx| {
            let search = json!({ "found": true, "record": RECORD, "other_name": "李娜" });
            let done = run(&form, alone(&records), search, &cx);
            done.err().map(|refusal| refusal.code)
        });
        assert_eq!(found, expected, "{name}");
    }
}
