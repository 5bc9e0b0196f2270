//! Adoption, its end, its proof, foster care (rules B2.10, B2.11).

mod procedure;

use jiff::civil::Date;
use yiwang_chassis::fault::FieldViolation;
use yiwang_child::domain::{
    adoption::foster_care::law::last_month,
    adoption::law::{
        adopter::{Adopter, Fitness, Household, Limits, eligible, fit},
        child::{Adoptee, of_ward},
        consents::{Asking, Who},
        kind::{Ground, Kind},
        papers, place,
    },
    family::ParentState,
    protection::words::LongGround,
};
use yiwang_civic::{citizen_id::Sex, params::RuleBook};

use crate::table::{Row, all_hold, read, same};

const TODAY: &str = "2026-05-12";

fn today() -> Date {
    TODAY.parse().unwrap()
}

/// A number of the law, from the rules as shipped.
fn count(id: &str) -> u32 {
    let book = RuleBook::parse(&[include_str!("../../../rules/adoption.toml")]).unwrap();
    let id = format!("child.{id}");
    book.lookup(&id, "420323100", today())
        .unwrap()
        .count()
        .unwrap()
}

fn limits() -> Limits {
    Limits {
        age: count("adoption.adopter_age"),
        gap: count("adoption.age_gap"),
        children: count("adoption.children_most"),
        adult: count("adoption.adult_age"),
    }
}

fn codes(found: &[FieldViolation]) -> Vec<String> {
    found.iter().map(|it| it.reason.to_string()).collect()
}

fn law(row: &Row) -> Vec<String> {
    row.texts("expected")
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn kind(row: &Row) -> Kind {
    Kind::from_code(row.text("kind")).unwrap()
}

fn ground(row: &Row) -> Ground {
    Ground::from_code(row.text("ground")).unwrap()
}

fn sex(text: &str) -> Option<Sex> {
    match text {
        "male" => Some(Sex::Male),
        "female" => Some(Sex::Female),
        _ => None,
    }
}

/// `female 1988-03-02`.
fn someone(text: &str) -> (Option<Sex>, Option<Date>) {
    let mut words = text.split(' ');
    let sex = sex(words.next().unwrap_or_default());
    (sex, words.next().and_then(|day| day.parse().ok()))
}

#[test]
fn who_may_adopt() {
    let inputs = [
        "kind", "married", "adopters", "children", "child", "ground", "disabled", "on",
    ];
    let rows = read(include_str!("adopter.toml"), 34, &inputs);
    all_hold(&rows, |row| {
        let adopter = |text: &str| {
            let (sex, born) = someone(text);
            Adopter {
                sex: sex.unwrap(),
                born: born.unwrap(),
            }
        };
        let household = Household {
            married: row.flag("married"),
            adopters: row.texts("adopters").into_iter().map(adopter).collect(),
            children: u32::try_from(row.int("children")).unwrap(),
        };
        let (sex, born) = someone(row.text("child"));
        let child = Adoptee {
            born,
            sex,
            ground: ground(row),
            disabled: row.flag("disabled"),
        };
        let found = eligible(kind(row), &household, &child, limits(), row.parse("on"));
        same("adopters", codes(&found), law(row))
    });
}

#[test]
fn which_month_of_fees_is_due() {
    let rows = read(include_str!("fees.toml"), 6, &["today", "pay_day"]);
    all_hold(&rows, |row| {
        let last = last_month(row.parse("today"), row.parse("pay_day"));
        same("month", last.to_string().as_str(), row.text("expected"))
    });
}

#[test]
fn which_wards_may_be_adopted() {
    let expected = [
        (LongGround::NotFound, Some(Ground::ParentsUnknown)),
        (LongGround::Dead, Some(Ground::Orphan)),
        (LongGround::Incapable, None),
        (LongGround::Removed, None),
        (LongGround::Other, None),
    ];
    for (ground, adoptable) in expected {
        assert_eq!(of_ward(ground), adoptable, "{}", ground.label());
    }
}

#[test]
fn who_may_be_adopted() {
    let inputs = ["kind", "ground", "born", "sex", "on"];
    let rows = read(include_str!("child.toml"), 19, &inputs);
    all_hold(&rows, |row| {
        let child = Adoptee {
            born: row.text("born").parse().ok(),
            sex: sex(row.text("sex")),
            ground: ground(row),
            disabled: false,
        };
        let found = child.adoptable(kind(row), limits().adult, row.parse("on"));
        same("child", codes(&found), law(row))
    });
}

#[test]
fn who_must_agree() {
    let inputs = [
        "kind",
        "ground",
        "father",
        "mother",
        "proven",
        "obliged",
        "grandparents",
        "age",
        "given",
    ];
    let rows = read(include_str!("consents.toml"), 29, &inputs);
    all_hold(&rows, |row| {
        let state = |key: &str| ParentState::from_code(row.text(key)).unwrap();
        let asking = Asking {
            kind: kind(row),
            ground: ground(row),
            father: (state("father"), row.flag("proven")),
            mother: (state("mother"), row.flag("proven")),
            obliged: row.flag("obliged"),
            grandparents: row.flag("grandparents"),
            age: u32::try_from(row.int("age")).unwrap(),
        };
        let given: Vec<Who> = row
            .texts("given")
            .into_iter()
            .map(|who| Who::from_code(who).unwrap())
            .collect();
        let last = |it: &FieldViolation, nth: usize| {
            it.field.split('/').nth(nth).unwrap_or_default().to_owned()
        };
        let missing = asking.missing(&given, count("adoption.consent_age"));
        let unproven = asking.unproven();
        let found = missing
            .iter()
            .map(|it| last(it, 2))
            .chain(unproven.iter().map(|it| format!("PROOF:{}", last(it, 2))));
        same("consents", found.collect(), law(row))
    });
}

#[test]
fn where_it_is_registered() {
    let inputs = ["kind", "institution", "found", "sender", "county"];
    let rows = read(include_str!("place.toml"), 12, &inputs);
    all_hold(&rows, |row| {
        let at = place::Where {
            institution: row.text("institution"),
            found: row.text("found"),
            sender: row.text("sender"),
        };
        let found = place::wrong(kind(row), at, row.text("county"));
        let code = found.map_or_else(String::new, |it| it.reason.to_string());
        same("place", code.as_str(), row.text("expected"))
    });
}

#[test]
fn which_papers_are_shown() {
    let inputs = ["kind", "ground", "disabled", "father", "mother", "obliged"];
    let rows = read(include_str!("papers.toml"), 14, &inputs);
    all_hold(&rows, |row| {
        let state = |key: &str| ParentState::from_code(row.text(key)).unwrap();
        let case = papers::Case {
            kind: kind(row),
            ground: ground(row),
            disabled: row.flag("disabled"),
            parents: [state("father"), state("mother")],
            obliged: row.flag("obliged"),
        };
        let needed = case.needed();
        same("none shown", case.missing(&[]).len(), needed.len())?;
        same("all shown", case.missing(&needed).len(), 0)?;
        let codes = needed.into_iter().map(|paper| paper.code().to_owned());
        same("papers", codes.collect(), law(row))
    });
}

#[test]
fn health_record_and_means() {
    let bad = Fitness {
        able: false,
        healthy: false,
        clean: false,
    };
    let found = codes(&fit(Kind::Sent, bad));
    assert_eq!(found, ["UNABLE", "UNFIT_DISEASE", "CRIME_RECORD"]);
    // 民法典第1103条: a step-parent is not bound by 第1098条.
    assert!(fit(Kind::Step, bad).is_empty());
}
