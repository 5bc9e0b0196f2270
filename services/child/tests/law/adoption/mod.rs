//! Adoption, its end, its proof, foster care (rules B2.10, B2.11).

use jiff::civil::Date;
use uuid::Uuid;
use yiwang_chassis::fault::FieldViolation;
use yiwang_child::domain::{
    adoption::{
        foster_care::law::{Home, Limits as FosterLimits, Schooling},
        law::{
            adopter::{Adopter, Fitness, Household, Limits, eligible, fit},
            assessment::{self, Finding, Veto},
            child::Adoptee,
            consents::{Asking, Who},
            ending::{Ages, Agreement, dissolvable},
            kind::{Ground, Kind},
            limit, notice, papers, place,
        },
    },
    family::ParentState,
};
use yiwang_civic::{calendar::WorkCalendar, citizen_id::Sex, params::RuleBook};

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
fn sixty_days_for_the_birth_parents() {
    let rows = read(
        include_str!("notice.toml"),
        10,
        &["ground", "posted", "today"],
    );
    all_hold(&rows, |row| {
        if !notice::needed(ground(row)) {
            return same("notice", vec!["none".to_owned()], law(row));
        }
        let last_day = notice::last_day(row.parse("posted"), count("adoption.notice_days"));
        let over = notice::over(last_day, row.parse("today"));
        let over = if over { "over" } else { "runs" };
        let found = vec!["needed".to_owned(), last_day.to_string(), over.to_owned()];
        same("notice", found, law(row))
    });
}

#[test]
fn what_a_notice_must_not_tell() {
    let rows = read(include_str!("reveal.toml"), 6, &["at", "features"]);
    all_hold(&rows, |row| {
        let found = notice::Found {
            sex: "女".to_owned(),
            age: "约3个月".to_owned(),
            on: "2026-05-01".to_owned(),
            at: row.text("at").to_owned(),
            features: row.text("features").to_owned(),
        };
        let told = found.reveals(&["王小宝", "竹山县儿童福利院", ""]);
        let fields = told.into_iter().map(|it| it.field.to_string());
        same("notice", fields.collect(), law(row))?;
        same("rows", found.rows().len(), 5)
    });
}

#[test]
fn the_last_day_of_the_registration() {
    let rows = read(include_str!("limit.toml"), 6, &["accepted", "paused"]);
    all_hold(&rows, |row| {
        let paused = u32::try_from(row.int("paused")).unwrap();
        let days = count("adoption.register_days");
        let calendar = WorkCalendar::embedded();
        let due = limit::registration(calendar, row.parse("accepted"), days, paused);
        same(
            "limit",
            due.last_day.to_string().as_str(),
            row.text("expected"),
        )
    });
}

#[test]
fn what_an_assessment_comes_to() {
    let rows = read(include_str!("assessment.toml"), 10, &["sheets", "vetoes"]);
    all_hold(&rows, |row| {
        let vetoes = usize::try_from(row.int("vetoes")).unwrap();
        let sheet = |text: &str| {
            let (who, total) = text.split_once(' ').unwrap();
            Finding {
                by: Uuid::from_u128(who.parse().unwrap()),
                total: total.parse().unwrap(),
                vetoes: Veto::ALL[..vetoes].to_vec(),
            }
        };
        let sheets: Vec<_> = row.texts("sheets").into_iter().map(sheet).collect();
        let (pass, least) = (count("adoption.pass_score"), count("adoption.assessors"));
        let found = match assessment::verdict(&sheets, pass, least) {
            Ok(it) if it.passed => format!("{} passed", it.score),
            Ok(it) => format!("{} failed", it.score),
            Err(refusal) => refusal.code.to_owned(),
        };
        same("verdict", found.as_str(), row.text("expected"))
    });
}

#[test]
fn who_assesses_decides_nothing() {
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    assert!(assessment::independent(&[one], two).is_ok());
    let refused = assessment::independent(&[one, two], two).unwrap_err();
    assert_eq!(refused.code, "ASSESSOR_DECIDES");
    assert!(assessment::stranger("许丽华", true, &["王小明"]).is_ok());
    for (name, declared) in [("王小明", true), ("许丽华", false)] {
        let refused = assessment::stranger(name, declared, &["王小明"]).unwrap_err();
        assert_eq!(refused.code, "ASSESSOR_RELATED");
    }
    let day = |text: &str| text.parse().unwrap();
    assert!(assessment::bonded(
        day("2026-05-12"),
        day("2026-06-11"),
        count("adoption.bond_days")
    ));
    assert!(!assessment::bonded(
        day("2026-05-12"),
        day("2026-06-10"),
        count("adoption.bond_days")
    ));
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

#[test]
fn whether_it_is_dissolved() {
    let inputs = ["born", "adopters", "sender", "adoptee", "in_person"];
    let rows = read(include_str!("dissolution.toml"), 11, &inputs);
    all_hold(&rows, |row| {
        let agreement = Agreement {
            adopters: row.flag("adopters"),
            sender: row.flag("sender"),
            adoptee: row.flag("adoptee"),
            in_person: row.flag("in_person"),
        };
        let ages = Ages {
            consent: count("adoption.consent_age"),
            adult: count("adoption.adult_age"),
        };
        let found = dissolvable(agreement, row.parse("born"), ages, today());
        same("dissolution", codes(&found), law(row))
    });
}

#[test]
fn which_family_may_foster() {
    let inputs = [
        "local",
        "born",
        "schooling",
        "area",
        "income",
        "fostered",
        "youngest",
        "healthy",
        "clean",
        "agreed",
        "barred",
    ];
    let rows = read(include_str!("foster.toml"), 20, &inputs);
    all_hold(&rows, |row| {
        let number = |key: &str| u32::try_from(row.int(key)).unwrap();
        let home = Home {
            local: row.flag("local"),
            carer_born: row.parse("born"),
            schooling: Schooling::from_code(row.text("schooling")).unwrap(),
            area: number("area"),
            income: number("income"),
            fostered: number("fostered"),
            youngest: u32::try_from(row.int("youngest")).ok(),
            healthy: row.flag("healthy"),
            clean: row.flag("clean"),
            agreed: row.flag("agreed"),
            barred: row.flag("barred"),
        };
        let limits = FosterLimits {
            age_least: count("foster.carer_age_least"),
            age_most: count("foster.carer_age_most"),
            children: count("foster.children_most"),
            own_child: count("foster.own_child_age"),
            area: count("foster.housing_average"),
            income: count("foster.income_average"),
        };
        same("home", codes(&home.wrong(limits, today())), law(row))
    });
}
