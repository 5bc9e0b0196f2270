//! Orphans and children in fact unattended 孤儿、事实无人抚养儿童 (rules B2.1 to B2.3, B3).

mod ledger;

use jiff::civil::Date;
use yiwang_casework::Refusal;
use yiwang_child::{
    RULES,
    domain::{
        entitlements::{
            law::{
                Benefit, Kind, Upbringing,
                age::{School, Standing, may_begin, standing},
                amount::{Draws, Monthly, may_combine},
                ground::{Ground, ParentFact, ground},
                month::{self, EndReason},
                payee::{Choice, PayeeKind, may_receive},
            },
            procedure::{
                shared::{Disability, Known, Term},
                standards,
            },
        },
        family::{Carer, Child, Family, Parent, ParentState},
    },
    entitlements::review_of,
};
use yiwang_civic::{calendar::WorkCalendar, money::Fen, params::RuleBook, time::Month};

use crate::table::{Row, all_hold, read, same};

const PLACE: &str = "420323100";

fn today() -> Date {
    "2026-05-12".parse().unwrap()
}

fn day(row: &Row, key: &str) -> Option<Date> {
    row.text(key).parse().ok()
}

fn state(row: &Row, key: &str) -> ParentState {
    ParentState::from_code(row.text(key)).unwrap()
}

fn rules() -> RuleBook {
    RuleBook::parse(RULES).unwrap()
}

/// `GE`, `WF`, or the code of the first thing that is missing, with the day it is there.
fn told(ground: Ground) -> Result<String, String> {
    let Ground::None(lacks) = ground else {
        return Ok(ground.kind().unwrap().code().to_owned());
    };
    for lack in &lacks {
        same("a sentence in Chinese", lack.message.ends_with('。'), true)?;
        let names = lack.message.starts_with("父亲") || lack.message.starts_with("母亲");
        same("names the parent", names, true)?;
    }
    // Whoever can bring the child up goes before what is only not there yet.
    let able = lacks.iter().find(|it| it.code == "PARENT_ABLE");
    let lack = able.unwrap_or(&lacks[0]);
    Ok(match lack.from {
        Some(from) => format!("{} until {from}", lack.code),
        None => lack.code.to_owned(),
    })
}

#[test]
fn both_parents_states_in_all_pairs() {
    let rows = read(include_str!("pairs.toml"), 100, &["father", "mother"]);
    all_hold(&rows, |row| {
        let fact = |key| ParentFact {
            state: state(row, key),
            since: "2025-01-10".parse().ok(),
            until: None,
        };
        let found = ground(fact("father"), fact("mother"), today(), 6);
        let excluded = found.is_excluded();
        same("ground", told(found)?.as_str(), row.text("expected"))?;
        same("excluded", excluded, row.text("expected") == "PARENT_ABLE")
    });
}

#[test]
fn six_months_to_the_day() {
    let inputs = [
        "father",
        "father_since",
        "mother",
        "mother_since",
        "mother_until",
    ];
    let rows = read(include_str!("months.toml"), 24, &inputs);
    all_hold(&rows, |row| {
        let father = ParentFact {
            state: state(row, "father"),
            since: day(row, "father_since"),
            until: None,
        };
        let mother = ParentFact {
            state: state(row, "mother"),
            since: day(row, "mother_since"),
            until: day(row, "mother_until"),
        };
        let found = told(ground(father, mother, today(), 6))?;
        same("ground", found.as_str(), row.text("expected"))?;
        // The law does not look at who is father and who is mother.
        let turned = told(ground(mother, father, today(), 6))?;
        same("turned", turned.is_empty(), false)
    });
}

#[test]
fn under_eighteen_and_at_school() {
    let inputs = ["birth", "day", "school", "on", "until", "begins"];
    let rows = read(include_str!("ages.toml"), 16, &inputs);
    all_hold(&rows, |row| {
        let on = day(row, "on");
        let school = match row.text("school") {
            "attends" => School::Attends {
                checked_on: on.unwrap(),
                until: day(row, "until"),
            },
            "left" => School::Left { on: on.unwrap() },
            _ => School::Unchecked,
        };
        let (birth, at): (Date, Date) = (row.parse("birth"), row.parse("day"));
        let found = match standing(birth, school, at, 18, 12) {
            Standing::Minor => "minor".to_owned(),
            Standing::Pupil => "pupil".to_owned(),
            Standing::ToCheck => "to_check".to_owned(),
            Standing::Ends(on) => format!("ends {on}"),
        };
        same("standing", found.as_str(), row.text("expected"))?;
        same("may begin", may_begin(birth, at, 18), row.flag("begins"))
    });
}

#[test]
fn what_a_month_is_worth() {
    let inputs = ["kind", "upbringing", "DB", "TK", "CJ"];
    let rows = read(include_str!("amounts.toml"), 16, &inputs);
    let rules = rules();
    all_hold(&rows, |row| {
        let kind = Kind::from_code(row.text("kind")).unwrap();
        let upbringing = Upbringing::from_code(row.text("upbringing")).unwrap();
        let draws: Vec<Draws> = Benefit::ALL
            .iter()
            .map(|benefit| Draws {
                benefit: *benefit,
                fen: Fen(row.int(benefit.code())),
            })
            .collect();
        let month: Month = "2026-06".parse().unwrap();
        let monthly = standards::monthly(&rules, PLACE, month, (kind, upbringing), &draws).unwrap();
        let word = match monthly {
            Monthly::Full(_) => "full",
            Monthly::TopUp(_) => "top_up",
            Monthly::Barred => "barred",
        };
        let found = format!("{word} {}", monthly.fen().0);
        same("amount", found.as_str(), row.text("expected"))
    });
}

#[test]
fn which_benefits_stand_side_by_side() {
    let rows = read(
        include_str!("combined.toml"),
        12,
        &["kind", "full", "benefit"],
    );
    all_hold(&rows, |row| {
        let kind = Kind::from_code(row.text("kind")).unwrap();
        let benefit = Benefit::from_code(row.text("benefit")).unwrap();
        let found = may_combine(kind, row.flag("full"), benefit);
        same("combined", found, row.flag("expected"))
    });
}

fn code(result: Result<(), Refusal>) -> Result<String, String> {
    let Err(refusal) = result else {
        return Ok("ALLOWED".to_owned());
    };
    same("a sentence", refusal.message.ends_with('。'), true)?;
    Ok(refusal.code.to_owned())
}

#[test]
fn who_receives_the_money() {
    let inputs = ["upbringing", "kind", "guardian_able", "barred"];
    let rows = read(include_str!("payees.toml"), 24, &inputs);
    all_hold(&rows, |row| {
        let choice = Choice {
            kind: PayeeKind::from_code(row.text("kind")).unwrap(),
            upbringing: Upbringing::from_code(row.text("upbringing")).unwrap(),
            guardian_able: row.flag("guardian_able"),
            barred: row.flag("barred"),
        };
        same(
            "payee",
            code(may_receive(choice))?.as_str(),
            row.text("expected"),
        )
    });
}

#[test]
fn first_and_last_months() {
    let rows = read(
        include_str!("first_last.toml"),
        12,
        &["confirmed", "reason", "on"],
    );
    all_hold(&rows, |row| {
        let from = month::first(row.parse("confirmed"));
        let until = EndReason::from_code(row.text("reason"))
            .map(|reason| month::until(reason, row.parse("on"), from));
        let until = until.map_or_else(|| "-".to_owned(), |until| until.to_string());
        let found = format!("{from} {until}");
        same("months", found.as_str(), row.text("expected"))
    });
}

#[test]
fn across_provinces_over_holidays() {
    let inputs = ["received", "forward", "verify", "confirm", "tell"];
    let rows = read(include_str!("clocks.toml"), 8, &inputs);
    let rules = rules();
    all_hold(&rows, |row| {
        let mut start: Date = row.parse("received");
        for step in ["forward", "verify", "confirm", "tell"] {
            let id = format!("entitlements.{step}_working_days");
            let days = rules.lookup(&id, PLACE, start).unwrap().count().unwrap();
            start = WorkCalendar::embedded()
                .add_working_days(start, days)
                .last_day;
            same(step, start, row.parse(step))?;
        }
        Ok(())
    });
}

#[test]
fn what_data_make_of_a_parent() {
    let inputs = [
        "died_on",
        "declared_missing_on",
        "custody_revoked_on",
        "deported_on",
        "severely_ill_since",
        "out_of_contact_since",
        "disability",
        "detained_from",
        "detained_until",
    ];
    let rows = read(include_str!("data.toml"), 20, &inputs);
    all_hold(&rows, |row| {
        let disability = row.text("disability").split_once(' ');
        let known = Known {
            died_on: day(row, "died_on"),
            declared_missing_on: day(row, "declared_missing_on"),
            custody_revoked_on: day(row, "custody_revoked_on"),
            deported_on: day(row, "deported_on"),
            severely_ill_since: day(row, "severely_ill_since"),
            out_of_contact_since: day(row, "out_of_contact_since"),
            disability: disability.map(|(kind, level)| Disability {
                kind: kind.to_owned(),
                level: level.parse().unwrap(),
                since: None,
            }),
            detained: day(row, "detained_from").map(|from| Term {
                from,
                until: day(row, "detained_until"),
            }),
            ..Known::default()
        };
        let found = known.fact(today()).map_or("none", |fact| fact.state.code());
        same("state", found, row.text("expected"))
    });
}

#[test]
fn which_families_are_looked_at_unasked() {
    let inputs = ["father", "father_since", "mother", "mother_since"];
    let rows = read(include_str!("reviews.toml"), 9, &inputs);
    all_hold(&rows, |row| {
        let parent = |key: &str| Parent {
            name: String::new(),
            id_number: String::new(),
            state: state(row, key),
            since: row.text(&format!("{key}_since")).to_owned(),
            proof: String::new(),
        };
        let family = Family {
            child: Child {
                name: "小禾".into(),
                id_number: String::new(),
                born_on: "2016-05-12".into(),
                school: String::new(),
            },
            father: parent("father"),
            mother: parent("mother"),
            carer: Carer::default(),
            division: PLACE.into(),
        };
        let found = review_of(&family, today(), 6).unwrap_or("none");
        same("review", found, row.text("expected"))
    });
}
