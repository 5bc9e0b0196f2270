//! Marriage, late registration, remarriage (rules A2.3, A3.1 to A3.4).

use jiff::civil::{Date, date};
use uuid::Uuid;
use yiwang_civic::citizen_id::Sex;
use yiwang_marriage::domain::{
    identity::Identity,
    kinship::Kin,
    legal_age::AgeRules,
    marriage_registration::{
        checks,
        couple::{Couple, One},
        paper::Paper,
    },
    party::{Residence, StatedStatus},
    record::{Known, Record, RecordState},
};

use crate::{
    competence::residence,
    surroundings::context,
    table::{Row, all_hold, read, same},
};

const INPUTS: [&str; 13] = [
    "kind",
    "on",
    "man",
    "woman",
    "free_will",
    "illness_told",
    "kin",
    "sex_pair",
    "formerly_each_other",
    "registrar_qualified",
    "register_reachable",
    "hall_competence",
    "price_fen",
];

#[test]
fn registration() {
    all_hold(&read(include_str!("registration.toml"), 58, &INPUTS), check);
}

fn check(row: &Row) -> Result<(), String> {
    // Nothing in a registration has a price, so that there is nothing a row could set.
    same("price", row.int("price_fen"), 0)?;
    let known = [
        known(row, &row.child("man"), ["man", "woman"]),
        known(row, &row.child("woman"), ["woman", "man"]),
    ];
    let competence: Vec<Residence> = row
        .texts("hall_competence")
        .into_iter()
        .map(residence)
        .collect();
    let sexes = match row.text("sex_pair") {
        "man_woman" => [Sex::Male, Sex::Female],
        "man_man" => [Sex::Male; 2],
        "woman_woman" => [Sex::Female; 2],
        other => panic!("{other}"),
    };
    let reached = row.flag("register_reachable");
    let one = |key: &'static str, index: usize| One {
        sex: sexes[index],
        known: reached.then_some(&known[index]),
        ..person(key, &row.child(key), row.flag("free_will"))
    };
    let on: Date = row.parse("on");
    let couple = Couple {
        kind: serde_json::from_value(row.text("kind").into()).unwrap(),
        on,
        qualified: row.flag("registrar_qualified"),
        competence: &competence,
        ages: AgeRules::load(&context(on.at(10, 0, 0, 0))).unwrap(),
        kin: kin(row.text("kin")),
        both: [one("man", 0), one("woman", 1)],
    };
    let found = match checks::hold(checks::ALL, &couple) {
        Ok(()) => "REGISTERED",
        Err(refusal) => refusal.code,
    };
    same("registration", found, row.text("expected"))
}

fn person<'a>(key: &'a str, row: &Row, willing: bool) -> One<'a> {
    let residence = residence(row.text("residence"));
    let stated: StatedStatus = serde_json::from_value(row.text("stated").into()).unwrap();
    let paper = match (residence, stated) {
        (Residence::Mainland, StatedStatus::Widowed) => Paper::DeathCertificate,
        (Residence::Mainland, _) => Paper::DivorceCertificate,
        _ => Paper::NoSpouseProof,
    };
    One {
        key,
        sex: Sex::Male,
        born: row.parse("born"),
        residence,
        stated,
        papers: row.flag("proof").then_some(paper).into_iter().collect(),
        identity: match row.text("id_check") {
            "match" => Identity::Match,
            "differs" => Identity::Differs,
            "unreachable" => Identity::Unanswered,
            other => panic!("{other}"),
        },
        known: None,
        present: row.flag("present"),
        signed: row.flag("signed"),
        willing,
    }
}

/// What the register knows of the first of `keys`, once married to the second or to others.
fn known(row: &Row, one: &Row, keys: [&str; 2]) -> Known {
    let each_other = row.flag("formerly_each_other");
    let state = one.text("register");
    let mut records = Vec::new();
    if let Some(state) = RecordState::from_code(state) {
        let spouse = match state {
            RecordState::Divorced | RecordState::DivorcedCourt if each_other => keys[1],
            _ => "somebody else",
        };
        records.push(record([keys[0], spouse], state));
    } else {
        assert_eq!(state, "none");
    }
    Known {
        died_on: (!one.flag("alive")).then_some(date(2025, 6, 1)),
        frozen: one.flag("frozen").then(|| "two_valid".to_owned()),
        records,
        ..Known::default()
    }
}

pub(crate) fn record(spouses: [&str; 2], state: RecordState) -> Record {
    Record {
        id: Uuid::from_u128(7),
        number: "J421221-2020-000001".to_owned(),
        spouses: spouses.map(str::to_owned),
        state,
        registered_on: date(2020, 5, 20),
        effective_from: date(2020, 5, 20),
        ended_on: (state != RecordState::Valid).then_some(date(2024, 3, 1)),
        hall: None,
        certificates: Vec::new(),
    }
}

fn kin(word: &str) -> Kin {
    match word {
        "none" => Kin::None,
        "parent_child" => Kin::Lineal,
        "siblings" => Kin::Sibling,
        "uncle_niece" => Kin::AuntUncleNieceNephew,
        "cousins" => Kin::FirstCousin,
        "second_cousins" => Kin::Other,
        other => panic!("{other}"),
    }
}
