//! Leaving as tables: escorts, levels, foster institutions, settlement, the return rate.

use jiff::civil::Date;
use yiwang_casework::Refusal;
use yiwang_rescue::domain::{
    escorted_return::{
        action::Escort,
        law::{Crew, Traveller, across_provinces, first_level, next_level},
    },
    foster_placement::law::{Institution, Kind, Licence, Paper},
    leaving::return_rate,
    settlement::{form::Home, law},
    stay::{
        law::leaving::Leaver,
        words::{Cause, Receiver, TempCare},
    },
};

use crate::table::{Row, all_hold, read, same};

fn code(result: Result<(), Refusal>) -> Result<String, String> {
    let Err(refusal) = result else {
        return Ok("ALLOWED".to_owned());
    };
    // Each says what to do.
    same("a sentence", refusal.message.ends_with('。'), true)?;
    let first = refusal.fields.first();
    Ok(match refusal.code {
        "INSTITUTION_UNFIT" => first.map_or_else(String::new, |it| it.reason.to_string()),
        code => code.to_owned(),
    })
}

#[test]
fn who_travels_with_whom() {
    let inputs = ["female", "minor", "escorts", "twice", "police", "medicine"];
    let rows = read(include_str!("leaving_crew.toml"), 12, &inputs);
    all_hold(&rows, |row| {
        let named = row.texts("escorts").into_iter().enumerate();
        let escorts: Vec<Escort> = named
            .map(|(nth, sex)| Escort {
                name: format!("护送{}", if row.flag("twice") { 0 } else { nth }),
                sex: sex.to_owned(),
            })
            .collect();
        let who = Traveller {
            female: row.flag("female"),
            minor: row.flag("minor"),
        };
        let crew = Crew {
            escorts: &escorts,
            police: row.text("police"),
            medicine: row.text("medicine"),
        };
        same(
            "crew",
            code(who.may_go(crew, 2))?.as_str(),
            row.text("expected"),
        )
    });
}

#[test]
fn who_is_asked_next() {
    let rows = read(
        include_str!("leaving_level.toml"),
        4,
        &["station", "origin"],
    );
    all_hold(&rows, |row| {
        let across = across_provinces(row.text("station"), row.text("origin"));
        let mut levels = vec![first_level(across)];
        while let Some(next) = levels.last().and_then(|last| next_level(*last, across)) {
            levels.push(next);
        }
        let codes: Vec<_> = levels.into_iter().map(|level| level.code()).collect();
        same("levels", codes.join(" > ").as_str(), row.text("expected"))
    });
}

fn day(row: &Row, key: &str) -> Option<Date> {
    Some(row.text(key))
        .filter(|text| !text.is_empty())
        .map(|text| text.parse().unwrap())
}

#[test]
fn which_institution_takes_somebody() {
    let inputs = [
        "kind",
        "papers",
        "over",
        "agreement_to",
        "checked_on",
        "result",
        "active",
    ];
    let rows = read(include_str!("leaving_foster.toml"), 15, &inputs);
    all_hold(&rows, |row| {
        let over: Date = "2026-05-11".parse().unwrap();
        let licence = |code: &str| Licence {
            kind: Paper::from_code(code).unwrap(),
            number: "1".to_owned(),
            valid_to: (code == row.text("over")).then_some(over),
        };
        let institution = Institution {
            code: "421202001-TY01".to_owned(),
            name: "托养机构".to_owned(),
            division: "421202001".to_owned(),
            kind: Kind::from_code(row.text("kind")).unwrap(),
            licences: row.texts("papers").into_iter().map(licence).collect(),
            agreement: "协议1号".to_owned(),
            agreement_to: day(row, "agreement_to"),
            checked_on: day(row, "checked_on"),
            checked_by: "许丽华".to_owned(),
            check_result: row.text("result").to_owned(),
            active: row.flag("active"),
        };
        let decided = institution.may_take("2026-05-12".parse().unwrap(), 12);
        same("institution", code(decided)?.as_str(), row.text("expected"))
    });
}

#[test]
fn one_person_one_identity() {
    let inputs = ["minor", "home", "checked", "paper", "taken"];
    let rows = read(include_str!("leaving_settle.toml"), 8, &inputs);
    all_hold(&rows, |row| {
        let home = Home::from_code(row.text("home")).unwrap();
        let decided = law::household(row.flag("minor"), home).and_then(|()| {
            law::one_identity(row.flag("checked"), row.text("paper"), row.flag("taken"))
        });
        same("settlement", code(decided)?.as_str(), row.text("expected"))
    });
}

#[test]
fn who_guards_a_minor() {
    let inputs = ["minor", "to", "cause", "care", "decision"];
    let rows = read(include_str!("leaving_minor.toml"), 9, &inputs);
    all_hold(&rows, |row| {
        let leaver = Leaver {
            minor: row.flag("minor"),
            ..Leaver::default()
        };
        let decided = leaver.guarded_by(
            Receiver::from_code(row.text("to")).unwrap(),
            Cause::from_code(row.text("cause")),
            TempCare::from_code(row.text("care")),
            row.text("decision"),
        );
        let missing: Vec<_> = decided
            .err()
            .into_iter()
            .flat_map(|refusal| refusal.fields)
            .map(|field| field.field.trim_start_matches('/').to_owned())
            .collect();
        let found = match missing.is_empty() {
            true => "ALLOWED".to_owned(),
            false => missing.join(" "),
        };
        same("guardianship", found.as_str(), row.text("expected"))
    });
}

#[test]
fn what_a_household_opens_a_way_to() {
    let rows = read(include_str!("leaving_needs.toml"), 3, &["minor", "guarded"]);
    all_hold(&rows, |row| {
        let needs = law::needs(row.flag("minor"), row.flag("guarded"));
        let codes: Vec<_> = needs.into_iter().map(|need| need.code()).collect();
        same("needs", codes.join(" ").as_str(), row.text("expected"))
    });
}

#[test]
fn the_return_rate() {
    let rows = read(
        include_str!("leaving_rate.toml"),
        4,
        &["home", "identified"],
    );
    all_hold(&rows, |row| {
        let count = |key: &str| u32::try_from(row.int(key)).unwrap();
        let rate = return_rate(count("home"), count("identified"));
        let found = rate.map_or_else(|| "-1".to_owned(), |rate| rate.to_string());
        same("rate", found.as_str(), row.text("expected"))
    });
}
