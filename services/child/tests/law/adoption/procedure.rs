//! Notice, limits, assessment, endings, foster families.

use uuid::Uuid;
use yiwang_child::domain::adoption::{
    foster_care::law::{Home, Limits as FosterLimits, Schooling},
    law::{
        assessment::{self, Finding, Veto},
        ending::{Ages, Agreement, dissolvable},
        limit, notice,
    },
};
use yiwang_civic::calendar::WorkCalendar;

use super::{codes, count, ground, law, today};
use crate::table::{all_hold, read, same};

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
