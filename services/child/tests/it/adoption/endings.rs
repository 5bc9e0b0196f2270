//! Dissolved by agreement, revoked for fraud, issued again.

use serde_json::{Value, json};

use super::{Desk, FIRST, child, husband, papers, sent, wife};
use crate::world::CHENGGUAN;

/// An adoption, registered.
async fn adopted(desk: &Desk) {
    let case = desk.filed(sent()).await.unwrap();
    let number = case.number.as_str();
    let senders = [("father", "卢国庆"), ("mother", "秦小燕")];
    desk.accepted(number, &senders, &papers(&["sender_identity", "hardship"]))
        .await;
    desk.assessed(number, [0, 0], "2026-06-12").await;
    desk.registered(number).await;
}

fn couple(mut form: Value) -> Value {
    form["adopter"] = json!({ "name": "陈志强", "id_number": husband(), "phone": "13800000001" });
    form["spouse"] = json!({ "name": "李桂芳", "id_number": wife(), "phone": "13800000002" });
    form["certificate"] = json!(FIRST);
    form
}

fn dissolution() -> Value {
    couple(json!({
        "adoptee": { "name": "陈小雨", "id_number": child(), "phone": "13800000001" },
        "grown": false, "division": "420323100",
        "reasons": "关系恶化", "agreement": "无"
    }))
}

fn agreed(sender: &str) -> Value {
    json!({ "in_person": true, "adopters_agree": true, "sender_agrees": !sender.is_empty(),
            "adoptee_agrees": true, "words": "太小不能表达，表现平静",
            "certificate_returned": true, "sender": sender })
}

async fn certificate(desk: &Desk) -> String {
    let states = "select string_agg(distinct number || ' ' || state, ',' order by number || ' ' || state) from casework.certificate";
    desk.world.text(states).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adoption_is_dissolved_by_agreement() {
    let desk = Desk::new().await;
    adopted(&desk).await;
    let (world, registrar) = (&desk.world, &desk.registrar);
    let mut stranger = dissolution();
    stranger["adopter"]["id_number"] = json!(super::father());
    let wrong = world
        .submit(registrar, "adoption-dissolution", CHENGGUAN, stranger)
        .await;
    assert_eq!(wrong.unwrap_err().reason, "NOT_THE_HOLDERS");
    let mut elsewhere = dissolution();
    elsewhere["division"] = json!("420302001");
    let wrong = world
        .submit(registrar, "adoption-dissolution", CHENGGUAN, elsewhere)
        .await;
    assert!(format!("{:?}", wrong.unwrap_err()).contains("PLACE_WRONG"));

    let case = world
        .submit(registrar, "adoption-dissolution", CHENGGUAN, dissolution())
        .await;
    let case = case.unwrap();
    let number = case.number.as_str();
    let alone = desk.act(number, "agree", agreed("")).await.unwrap_err();
    assert!(format!("{alone:?}").contains("SENDER_DISAGREES"));
    let case = desk.act(number, "agree", agreed("秦小燕")).await.unwrap();
    // Thirty days, from a Friday: 2026-07-12 is a Sunday.
    assert_eq!(case.clocks[0].last_day, "2026-07-13");
    let propose = json!({ "outcome": "dissolve", "reasons": "双方自愿" });
    desk.act(number, "propose", propose).await.unwrap();
    let own = desk.act(number, "confirm", Value::Null).await.unwrap_err();
    assert_eq!(own.reason, "SAME_PERSON");
    let case = world
        .act(&desk.second, number, "confirm", Value::Null)
        .await
        .unwrap();
    assert_eq!(
        (case.state.as_str(), case.documents.len()),
        ("dissolved", 1)
    );
    assert!(!format!("{case:?}").contains("秦小燕"));
    assert_eq!(certificate(&desk).await, format!("{FIRST} ended"));
    assert_eq!(
        world.text("select state from child.adoption").await,
        "dissolved"
    );
    let told = "select subject from chassis.outbox where aggregate = 'adoption' order by version desc limit 1";
    assert_eq!(world.text(told).await, "yiwang.child.adoption.dissolved");
    // What has ended ends once.
    let again = world
        .submit(registrar, "adoption-dissolution", CHENGGUAN, dissolution())
        .await;
    assert_eq!(again.unwrap_err().reason, "ADOPTION_ENDED");
}

#[tokio::test(flavor = "multi_thread")]
async fn fraud_makes_it_void() {
    let desk = Desk::new().await;
    adopted(&desk).await;
    let (world, registrar) = (&desk.world, &desk.registrar);
    let form = couple(json!({
        "child": { "name": "陈小雨", "id_number": child() },
        "fraud": "statement", "evidence": "隐瞒已有三名子女"
    }));
    let mut unknown = form.clone();
    unknown["certificate"] = json!("S420323-2020-000009");
    let wrong = world
        .submit(registrar, "adoption-revocation", CHENGGUAN, unknown)
        .await;
    assert_eq!(wrong.unwrap_err().reason, "RECORD_UNKNOWN");
    let case = world
        .submit(registrar, "adoption-revocation", CHENGGUAN, form)
        .await
        .unwrap();
    let number = case.number.as_str();
    let hear = |side: &str, told: bool| json!({ "side": side, "told": told, "absent": false, "words": "承认隐瞒" });
    let untold = desk
        .act(number, "hear", hear("adopters", false))
        .await
        .unwrap_err();
    assert_eq!(untold.reason, "NOT_TOLD");
    let case = desk
        .act(number, "hear", hear("adopters", true))
        .await
        .unwrap();
    assert_eq!(case.state, "opened");
    let case = desk.act(number, "hear", hear("child", true)).await.unwrap();
    assert_eq!(case.state, "heard");
    let propose = json!({ "outcome": "revoke", "reasons": "查证属实" });
    desk.act(number, "propose", propose).await.unwrap();
    let case = world
        .act(&desk.second, number, "confirm", Value::Null)
        .await
        .unwrap();
    assert_eq!(case.state, "revoked");
    assert_eq!(certificate(&desk).await, format!("{FIRST} revoked"));
    let ended = "select e.state || ' ' || a.state from child.adoption_end e join child.adoption a on a.case_number = e.adoption";
    assert_eq!(world.text(ended).await, "revoked revoked");
    let two = sqlx::query("update child.adoption_end set approver = registrar")
        .execute(&world.db.pool)
        .await;
    assert!(two.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_certificate_is_issued_again() {
    let desk = Desk::new().await;
    adopted(&desk).await;
    let (world, registrar) = (&desk.world, &desk.registrar);
    let mut form = couple(json!({
        "what": "reissue", "child": { "name": "陈小雨", "id_number": child() },
        "reasons": "搬家遗失"
    }));
    // They do not remember the number.
    form["certificate"] = json!("");
    let case = world
        .submit(registrar, "adoption-proof", CHENGGUAN, form.clone())
        .await
        .unwrap();
    let number = case.number.as_str();
    let found =
        |in_person: bool| json!({ "in_person": in_person, "archive": FIRST, "matches": true });
    let away = desk.act(number, "found", found(false)).await.unwrap_err();
    assert_eq!(away.reason, "NOT_IN_PERSON");
    desk.act(number, "found", found(true)).await.unwrap();
    let case = desk.act(number, "issue", Value::Null).await.unwrap();
    assert_eq!(case.state, "issued");
    let second = "S420323-2026-000002";
    assert_eq!(
        certificate(&desk).await,
        format!("{FIRST} replaced,{second} valid")
    );
    assert_eq!(
        world.text("select certificate from child.adoption").await,
        second
    );

    form["what"] = json!("proof");
    let case = world
        .submit(registrar, "adoption-proof", CHENGGUAN, form)
        .await
        .unwrap();
    let number = case.number.as_str();
    desk.act(number, "found", found(true)).await.unwrap();
    let case = desk.act(number, "issue", Value::Null).await.unwrap();
    assert_eq!((case.state.as_str(), case.documents.len()), ("issued", 1));
}
