//! Which hall may act (rules A3.8).

use yiwang_marriage::domain::{
    competence::{Act, competent},
    party::Residence,
};

use yiwang_chassis::testing::law::{Row, all_hold, read, same};

const INPUTS: [&str; 4] = ["hall", "man", "woman", "act"];

#[test]
fn competence() {
    all_hold(&read(include_str!("competence.toml"), 20, &INPUTS), check);
}

fn check(row: &Row) -> Result<(), String> {
    let hall: Vec<Residence> = row.texts("hall").into_iter().map(residence).collect();
    let man = residence(row.text("man"));
    let woman = residence(row.text("woman"));
    let act = match row.text("act") {
        "marriage" => Act::Marriage,
        "divorce" => Act::Divorce,
        "reissue" => Act::Reissue,
        act => panic!("{act}"),
    };
    let found = if competent(&hall, man, Some(woman), act) {
        "ok"
    } else {
        "NO_COMPETENCE"
    };
    same("competence", found, row.text("expected"))
}

/// The word of the tables is that of the forms.
pub(crate) fn residence(word: &str) -> Residence {
    serde_json::from_value(word.into()).unwrap()
}

/// Only a re-issue is asked for by one person.
#[test]
fn one_person() {
    let alone = |act| competent(&[Residence::Mainland], Residence::Mainland, None, act);
    assert!(alone(Act::Reissue));
    assert!(!alone(Act::Marriage) && !alone(Act::Divorce));
    let foreign = competent(
        &[Residence::Mainland],
        Residence::Foreign,
        None,
        Act::Reissue,
    );
    assert!(!foreign);
}
