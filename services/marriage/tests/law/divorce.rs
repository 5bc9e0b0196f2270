//! The life of an accepted divorce application (rules A2.4, A3.5, A5.4; 民法典 1077, 203).

use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};
use yiwang_casework::{Refusal, State as _};
use yiwang_marriage::domain::{
    DivorceRegistration, cooling_off::CoolingOff, divorce_registration::State, record::RecordState,
};

use crate::{
    acceptance::form,
    counter::{HALL, Life, record, system, world},
    surroundings::context,
    table::{Row, all_hold, read, same},
};

const INPUTS: [&str; 7] = [
    "received",
    "act",
    "at",
    "hall",
    "present",
    "before",
    "register_state",
];

/// The clock that closes an application nobody came for.
const WINDOW_END: &str = "window_end";

#[test]
fn divorce() {
    all_hold(&read(include_str!("divorce.toml"), 64, &INPUTS), check);
}

fn check(row: &Row) -> Result<(), String> {
    let expected = row.text("expected");
    let at: DateTime = row.parse("at");
    if row.text("act") == "none" {
        let mut life = accepted(row.parse("received"));
        before(row, &mut life);
        life.clocks_until(at, "");
        return same("state", state_of(&life).as_str(), expected);
    }
    // The dates decide: whether the clock of the cooling-off has fired already, or is late,
    // changes nothing.
    for clock_is_late in [false, true] {
        let mut life = accepted(row.parse("received"));
        before(row, &mut life);
        if !clock_is_late {
            life.clocks_until(at, WINDOW_END);
        }
        if row.has("register_state") {
            let state = RecordState::from_code(row.text("register_state")).unwrap();
            for person in &mut life.world.people {
                person.records = vec![record(state)];
            }
        }
        life.world.qualified = row.text("hall") == "accepting";
        let receipt = receipt(&life);
        let found = match act(row, &mut life, at) {
            Ok(()) => state_of(&life),
            Err(refusal) => {
                names_the_way_on(&refusal, &receipt)?;
                refusal.code.to_owned()
            }
        };
        same("outcome", found.as_str(), expected)?;
    }
    Ok(())
}

fn act(row: &Row, life: &mut Life<DivorceRegistration>, at: DateTime) -> Result<(), Refusal> {
    let both = row.text("present") == "both";
    let (code, data) = match row.text("act") {
        "withdraw" => ("withdraw", withdrawal()),
        "apply" => ("register", registration(both)),
        act => panic!("{act}"),
    };
    // Whoever comes for the certificate is checked again that day (rules A5.3).
    if code == "register" && matches!(life.case.state, State::Cooling | State::CertWindow) {
        life.identified(2, at);
    }
    life.act(code, data, at).map(|_| ())
}

/// What happened earlier.
fn before(row: &Row, life: &mut Life<DivorceRegistration>) {
    let received: Date = row.parse("received");
    let next: DateTime = received.tomorrow().unwrap().at(10, 0, 0, 0);
    let ended = |life: &mut Life<DivorceRegistration>, cause: &str| {
        let data = json!({ "cause": cause });
        life.act_by(&system(), "end", data, &context(next)).unwrap();
    };
    match row.has("before").then(|| row.text("before")) {
        None => {}
        Some("withdrawn") => {
            life.act("withdraw", withdrawal(), next).unwrap();
        }
        Some("death") => ended(life, "death"),
        Some("court_divorce") => ended(life, "court"),
        Some("deemed") => life.clocks_until(receipt(life).l2.tomorrow().unwrap().into(), ""),
        Some(word) => panic!("{word}"),
    }
}

/// A refusal for the sake of dates names them, one for the sake of the hall names the hall.
fn names_the_way_on(refusal: &Refusal, receipt: &CoolingOff) -> Result<(), String> {
    let words: &[String] = match refusal.code {
        "COOLING_OFF" | "NOT_COOLING" => &[receipt.l1, receipt.first_day, receipt.l2].map(in_words),
        "WINDOW_OVER" => &[receipt.first_day, receipt.l2].map(in_words),
        "OTHER_HALL" => &[
            HALL.to_owned(),
            in_words(receipt.l1),
            in_words(receipt.first_day),
            in_words(receipt.l2),
        ],
        _ => &[],
    };
    match words.iter().find(|word| !refusal.message.contains(*word)) {
        None => Ok(()),
        Some(word) => Err(format!("{} does not name {word}", refusal.message)),
    }
}

fn in_words(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// Received and accepted on that morning.
pub(crate) fn accepted(received: Date) -> Life<DivorceRegistration> {
    let at = received.at(9, 0, 0, 0);
    let world = world(&[record(RecordState::Valid)]);
    let mut life = Life::filed(&form(), world, at).unwrap();
    life.identified(2, at);
    life.act("accept", json!({ "both_present": true }), at)
        .unwrap();
    life
}

pub(crate) fn receipt(life: &Life<DivorceRegistration>) -> CoolingOff {
    life.case.facts.acceptance.as_ref().unwrap().receipt.clone()
}

fn state_of(life: &Life<DivorceRegistration>) -> String {
    let state: State = life.case.state;
    state.spec().code.to_uppercase()
}

pub(crate) fn withdrawal() -> Value {
    json!({ "by": "b", "receipt": true, "handwritten": true })
}

pub(crate) fn registration(both_present: bool) -> Value {
    json!({
        "both_present": both_present, "a_willing": true, "b_willing": true,
        "agreement_confirmed": true, "a_signed": true, "b_signed": true,
    })
}
