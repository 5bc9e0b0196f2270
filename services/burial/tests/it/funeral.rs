//! From the notice to the ashes, by family and home.

mod refused;
mod rooms;

use serde_json::{Value, json};
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};

use crate::{
    house::{House, certificate, id_number, notice, papers, people, receipt},
    world::{TONGSHAN, officer},
};

#[tokio::test(flavor = "multi_thread")]
async fn from_the_notice_to_the_ashes() {
    let house = House::new().await;
    let (number, family, tag) = house.stored(0).await;
    let act = |who: &Caller, code: &'static str, data: Value| {
        let (world, number, who) = (&house.world, number.clone(), who.clone());
        async move { world.act(&who, &number, code, data).await }
    };
    let case = act(
        &family,
        "choose_farewell",
        json!({ "starts_at": "2026-05-13T08:00" }),
    )
    .await
    .unwrap();
    assert_eq!(case.state, "stored");
    let early = json!({ "starts_at": "2026-05-13T08:00" });
    let refused = act(&family, "choose_time", early).await.unwrap_err();
    assert_eq!(refused.reason, "FAREWELL_AFTER_CREMATION");
    let time = json!({ "starts_at": "2026-05-13T10:00" });
    let case = act(&family, "choose_time", time).await.unwrap();
    assert_eq!(case.state, "scheduled");
    // The family reads one plan of the days ahead, and what is missing.
    let plan = case
        .sections
        .iter()
        .find(|section| section.title == "接下来几天")
        .unwrap();
    assert_eq!(plan.rows[0].label, "5月13日8:00");
    assert_eq!(plan.rows[1].label, "5月13日10:00");
    let missing = case
        .sections
        .iter()
        .find(|section| section.title == "还缺什么")
        .unwrap();
    let missing: Vec<&str> = missing.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(missing, ["火化确认书"]);
    act(&family, "sign_confirmation", json!({ "agree": true }))
        .await
        .unwrap();

    // The next morning.
    house.world.go_to("2026-05-13T08:05:00").await;
    house
        .both(&number, "farewell", json!({ "tag": tag }))
        .await
        .unwrap();
    house
        .both(&number, "verify", papers(0, &tag))
        .await
        .unwrap();
    house.world.go_to("2026-05-13T10:00:00").await;
    house
        .both(&number, "start_cremation", json!({ "tag": tag }))
        .await
        .unwrap();
    house.world.go_to("2026-05-13T11:00:00").await;
    let case = house
        .both(&number, "finish_cremation", json!({ "tag": tag }))
        .await
        .unwrap();
    assert_eq!(case.state, "cremated");
    let case = act(&house.first, "certify", json!({})).await.unwrap();
    assert_eq!(case.state, "certified");
    let own = house.world.get(&number).await;
    let paper = &own.certificates[0];
    assert_eq!(
        (paper.kind.as_str(), paper.number.as_str()),
        ("cremation", "HZ421224-2026-000001")
    );

    // Ashes to the handler alone.
    let mut other = receipt(0, &tag);
    other["number"] = id_number("19720304", 7).into();
    let refused = act(&house.first, "hand_over", other).await.unwrap_err();
    assert_eq!(refused.reason, "HANDLER_DIFFERS");
    let case = house
        .both(&number, "hand_over", receipt(0, &tag))
        .await
        .unwrap();
    assert_eq!(case.state, "handed");

    let urn = house.world.text("select disposition from burial.urn").await;
    assert_eq!(urn, "with_family");
    let steps = house
        .world
        .texts("select what from burial.custody order by step")
        .await;
    assert_eq!(
        steps,
        [
            "picked_up",
            "received",
            "stored",
            "farewell",
            "verified",
            "cremating",
            "cremated",
            "ashes_handed"
        ]
    );
    let events = house
        .world
        .texts(
            "select subject from chassis.outbox
              where aggregate in ('body', 'cremation') order by occurred_at, subject",
        )
        .await;
    assert_eq!(
        events,
        [
            "yiwang.burial.body.received",
            "yiwang.burial.cremation.certificate.issued",
            "yiwang.burial.cremation.done"
        ]
    );
    let used = house
        .world
        .text("select used_for from burial.death_use")
        .await;
    assert_eq!(used, "funeral");
    // The cell is free again for the hours after.
    let open = house
        .world
        .text("select count(*)::text from burial.reservation where state = 'booked'")
        .await;
    assert_eq!(open, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_home_takes_a_notice_on_the_phone_and_a_stranger_does_not() {
    let house = House::new().await;
    let world = &house.world;
    house
        .died(&certificate(0), "张德福", &people(0).0, false)
        .await;
    let stranger = world.citizen(&id_number("19800101", 1));
    let filed = world
        .submit(&stranger, "funeral", TONGSHAN, notice(0))
        .await;
    assert_eq!(reason(filed), "NOT_APPLICANT");
    let elsewhere = officer(701, "周平", Role::Funeral, "420323");
    let filed = world
        .submit(&elsewhere, "funeral", TONGSHAN, notice(0))
        .await;
    assert_eq!(reason(filed), "NOT_APPLICANT");
    let filed = world
        .submit(&house.first, "funeral", TONGSHAN, notice(0))
        .await
        .unwrap();
    let driver = json!({ "driver": "刘师傅" });
    let sent = world
        .act(&house.first, &filed.number, "dispatch", driver)
        .await;
    assert_eq!(reason(sent), "dispatched");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_nobody_has_seen_signs_at_the_home() {
    let house = House::new().await;
    let world = &house.world;
    let (dead, handler) = people(0);
    house.died(&certificate(0), "张德福", &dead, false).await;
    let mut family = world.citizen(&handler);
    family.grants.clear();
    let case = world
        .submit(&family, "funeral", TONGSHAN, notice(0))
        .await
        .unwrap();
    let offered = |case: &yiwang_proto::casework::v1::Case| {
        case.actions.iter().any(|it| it.code == "sign_confirmation")
    };
    assert!(!offered(&case), "no button that says no");
    let number = case.number;
    let agree = json!({ "agree": true });
    let refused = world
        .act(&family, &number, "sign_confirmation", agree)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "NOT_VERIFIED");
    assert!(refused.message.contains("当面签字"), "{}", refused.message);
    // On paper it is signed all the same.
    let paper = json!({ "name": "张伟", "number": handler, "signed_on": "2026-05-12" });
    world
        .act(&house.first, &number, "record_confirmation", paper)
        .await
        .unwrap();
}

fn reason(result: Result<yiwang_proto::casework::v1::Case, Fault>) -> String {
    match result {
        Ok(case) => case.state,
        Err(fault) => {
            assert!(!fault.message.is_empty());
            fault.reason.to_string()
        }
    }
}
