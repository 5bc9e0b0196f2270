//! Where a child under guardianship is while a family tries, and who waits for a family.

use serde_json::{Value, json};
use yiwang_casework::testing::{as_caller, officer, unwrap};
use yiwang_chassis::identity::Role;
use yiwang_proto::child::v1::{self as pb, adoption_server::Adoption as _};

use super::{BASE, COUNTY, Desk, child, fostering, from_home, husband, married, papers_of};
use crate::{
    entitlements::desk as orphan,
    world::{CHENGGUAN, born},
};

/// Under long-term guardianship since today, decided by two; the number of the case.
async fn guarded(desk: &Desk, child: &str, ground: &str) -> String {
    let form = json!({
        "child": { "name": "竹小满", "id_number": child, "born_on": "", "looks_age": 0 },
        "ground": ground, "paper": "证明1号", "crime": false, "from_case": "",
        "placing": { "place": "home", "carer": "竹山县儿童福利院" },
        "voice": { "heard": "said", "words": "好" },
    });
    let filed = desk
        .world
        .submit(&desk.registrar, "long-guardianship", CHENGGUAN, form)
        .await;
    let number = filed.unwrap().number;
    let confirmed = desk
        .world
        .act(&desk.second, &number, "confirm", Value::Null);
    assert_eq!(confirmed.await.unwrap().state, "in_care");
    number
}

/// The kinds of all placements in order.
async fn chain(desk: &Desk) -> String {
    desk.world
        .text("select string_agg(kind, ' ' order by nth) from child.placement")
        .await
}

async fn waiting(desk: &Desk) -> Vec<pb::WaitingChild> {
    let home = officer(8, "秦院长", Role::WelfareHome, COUNTY);
    let ask = pb::ListMatchingRequest::default();
    let lists = desk.service.list_matching(as_caller(&home, ask)).await;
    unwrap(lists).unwrap().children
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_be_adopted_waits_for_a_family() {
    let desk = Desk::new().await;
    let found = guarded(&desk, &child(), "1").await;
    guarded(&desk, &born("20210501", 7), "4").await;
    let children = waiting(&desk).await;
    assert_eq!(children.len(), 1, "parents who live are not replaced");
    let shown = (children[0].reference.as_str(), children[0].age.as_str());
    assert_eq!(shown, (found.as_str(), "约3岁"));
    assert!(!format!("{children:?}").contains("竹小满"));
    // With a foster family it stands there once.
    let family = fostering::in_trial(&desk, "parents_unknown").await;
    let children = waiting(&desk).await;
    assert_eq!(children.len(), 1);
    assert_eq!(children[0].reference, family);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_moves_the_one_responsible_placement() {
    let desk = Desk::new().await;
    guarded(&desk, &child(), "2").await;
    let number = fostering::in_trial(&desk, "orphan").await;
    assert_eq!(chain(&desk).await, "home foster");
    let end = |on: &str, good: bool| json!({ "on": on, "good": good, "words": "想回去", "findings": "常哭" });
    desk.act(&number, "end_trial", end("2026-05-12", false))
        .await
        .unwrap();
    assert_eq!(chain(&desk).await, "home foster home");
    let again = json!({ "child": { "name": "竹小满", "id_number": child(), "ground": "orphan" },
                        "home": "竹山县儿童福利院", "on": "2026-05-12", "words": "再试试" });
    desk.act(&number, "start_trial", again).await.unwrap();
    desk.world.go_to("2026-07-11T10:00:00").await;
    desk.act(&number, "end_trial", end("2026-07-11", true))
        .await
        .unwrap();
    let agree = json!({ "number": "寄养1号", "until": "2027-07-10", "signed": true });
    desk.act(&number, "agree", agree).await.unwrap();
    let place = json!({ "on": "2026-07-11", "receiver": "熊秀兰" });
    desk.act(&number, "place", place).await.unwrap();
    // The child was there already.
    assert_eq!(chain(&desk).await, "home foster home foster");
    let end = json!({ "why": "agreement", "on": "2026-07-11", "words": "舍不得",
                      "to": "竹山县儿童福利院" });
    desk.act(&number, "end", end).await.unwrap();
    assert_eq!(chain(&desk).await, "home foster home foster home");
}

/// A couple that wants to adopt the child of the institution, with the child chosen.
async fn chosen(desk: &Desk) -> String {
    let number = desk.filed(from_home()).await.unwrap().number;
    let number = number.as_str();
    let signed = json!({ "adopter": true, "spouse": true });
    desk.act(number, "sign_at_desk", signed).await.unwrap();
    desk.act(number, "check_marital", married()).await.unwrap();
    let talk = json!({ "adopters": "自愿收养" });
    desk.act(number, "interview", talk).await.unwrap();
    desk.act(number, "check_papers", papers_of(&BASE))
        .await
        .unwrap();
    let begun = json!({ "consented": true, "team": "县民政局" });
    desk.act(number, "begin_assessment", begun).await.unwrap();
    let chosen = json!({
        "child": { "name": "竹小满", "id_number": child(), "ground": "orphan" },
        "senders": { "institution": "竹山县儿童福利院", "institution_division": "420323" },
    });
    desk.act(number, "choose_child", chosen).await.unwrap();
    number.to_owned()
}

/// The child lives with who wants to adopt it from now on.
async fn bond(desk: &Desk, number: &str) {
    let bond = json!({ "on": "2026-05-12", "agreement": "融合1号", "words": "愿意去" });
    desk.act(number, "begin_bond", bond).await.unwrap();
}

/// They change their mind.
async fn given_up(desk: &Desk, number: &str) {
    let reasons = json!({ "reasons": "家里老人病重，放弃收养" });
    let adopter = desk.world.citizen(&husband());
    let case = desk.world.act(&adopter, number, "withdraw", reasons).await;
    assert_eq!(case.unwrap().state, "withdrawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn living_with_who_wants_to_adopt_moves_it_and_does_not_say_with_whom() {
    let desk = Desk::new().await;
    let ward = guarded(&desk, &child(), "2").await;
    let number = chosen(&desk).await;
    assert!(
        waiting(&desk).await.is_empty(),
        "somebody wants to adopt it"
    );
    bond(&desk, &number).await;
    assert_eq!(chain(&desk).await, "home foster");
    let request = pb::GetPlacementRequest {
        case_number: ward.clone(),
    };
    let protection = yiwang_child::protection::ProtectionService::new(desk.world.rt.clone());
    let placement = pb::protection_server::Protection::get_placement(
        &protection,
        as_caller(&desk.registrar, request),
    );
    let placement = unwrap(placement.await).unwrap();
    assert_eq!(placement.stays[0].carer, "收养申请人家庭（融合期）");
    // The county writes the family down once more.
    let moves = json!({
        "placing": { "place": "foster", "carer": "陈志强", "carer_id": husband() },
        "voice": { "heard": "said", "words": "好" }, "reasons": "补登融合家庭",
    });
    desk.act(&ward, "move", moves).await.unwrap();
    assert_eq!(chain(&desk).await, "home foster foster");
    // They change their mind: the child is where it was.
    given_up(&desk, &number).await;
    assert_eq!(chain(&desk).await, "home foster foster home");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foster_family_that_does_not_adopt_after_all_keeps_the_child() {
    let desk = Desk::new().await;
    guarded(&desk, &child(), "2").await;
    let number = chosen(&desk).await;
    let family = ("陈志强", husband());
    fostering::in_trial_of(&desk, "orphan", &family).await;
    assert_eq!(chain(&desk).await, "home foster");
    bond(&desk, &number).await;
    assert_eq!(chain(&desk).await, "home foster", "it was there already");
    given_up(&desk, &number).await;
    assert_eq!(chain(&desk).await, "home foster");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_pays_hears_where_the_child_is() {
    let desk = Desk::new().await;
    let mut form = orphan::form("dead", "dead", "2026-01-10");
    form["child"] = json!({ "name": "竹小满", "id_number": child(), "born_on": "", "school": "" });
    let guardian = desk.world.citizen(&orphan::grandfather());
    let filed = desk.world.submit(&guardian, "orphan", CHENGGUAN, form);
    filed.await.unwrap();
    guarded(&desk, &child(), "2").await;
    let moved = "select count(*)::text from chassis.outbox
                  where subject = 'yiwang.child.custody.moved'";
    assert_eq!(desk.world.text(moved).await, "0");
    let number = fostering::in_trial(&desk, "orphan").await;
    assert_eq!(desk.world.text(moved).await, "1");
    let end = json!({ "on": "2026-05-12", "good": false, "words": "想回去", "findings": "常哭" });
    desk.act(&number, "end_trial", end).await.unwrap();
    assert_eq!(desk.world.text(moved).await, "2");
    // Guarded, in the family, back: each told to the benefit.
    let told = "select count(*)::text from casework.history h
                  join casework.case_file f on f.id = h.case_id and f.item = 'orphan'
                 where h.action = 'custody_changed'";
    assert_eq!(desk.world.text(told).await, "3");
}
