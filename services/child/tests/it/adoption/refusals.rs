//! What is refused, and the step-child that needs no assessment.

use serde_json::{Value, json};

use super::{Desk, child, father, mother, papers, sent, wife};
use crate::world::born;

fn reasons(fault: &yiwang_chassis::fault::Fault) -> Vec<String> {
    fault
        .fields
        .iter()
        .map(|it| it.reason.to_string())
        .collect()
}

/// The step-father adopts his wife's daughter; her father is dead.
fn step() -> Value {
    let mut form = sent();
    form["kind"] = json!("S5");
    form["adopter"]["id_number"] = json!(born("19980101", 1));
    form["spouse"] = json!({ "name": "秦小燕", "id_number": mother(), "phone": "" });
    form["child"]["ground"] = json!("relative");
    form["senders"]["father"]["state"] = json!("dead");
    form["senders"]["father"]["proof"] = json!("死亡证明1号");
    form
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_child_needs_no_assessment() {
    let desk = Desk::new().await;
    let case = desk.filed(step()).await.unwrap();
    let number = case.number.as_str();
    desk.accepted(number, &[("mother", "秦小燕")], &["identity", "marriage"])
        .await;
    let assess = json!({ "consented": true, "team": "县民政局" });
    let wrong = desk
        .act(number, "begin_assessment", assess)
        .await
        .unwrap_err();
    assert_eq!(wrong.reason, "WRONG_STATE");
    let case = desk.registered(number).await;
    assert_eq!(case.state, "registered");
    // One holder: the mother is a parent already. The father's key has left the case.
    let copies = desk
        .world
        .text("select count(*)::text from casework.certificate")
        .await;
    assert_eq!(copies, "1");
    let people = desk
        .world
        .texts("select relation from casework.case_person order by relation")
        .await;
    assert_eq!(people, ["child", "self", "spouse"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_adopt_is_told_everything_at_once() {
    let desk = Desk::new().await;
    let mut form = sent();
    form["children"] = json!(2);
    form["spouse"]["id_number"] = json!(born("19990302", 2));
    form["senders"]["division"] = json!("420302001");
    let refused = desk.filed(form).await.unwrap_err();
    assert_eq!(
        reasons(&refused),
        ["AGE_BELOW", "TOO_MANY_CHILDREN", "PLACE_WRONG"]
    );

    let mut form = sent();
    form["marital"] = json!("single");
    form.as_object_mut().unwrap().remove("spouse");
    let refused = desk.filed(form).await.unwrap_err();
    assert_eq!(reasons(&refused), ["AGE_GAP"]);
    let none = desk
        .world
        .text("select count(*)::text from child.adoption")
        .await;
    assert_eq!(none, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_told_everything_at_once() {
    let desk = Desk::new().await;
    let case = desk.filed(sent()).await.unwrap();
    let number = case.number.as_str();
    let shown = papers(&["sender_identity"]);
    let refused = desk
        .act(number, "check_papers", super::papers_of(&shown))
        .await
        .unwrap_err();
    let all = [
        "NOT_SIGNED",
        "NOT_SIGNED",
        "MARITAL_NOT_TODAY",
        "PAPER_MISSING",
        "INTERVIEW_MISSING",
    ];
    assert_eq!(reasons(&refused), all);
    // Nobody takes a second family for the same child, and no word tells which case it is.
    let taken = desk.filed(sent()).await.unwrap_err();
    assert!(!format!("{taken:?}").contains(number));

    let full = papers(&["sender_identity", "hardship"]);
    desk.accepted(number, &[("mother", "秦小燕")], &full).await;
    desk.assessed(number, [0, 0], "2026-06-12").await;
    desk.act(number, "check_marital", super::married())
        .await
        .unwrap();
    let refused = desk
        .act(number, "propose", super::proposal())
        .await
        .unwrap_err();
    assert_eq!(reasons(&refused), ["CONSENT_MISSING"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_assessment_is_refused_by_two() {
    let desk = Desk::new().await;
    let case = desk.filed(sent()).await.unwrap();
    let number = case.number.as_str();
    let senders = [("father", "卢国庆"), ("mother", "秦小燕")];
    desk.accepted(number, &senders, &papers(&["sender_identity", "hardship"]))
        .await;
    let begun = json!({ "consented": true, "team": "县民政局" });
    desk.act(number, "begin_assessment", begun).await.unwrap();
    let begin = json!({ "on": "2026-05-12", "agreement": "融合1号", "words": "愿意去" });
    desk.act(number, "begin_bond", begin).await.unwrap();
    desk.world.go_to("2026-06-05T10:00:00").await;
    let end =
        |good| json!({ "on": "2026-06-05", "good": good, "findings": "夜里哭", "words": "想回去" });
    let short = desk.act(number, "end_bond", end(true)).await.unwrap_err();
    assert_eq!(short.reason, "BOND_SHORT");
    desk.act(number, "end_bond", end(false)).await.unwrap();
    let case = desk.scored(number, [0, 0]).await;
    assert_eq!(case.state, "reviewed");
    desk.act(number, "check_marital", super::married())
        .await
        .unwrap();
    let refused = desk
        .act(number, "propose", super::proposal())
        .await
        .unwrap_err();
    assert_eq!(reasons(&refused), ["NOT_PASSED"]);
    let refuse = json!({ "outcome": "refuse", "reasons": "收养评估不合格" });
    desk.act(number, "propose", refuse).await.unwrap();
    let case = desk
        .world
        .act(&desk.second, number, "confirm", Value::Null)
        .await
        .unwrap();
    assert_eq!((case.state.as_str(), case.documents.len()), ("refused", 1));
    // Who gave the child is nobody's to read after a refusal either.
    let people = desk
        .world
        .texts("select relation from casework.case_person order by relation")
        .await;
    assert_eq!(people, ["child", "self", "spouse"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_couple_signs_with_accounts_of_their_own() {
    let desk = Desk::new().await;
    let case = desk.filed(sent()).await.unwrap();
    let number = case.number.as_str();
    let wife = desk.world.citizen(&wife());
    desk.world
        .act(&wife, number, "sign", Value::Null)
        .await
        .unwrap();
    for stranger in [mother(), father(), child()] {
        let stranger = desk.world.citizen(&stranger);
        let refused = desk.world.act(&stranger, number, "sign", Value::Null).await;
        assert!(refused.is_err());
    }
    let husband = desk.world.citizen(&super::husband());
    let case = desk
        .world
        .act(&husband, number, "sign", Value::Null)
        .await
        .unwrap();
    assert!(format!("{:?}", case.sections).contains("收养人"));
    // They take it back.
    let why = json!({ "reasons": "改变主意" });
    let case = desk
        .world
        .act(&husband, number, "withdraw", why)
        .await
        .unwrap();
    assert_eq!(case.state, "withdrawn");
    // The child is free for another family.
    assert_eq!(desk.filed(sent()).await.unwrap().state, "applied");
}
