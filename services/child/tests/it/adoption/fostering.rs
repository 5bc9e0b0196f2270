//! A foster family's life.

use serde_json::{Value, json};

use super::{Desk, child};
use crate::world::{CHENGGUAN, born};

fn xiong() -> (&'static str, String) {
    ("熊秀兰", born("19800101", 8))
}

fn family((name, id): &(&str, String)) -> Value {
    json!({
        "carer": { "name": name, "id_number": id, "phone": "13800000008" },
        "spouse": { "name": "熊大山", "id_number": born("19780101", 9), "phone": "" },
        "schooling": "junior", "division": "420323100", "address": "竹山县城关镇南街5号",
        "area": 40, "income": 3000, "fostered": 0, "own_children": true, "youngest": 12,
        "wish": "喜欢孩子"
    })
}

fn assessed() -> Value {
    json!({ "local": true, "healthy": true, "clean": true, "agreed": true, "findings": "家里干净" })
}

fn trial(ground: &str) -> Value {
    json!({ "child": { "name": "竹小满", "id_number": child(), "ground": ground },
            "home": "竹山县儿童福利院", "on": "2026-05-12", "words": "太小不能表达，见人就笑" })
}

/// A family that has this child on trial; its case number.
pub(super) async fn in_trial(desk: &Desk, ground: &str) -> String {
    in_trial_of(desk, ground, &xiong()).await
}

/// The same, of this carer.
pub(super) async fn in_trial_of(desk: &Desk, ground: &str, carer: &(&str, String)) -> String {
    let registrar = &desk.registrar;
    let case = desk
        .world
        .submit(registrar, "foster-care", CHENGGUAN, family(carer))
        .await
        .unwrap();
    let number = case.number;
    desk.act(&number, "assess", assessed()).await.unwrap();
    let case = desk
        .act(&number, "start_trial", trial(ground))
        .await
        .unwrap();
    assert_eq!(case.state, "trial");
    number
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foster_family_from_the_application_to_the_end() {
    let desk = Desk::new().await;
    let number = in_trial(&desk, "orphan").await;
    let number = number.as_str();
    let end = |on: &str| json!({ "on": on, "good": true, "words": "喜欢", "findings": "融洽" });
    desk.world.go_to("2026-07-10T10:00:00").await;
    let short = desk
        .act(number, "end_trial", end("2026-07-10"))
        .await
        .unwrap_err();
    assert_eq!(short.reason, "TRIAL_SHORT");
    desk.world.go_to("2026-07-11T10:00:00").await;
    desk.act(number, "end_trial", end("2026-07-11"))
        .await
        .unwrap();
    let agree = json!({ "number": "寄养1号", "until": "2027-07-10", "signed": true });
    desk.act(number, "agree", agree).await.unwrap();
    let place = json!({ "on": "2026-07-11", "receiver": "熊秀兰" });
    let case = desk.act(number, "place", place).await.unwrap();
    assert_eq!(case.state, "placed");
    let row = "select state || ' ' || monthly_fen || ' ' || fee_from || fee_to from child.foster";
    assert_eq!(desk.world.text(row).await, "placed 120000 2026-07");
    let visit = |seen: bool| json!({ "seen": seen, "alone": false, "findings": "长高了" });
    let unseen = desk.act(number, "visit", visit(false)).await.unwrap_err();
    assert_eq!(unseen.reason, "NOT_SEEN");
    let case = desk.act(number, "visit", visit(true)).await.unwrap();
    let next = case
        .clocks
        .iter()
        .find(|clock| clock.name == "visit")
        .unwrap();
    assert_eq!(next.last_day, "2026-08-10");
    let end =
        |to: &str| json!({ "why": "agreement", "on": "2026-07-11", "words": "舍不得", "to": to });
    let nowhere = desk.act(number, "end", end("")).await.unwrap_err();
    assert!(format!("{nowhere:?}").contains("/to"));
    let case = desk
        .act(number, "end", end("竹山县儿童福利院"))
        .await
        .unwrap();
    assert_eq!(case.state, "ended");
    assert_eq!(desk.world.text(row).await, "ended 120000 2026-072026-07");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_is_in_one_family_only() {
    let desk = Desk::new().await;
    in_trial(&desk, "orphan").await;
    let mut second = family(&xiong());
    second["carer"]["id_number"] = json!(born("19820101", 10));
    second["spouse"] = json!({});
    let registrar = &desk.registrar;
    let case = desk
        .world
        .submit(registrar, "foster-care", CHENGGUAN, second)
        .await
        .unwrap();
    desk.act(&case.number, "assess", assessed()).await.unwrap();
    let taken = desk
        .act(&case.number, "start_trial", trial("orphan"))
        .await
        .unwrap_err();
    assert_eq!(taken.reason, "CHILD_ELSEWHERE");

    let mut unfit = family(&xiong());
    unfit["carer"]["id_number"] = json!(born("19500101", 12));
    unfit["youngest"] = json!(3);
    unfit["fostered"] = json!(2);
    let refused = desk
        .world
        .submit(registrar, "foster-care", CHENGGUAN, unfit)
        .await
        .unwrap_err();
    let reasons: Vec<_> = refused
        .fields
        .iter()
        .map(|it| it.reason.to_string())
        .collect();
    assert_eq!(reasons, ["CARER_AGE", "TOO_MANY", "OWN_CHILD_YOUNG"]);
}
