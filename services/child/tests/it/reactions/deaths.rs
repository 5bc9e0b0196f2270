//! Deaths and what they touch.

use serde_json::{Value, json};
use yiwang_casework::testing::{as_caller, officer};
use yiwang_chassis::identity::Role;
use yiwang_child::reactions::{Deaths, Involvements, Marriages};
use yiwang_proto::{
    burial::v1::DeathRecorded,
    casework::v1::{GetHistoryRequest, casework_server::Casework as _},
    event::v1::CaseChanged,
    marriage::v1::MaritalStatusChanged,
};

use super::told;
use crate::{
    projects,
    tasks::list,
    world::{CHENGGUAN, World, born},
};

pub(super) const VILLAGE: &str = "420323100202";

async fn died(world: &World, person: String, what: &str) {
    let deaths = Deaths {
        runtime: world.rt.clone(),
    };
    let death = DeathRecorded {
        person: person.clone(),
        died_on: "2026-05-12".to_owned(),
        certificate: "BZ1".to_owned(),
    };
    told(
        world,
        &deaths,
        &format!("burial.death.{what}"),
        &person,
        &death,
    )
    .await;
}

pub(super) async fn apply(world: &World) -> String {
    let guardian = world.citizen(&projects::guardian());
    let form = projects::medical();
    world
        .submit(&guardian, "medical-project", CHENGGUAN, form)
        .await
        .unwrap()
        .number
}

#[tokio::test]
async fn the_cases_of_a_child_that_died_end() {
    let world = World::new().await;
    apply(&world).await;
    let child = world.key(&projects::child());
    died(&world, child.clone(), "recorded").await;
    died(&world, child.clone(), "recorded").await;
    died(&world, "nobody".to_owned(), "declared").await;
    assert_eq!(
        world.texts("select state from casework.case_file").await,
        ["ended"]
    );

    // The record was wrong: the county looks at the case again, once.
    died(&world, child.clone(), "revoked").await;
    died(&world, child, "revoked").await;
    let county = officer(2, "许文清", Role::ChildCounty, "420323");
    let tasks = list(&world, &county).await.unwrap().tasks;
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].kind, "correct_death");
    assert!(
        tasks[0].case_number.starts_with("MT"),
        "who stands on the case sees its number"
    );
    let elsewhere = officer(3, "方志明", Role::ChildCounty, "421224");
    assert_eq!(list(&world, &elsewhere).await.unwrap().open, 0);
}

#[tokio::test]
async fn others_learn_that_somebody_is_involved_as_long_as_a_case_is_open() {
    let world = World::new().await;
    let number = apply(&world).await;
    let handler = Involvements {
        runtime: world.rt.clone(),
    };
    let changed = CaseChanged {
        number: number.clone(),
        division: CHENGGUAN.to_owned(),
        ..Default::default()
    };
    let events = || {
        world.texts(
            "select split_part(subject, '.', 4) from chassis.outbox
              where aggregate = 'involvement' order by version",
        )
    };
    for _ in 0..3 {
        told(&world, &handler, "child.case.submit", &number, &changed).await;
    }
    assert_eq!(events().await, ["started"]);
    died(&world, world.key(&projects::child()), "recorded").await;
    for _ in 0..3 {
        told(&world, &handler, "child.case.child_died", &number, &changed).await;
    }
    assert_eq!(events().await, ["started", "ended"]);
}

/// A child of a file whose mother has been lost since last year.
pub(super) fn file(father: &str) -> Value {
    json!({
        "kind": "hardship",
        "child": { "name": "李小明", "id_number": born("20160512", 7), "born_on": "",
                   "school": "城关小学三年级" },
        "household": "420323100", "address": "北大街3组12号",
        "father": { "name": "李大山", "id_number": father, "state": "able", "since": "",
                    "proof": "" },
        "mother": { "name": "张莉", "id_number": "", "state": "out_of_contact",
                    "since": "2025-10-01", "proof": "公安机关接处警回执，查找满6个月" },
        "guardianship": "grandparents",
        "carer": { "name": "王奶奶", "id_number": born("19550101", 9), "phone": "13900000000",
                   "relation": "祖母" },
        "living": "guardian", "needs": ["k1_living"], "overlays": [], "doctor": "周医生",
        "level": "low", "level_reasons": "家庭困难", "found": "摸底排查",
    })
}

#[tokio::test]
async fn a_father_dies_and_the_review_and_the_visit_are_there_the_same_day() {
    let world = World::new().await;
    let father = born("19850301", 9);
    let worker = officer(1, "李秀英", Role::ChildWorker, VILLAGE);
    let filed = world
        .submit(&worker, "child-file", VILLAGE, file(&father))
        .await;
    let number = filed.unwrap().number;
    let key = world.key(&father);
    for _ in 0..3 {
        died(&world, key.clone(), "recorded").await;
    }
    // Nobody applied: the event alone opened it.
    let reviews = "select item || ' ' || state || ' ' || division from casework.case_file
                    where item <> 'child-file'";
    assert_eq!(
        world.texts(reviews).await,
        ["unattended-child review 420323100"]
    );
    let tasks = list(&world, &worker).await.unwrap().tasks;
    assert_eq!(tasks.len(), 1);
    let task = &tasks[0];
    assert_eq!(
        (task.kind.as_str(), task.due_on.as_str()),
        ("urgent_visit", "2026-05-13")
    );
    assert_eq!(
        task.case_number, number,
        "the child director stands on the file"
    );
    assert!(!task.because.contains("李"), "nobody is named");
}

#[tokio::test]
async fn a_divorce_is_told_to_the_file() {
    let world = World::new().await;
    let father = born("19850301", 9);
    let worker = officer(1, "李秀英", Role::ChildWorker, VILLAGE);
    let filed = world
        .submit(&worker, "child-file", VILLAGE, file(&father))
        .await;
    let number = filed.unwrap().number;
    let marriages = Marriages {
        runtime: world.rt.clone(),
    };
    let person = world.key(&father);
    let mut status = MaritalStatusChanged {
        person: person.clone(),
        status: "40".to_owned(),
        spouse: "b2".to_owned(),
        cause: "divorced".to_owned(),
        effective_on: "2026-05-11".to_owned(),
        record: "r1".to_owned(),
    };
    told(
        &world,
        &marriages,
        "marriage.person.changed",
        &person,
        &status,
    )
    .await;
    status.cause = "corrected".to_owned();
    told(
        &world,
        &marriages,
        "marriage.person.changed",
        &person,
        &status,
    )
    .await;
    let request = GetHistoryRequest { number };
    let history = world
        .service
        .get_history(as_caller(&worker, request))
        .await
        .unwrap();
    let entries = history.into_inner().entries.into_iter();
    let told: Vec<_> = entries
        .filter(|entry| entry.action == "person_changed")
        .collect();
    assert_eq!(told.len(), 1);
}
