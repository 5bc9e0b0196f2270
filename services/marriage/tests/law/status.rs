//! Marital status, derived (rules A2.1, A2.2).

use jiff::civil::{Date, date};
use uuid::Uuid;
use yiwang_marriage::domain::{
    record::{Known, Record, RecordState},
    status,
};

use yiwang_chassis::testing::law::{Row, all_hold, read, same};

const ME: &str = "me";

#[test]
fn statuses() {
    all_hold(
        &read(include_str!("status.toml"), 39, &["events", "ask_on"]),
        check,
    );
}

fn check(row: &Row) -> Result<(), String> {
    let mut known = Known::default();
    for event in row.list("events") {
        happens(&mut known, &event)?;
    }
    let on = if row.has("ask_on") {
        row.parse("ask_on")
    } else {
        date(2026, 3, 2)
    };
    let found = status::of(ME, &known, on);
    let expected = row.child("expected");
    same("code", found.code(), expected.text("code"))?;
    same("married", found.married(), expected.flag("married"))
}

/// The register after it learned of an event.
fn happens(known: &mut Known, event: &Row) -> Result<(), String> {
    let on: Date = event.parse("on");
    let spouse = format!("spouse {}", event.int("marriage"));
    let state = match event.text("what") {
        "registered" => {
            let id = Uuid::from_u128(known.records.len() as u128);
            known.records.push(registered(id, spouse, on));
            return Ok(());
        }
        "declaration_revoked" => return revoked_declaration(known, event),
        "divorced" => RecordState::Divorced,
        "court_divorce" => RecordState::DivorcedCourt,
        "spouse_died" => RecordState::EndedDeath,
        "spouse_declared_dead" => RecordState::EndedDeclared,
        "void" => RecordState::Void,
        "annulled" => RecordState::Annulled,
        "revoked" => RecordState::Revoked,
        what => panic!("{what}"),
    };
    let record = last_with(known, &spouse);
    record.state = state;
    record.ended_on = Some(on);
    Ok(())
}

fn registered(id: Uuid, spouse: String, on: Date) -> Record {
    Record {
        id,
        number: String::new(),
        spouses: [ME.to_owned(), spouse],
        state: RecordState::Valid,
        registered_on: on,
        effective_from: on,
        ended_on: None,
        hall: None,
        certificates: Vec::new(),
    }
}

fn last_with<'a>(known: &'a mut Known, spouse: &str) -> &'a mut Record {
    let mut records = known.records.iter_mut().rev();
    records
        .find(|record| record.spouse_of(ME) == Some(spouse))
        .unwrap()
}

/// 民法典 51: the marriage stands again by itself, with two exceptions.
fn revoked_declaration(known: &mut Known, event: &Row) -> Result<(), String> {
    let ended = last_with(known, &format!("spouse {}", event.int("marriage"))).clone();
    let remarried = status::remarried(&ended, known).is_some();
    same("remarried", remarried, event.flag("spouse_remarried"))?;
    let stays_ended = remarried || event.flag("spouse_declined");
    if !stays_ended {
        known.records.push(Record {
            state: RecordState::Valid,
            effective_from: event.parse("on"),
            ended_on: None,
            ..ended
        });
    }
    Ok(())
}

/// Nobody is widowed by their own death.
#[test]
fn the_dead_keep_their_status() {
    let mut record = registered(Uuid::nil(), "spouse".to_owned(), date(2015, 5, 20));
    record.state = RecordState::EndedDeath;
    record.ended_on = Some(date(2019, 3, 11));
    let known = Known {
        died_on: record.ended_on,
        records: vec![record],
        ..Known::default()
    };
    for on in [date(2019, 3, 11), date(2026, 3, 2)] {
        assert_eq!(status::of(ME, &known, on), status::Status::First, "{on}");
    }
}
