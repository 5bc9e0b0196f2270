//! The life of a file; one child, one file; the neighbour does not see it.

use serde_json::json;
use yiwang_casework::{Runtime, system};
use yiwang_child::welfare;

use super::desk::{Desk, NEXT, VILLAGE, form, seen};
use crate::world::born;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_from_the_first_day_to_the_eighteenth_birthday() {
    let desk = Desk::new().await;
    let number = desk.registered("20081001", 1).await;
    // Whoever registered does not verify.
    let verify = json!({ "agrees": true, "level": "middle", "reasons": "情况属实" });
    let wrong = desk
        .act(&desk.worker, &number, "verify", verify.clone())
        .await;
    assert_eq!(wrong.unwrap_err().reason, "WRONG_ROLE");
    let case = desk
        .act(&desk.supervisor, &number, "verify", verify)
        .await
        .unwrap();
    assert_eq!(case.state, "verified");
    let start = json!({ "plan": "每月走访" });
    let bare = desk
        .act(&desk.worker, &number, "start", start.clone())
        .await;
    assert_eq!(bare.unwrap_err().fields[0].field, "/no_letter");
    let letter = json!({ "guardian": "王奶奶", "signed_on": "2026-05-12",
                         "paper": [uuid::Uuid::now_v7().to_string()] });
    desk.act(&desk.worker, &number, "letter", letter)
        .await
        .unwrap();
    let case = desk
        .act(&desk.worker, &number, "start", start)
        .await
        .unwrap();
    assert_eq!(case.state, "in_service");
    // The visit fulfils the plan and makes the next.
    let case = desk
        .act(&desk.worker, &number, "visit", seen())
        .await
        .unwrap();
    let next = case
        .clocks
        .iter()
        .find(|clock| clock.name == "visit")
        .unwrap();
    assert_eq!(next.last_day, "2026-06-12");
    assert_eq!(
        desk.count("select count(*) from child.visit_plan where done_by is not null")
            .await,
        1
    );
    assert_eq!(
        desk.count("select count(*) from child.visit_plan where ended_at is null")
            .await,
        1
    );
    // Danger: to township and county the same day, ids only.
    let mut risk = seen();
    risk["outcome"] = json!("risk");
    risk["help"] = json!("已报告督导员");
    let case = desk
        .act(&desk.worker, &number, "visit", risk)
        .await
        .unwrap();
    assert_eq!(case.state, "at_risk");
    let told = "select count(*) from chassis.outbox where subject = 'yiwang.child.risk.raised'";
    assert_eq!(desk.count(told).await, 1);
    assert_eq!(
        desk.world.text("select level from child.file").await,
        "high"
    );
    let closed = json!({ "reasons": "已见到儿童，安全", "level": "middle" });
    let case = desk
        .act(&desk.supervisor, &number, "close_risk", closed)
        .await
        .unwrap();
    assert_eq!(case.state, "in_service");
    desk.world.go_to("2026-10-01T00:00:01").await;
    let case = desk.read(&desk.worker, &number).await.unwrap();
    assert_eq!((case.state.as_str(), case.closed), ("aged_out", true));
    assert_eq!(
        desk.count("select count(*) from child.visit_plan where ended_at is null")
            .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_child_has_one_file_also_when_two_file_at_once() {
    let desk = Desk::new().await;
    let first = desk
        .world
        .submit(&desk.worker, "child-file", VILLAGE, form("20160512", 1));
    let second = desk
        .world
        .submit(&desk.neighbour, "child-file", NEXT, form("20160512", 1));
    let (first, second) = tokio::join!(first, second);
    let refused = match (first, second) {
        (Ok(_), Err(fault)) | (Err(fault), Ok(_)) => fault,
        both => panic!("{both:?}"),
    };
    assert_eq!(refused.reason, "FILE_OPEN");
    assert_eq!(desk.count("select count(*) from child.file").await, 1);
    // A child without a number is one child too.
    let mut nameless = form("20170101", 2);
    nameless["child"] =
        json!({ "name": "小 花", "id_number": "", "born_on": "2017-01-01", "school": "" });
    nameless["overlays"] = json!(["no_household"]);
    let submit = |form| desk.world.submit(&desk.worker, "child-file", VILLAGE, form);
    submit(nameless.clone()).await.unwrap();
    nameless["child"]["name"] = json!("小花");
    assert_eq!(submit(nameless).await.unwrap_err().reason, "FILE_OPEN");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_neighbouring_village_sees_nothing() {
    let desk = Desk::new().await;
    let number = desk.registered("20160512", 1).await;
    let hidden = desk.read(&desk.neighbour, &number).await.unwrap_err();
    let missing = desk
        .read(&desk.neighbour, "KJ4203232026051200000001")
        .await
        .unwrap_err();
    assert_eq!(
        (hidden.reason, hidden.message),
        (missing.reason, missing.message)
    );
    for caller in [&desk.worker, &desk.supervisor, &desk.county] {
        assert_eq!(desk.files(caller).await.total, 1);
        assert!(desk.read(caller, &number).await.is_ok());
    }
    let files = desk.files(&desk.neighbour).await;
    assert_eq!((files.total, files.files.len()), (0, 0));
    let day = desk.day(&desk.neighbour).await;
    assert!(day.visits.is_empty() && day.tasks.is_empty() && day.children == 0);
    let line = &desk.files(&desk.worker).await.files[0];
    assert_eq!((line.label.as_str(), line.age), ("李**", 10));
    assert!(line.director.is_empty(), "nobody is on the roster yet");
    // Each list leaves its row.
    let rows = "select count(*) from chassis.audit_entry where action = 'child_files.read'";
    assert_eq!(desk.count(rows).await, 5);
}

async fn told(rt: &Runtime, number: &str, act: &str, data: serde_json::Value) {
    let mut tx = rt.pool.begin().await.unwrap();
    system::act(rt, &mut tx, number, act, data, "其他服务")
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn other_services_find_the_family_and_tell_the_file() {
    let desk = Desk::new().await;
    let number = desk.served("20160512", 1).await;
    let rt = &desk.world.rt;
    let father = desk.world.key(&born("19850301", 1));
    let mut conn = rt.pool.acquire().await.unwrap();
    let families = welfare::families_of_parent(rt, &mut conn, &father)
        .await
        .unwrap();
    assert_eq!(families.len(), 1);
    assert_eq!(families[0].child.name, "李小明");
    assert_eq!(families[0].division, VILLAGE);
    let child = desk.world.key(&born("20160512", 1));
    assert_eq!(
        welfare::files_of_child(&mut conn, &child).await.unwrap(),
        std::slice::from_ref(&number)
    );
    drop(conn);
    let died = json!({ "relation": "father", "change": "died", "on": "2026-05-12" });
    told(rt, &number, "person_changed", died).await;
    let case = desk.read(&desk.worker, &number).await.unwrap();
    assert!(case.form.contains("\"dead\""), "{}", case.form);
    assert!(
        case.clocks
            .iter()
            .any(|clock| clock.label.contains("核对档案"))
    );
    let raised = json!({ "case_number": "GA420323202605120001" });
    told(rt, &number, "risk_raised", raised).await;
    assert_eq!(
        desk.read(&desk.worker, &number).await.unwrap().state,
        "at_risk"
    );
    let adopted = json!({ "case_number": "SY420323202605120001", "on": "2026-05-12" });
    told(rt, &number, "adopted", adopted).await;
    let case = desk.read(&desk.worker, &number).await.unwrap();
    assert_eq!((case.state.as_str(), case.closed), ("ended", true));
    let mut conn = rt.pool.acquire().await.unwrap();
    let families = welfare::families_of_parent(rt, &mut conn, &father)
        .await
        .unwrap();
    assert!(families.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_finds_a_child_and_the_village_registers_it() {
    let desk = Desk::new().await;
    let filed = desk
        .world
        .submit(&desk.supervisor, "child-file", VILLAGE, form("20160512", 1));
    let number = filed.await.unwrap().number;
    let now = json!({ "guardianship": "grandparents", "living": "guardian", "needs": ["k1_living"],
                      "overlays": [], "level": "middle", "reasons": "上门了解" });
    let case = desk
        .act(&desk.worker, &number, "register", now)
        .await
        .unwrap();
    assert_eq!(case.state, "registered");
    // The village does not lower a level by itself.
    let lower = json!({ "level": "low", "reasons": "好转" });
    let refused = desk
        .act(&desk.worker, &number, "set_level", lower.clone())
        .await;
    assert_eq!(refused.unwrap_err().reason, "LEVEL_DOWN");
    assert!(
        desk.act(&desk.supervisor, &number, "set_level", lower)
            .await
            .is_ok()
    );
    let back = json!({ "agrees": false, "level": "low", "reasons": "不属实" });
    let case = desk
        .act(&desk.supervisor, &number, "verify", back)
        .await
        .unwrap();
    assert_eq!(case.state, "discovered");
}
