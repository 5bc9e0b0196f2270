//! A grave from the choice on the plan to the day it is left.

use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_burial::places::demo::{CEMETERY, COLUMBARIUM};
use yiwang_chassis::identity::Role;

use crate::{
    cemetery::{Cemetery, grave, handler},
    house::id_number,
    world::{TONGSHAN, officer},
};

fn family(nth: u32) -> String {
    id_number("19750101", nth * 2 + 1)
}

fn lay(urn: &str) -> Value {
    json!({ "urn": urn, "on": "2026-05-12" })
}

#[tokio::test]
async fn a_plot_from_the_plan_to_the_burial_renewed_and_left() {
    let it = Cemetery::new().await;
    let world = it.world();
    let dead = it.cremated(1).await;
    let caller = world.citizen(&family(1));
    let spot = it.free(CEMETERY, "松鹤区").await;
    it.hold(&caller, &spot).await.unwrap();
    // The place is shown as taken to everybody else, and is not given twice.
    let shown = it.spot(CEMETERY, "松鹤区", &spot).await;
    assert_eq!((shown.free, shown.state.as_str()), (false, "held"));
    let other = world.citizen(&family(2));
    let second = it.cremated(2).await;
    let form = grave(&family(2), &second, CEMETERY, &spot);
    let refused = world
        .submit(&other, "grave", TONGSHAN, form)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "SPOT_TAKEN");
    assert!(refused.fields.iter().any(|field| field.reason == "FREE"));

    let form = grave(&family(1), &dead, CEMETERY, &spot);
    let case = world
        .submit(&caller, "grave", TONGSHAN, form)
        .await
        .unwrap();
    let number = case.number.as_str();
    assert_eq!(case.state, "submitted");
    let by = world.texts("select holder from burial.spot_hold").await;
    assert_eq!(by, [number]);
    // The half hour is over; the case keeps the place.
    world.go_to("2026-05-12T11:00:00").await;
    assert_eq!(
        it.hold(&other, &spot).await.unwrap_err().reason,
        "SPOT_TAKEN"
    );

    let clerk = officer(701, "陈静", Role::Clerk, "421224100");
    world
        .act(&clerk, number, "accept", json!({}))
        .await
        .unwrap();
    let sign = json!({ "maintenance_years": 21, "receipt": "鄂001" });
    let refused = world
        .act(&it.keeper, number, "sign", sign)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "MAINTENANCE_TOO_LONG");
    let sign = json!({ "maintenance_years": 20, "receipt": "鄂001" });
    let case = world.act(&it.keeper, number, "sign", sign).await.unwrap();
    assert_eq!(case.state, "contracted");
    // Another person's urn is not laid there, nor with one signature.
    let refused = world
        .act(&it.keeper, number, "lay", lay(&second.urn))
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "URN_OTHER_PERSON");
    // One writes it down; nothing has moved, and the same account does not sign twice.
    let case = world
        .act(&it.keeper, number, "lay", lay(&dead.urn))
        .await
        .unwrap();
    assert_eq!(case.state, "signing");
    assert_eq!(it.urn(&dead.urn).await.0, "in_hall");
    let again = json!({ "urn": dead.urn });
    let alone = world
        .act(&it.keeper, number, "countersign", again)
        .await
        .unwrap_err();
    assert_eq!(alone.reason, "SAME_PERSON");
    let other_label = json!({ "urn": second.urn });
    let wrong = world
        .act(&it.colleague, number, "countersign", other_label)
        .await
        .unwrap_err();
    assert_eq!(wrong.reason, "URN_DIFFERS");
    // The family signs on its own phone.
    let unseen = world
        .act(&caller, number, "family_sign", json!({ "seen": false }))
        .await
        .unwrap_err();
    assert_eq!(unseen.reason, "NOT_SEEN");
    let case = world
        .act(&caller, number, "family_sign", json!({ "seen": true }))
        .await
        .unwrap();
    assert_eq!(case.state, "placed");
    let (disposition, facility, at, moves) = it.urn(&dead.urn).await;
    assert_eq!(
        (disposition.as_str(), facility.as_deref()),
        ("in_plot", Some(CEMETERY))
    );
    assert_eq!((at.unwrap().to_string(), moves), (spot.clone(), 2));
    let told = world
        .text("select count(*)::text from chassis.outbox where event_type = 'yiwang.burial.ashes.placed.v1'")
        .await;
    assert_eq!(told, "1");
    // One dead person, one place.
    let niche = it.free(COLUMBARIUM, "永思厅").await;
    let form = grave(&family(1), &dead, COLUMBARIUM, &niche);
    let refused = world
        .submit(&caller, "grave", TONGSHAN, form)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "ALREADY_RESTS");

    // Reminded, expired with a notice, and still not dug up; renewed from the old last day on.
    world.go_to("2045-11-20T09:00:00").await;
    assert_eq!(world.get(number).await.state, "expiring");
    world.go_to("2046-06-01T09:00:00").await;
    assert_eq!(world.get(number).await.state, "expired");
    assert_eq!(it.spot(CEMETERY, "松鹤区", &spot).await.state, "expired");
    assert_eq!(it.urn(&dead.urn).await.0, "in_plot");
    let renew = json!({ "years": 20, "receipt": "鄂002" });
    world.act(&it.keeper, number, "renew", renew).await.unwrap();
    let until = world
        .text("select until_day::text from burial.spot_use")
        .await;
    assert_eq!(until, "2066-05-11");
    assert_eq!(it.spot(CEMETERY, "松鹤区", &spot).await.state, "occupied");

    // Moved out, inspected, on offer again.
    let leave = json!({
        "destination": "咸宁市永安墓园", "taker": "张三", "id_checked": true, "receipt": "迁1",
    });
    let case = it.both(number, "relocate", leave, &dead.urn).await.unwrap();
    assert_eq!(case.state, "relocated");
    assert_eq!(it.urn(&dead.urn).await.0, "with_family");
    let vacated = it.spot(CEMETERY, "松鹤区", &spot).await;
    assert_eq!(
        (vacated.state.as_str(), vacated.free, vacated.used),
        ("vacated", false, 0)
    );
}

#[tokio::test]
async fn nobody_signs_and_the_place_is_free_again() {
    let it = Cemetery::new().await;
    let world = it.world();
    let dead = it.cremated(1).await;
    let caller = world.citizen(&family(1));
    let spot = it.free(COLUMBARIUM, "永思厅").await;
    // Without a hold: the place is free, so the application takes it.
    let form = grave(&family(1), &dead, COLUMBARIUM, &spot);
    let case = world
        .submit(&caller, "grave", TONGSHAN, form)
        .await
        .unwrap();
    let number = case.number.as_str();
    // The office is late; the family does not lose by it.
    world.go_to("2026-05-18T09:00:00").await;
    assert_eq!(world.get(number).await.state, "submitted");
    assert!(!it.spot(COLUMBARIUM, "永思厅", &spot).await.free);
    let clerk = officer(701, "陈静", Role::Clerk, "421224100");
    world
        .act(&clerk, number, "accept", json!({}))
        .await
        .unwrap();
    world.go_to("2026-06-05T09:00:00").await;
    assert_eq!(world.get(number).await.state, "lapsed");
    assert!(it.spot(COLUMBARIUM, "永思厅", &spot).await.free);
}

#[tokio::test]
async fn kin_join_and_an_unused_place_is_given_back() {
    let it = Cemetery::new().await;
    let world = it.world();
    let (first, second) = (it.cremated(1).await, it.cremated(2).await);
    let caller = world.citizen(&family(1));
    let spot = it.free(CEMETERY, "柏园区").await;
    let clerk = officer(701, "陈静", Role::Clerk, "421224100");
    let sign = || json!({ "maintenance_years": 0, "receipt": "减免1" });
    let form = grave(&family(1), &first, CEMETERY, &spot);
    let one = world
        .submit(&caller, "grave", TONGSHAN, form)
        .await
        .unwrap()
        .number;
    world.act(&clerk, &one, "accept", json!({})).await.unwrap();
    world.act(&it.keeper, &one, "sign", sign()).await.unwrap();

    let mut form = grave(&family(1), &second, CEMETERY, &spot);
    form["join_contract"] = json!(one);
    form["kinship"] = json!("spouse");
    let two = world
        .submit(&caller, "grave", TONGSHAN, form)
        .await
        .unwrap()
        .number;
    let unseen = world
        .act(&clerk, &two, "accept", json!({}))
        .await
        .unwrap_err();
    assert_eq!(unseen.reason, "KINSHIP_NOT_PROVEN");
    let seen = json!({ "kinship_seen": true });
    world.act(&clerk, &two, "accept", seen).await.unwrap();
    world.act(&it.keeper, &two, "sign", sign()).await.unwrap();
    it.both(&two, "lay", lay(&second.urn), &second.urn)
        .await
        .unwrap();
    let shown = it.spot(CEMETERY, "柏园区", &spot).await;
    assert_eq!(
        (shown.state.as_str(), shown.used, shown.capacity),
        ("occupied", 2, 2)
    );
    let slots = world
        .texts("select slot::text from burial.spot_use order by slot")
        .await;
    assert_eq!(slots, ["1", "2"]);
    // Nothing was paid for its maintenance, and kin keep the place: no money goes back.
    let back = json!({ "reasons": "改为树葬。" });
    let case = world
        .act(&it.keeper, &one, "give_back", back)
        .await
        .unwrap();
    assert_eq!(case.state, "returned");
    let shown = it.spot(CEMETERY, "柏园区", &spot).await;
    assert_eq!((shown.state.as_str(), shown.used), ("occupied", 1));
}

#[tokio::test]
async fn a_tree_takes_several_families_with_witness_and_photo() {
    let it = Cemetery::new().await;
    let world = it.world();
    let clerk = officer(701, "陈静", Role::Clerk, "421224100");
    let spot = it.free(CEMETERY, "香樟树葬区").await;
    for nth in 1..=3 {
        let dead = it.cremated(nth).await;
        let caller = world.citizen(&family(nth));
        it.hold(&caller, &spot).await.unwrap();
        let form = grave(&family(nth), &dead, CEMETERY, &spot);
        let number = world
            .submit(&caller, "grave", TONGSHAN, form)
            .await
            .unwrap()
            .number;
        world
            .act(&clerk, &number, "accept", json!({}))
            .await
            .unwrap();
        let sign = json!({ "receipt": "生态安葬免费" });
        world.act(&it.keeper, &number, "sign", sign).await.unwrap();
        let bare = world
            .act(&it.keeper, &number, "lay", lay(&dead.urn))
            .await
            .unwrap_err();
        let missing: Vec<&str> = bare.fields.iter().map(|field| &*field.field).collect();
        assert_eq!(missing, ["/witness", "/place", "/photo"]);
        let mut whole = lay(&dead.urn);
        whole["witness"] = json!("李四");
        whole["photo"] = json!([Uuid::now_v7()]);
        whole["place"] = json!("香樟12号东侧");
        it.both(&number, "lay", whole, &dead.urn).await.unwrap();
    }
    let tree = it.spot(CEMETERY, "香樟树葬区", &spot).await;
    assert_eq!((tree.used, tree.free, tree.capacity), (3, true, 6));
}

#[tokio::test]
async fn a_living_person_needs_an_approver_and_an_urn_from_elsewhere_gets_a_number() {
    let it = Cemetery::new().await;
    let world = it.world();
    let clerk = officer(701, "陈静", Role::Clerk, "421224100");
    let caller = world.citizen(&family(1));
    let spot = it.free(COLUMBARIUM, "永思厅").await;
    let elder = id_number("19400101", 1);
    let form = json!({
        "handler": handler(&family(1)),
        "user": { "name": "王奶奶", "id_number": elder, "household": "421224100" },
        "exception": "elderly", "exception_reason": "八十六岁，无人照料。",
        "facility": COLUMBARIUM, "spot": spot,
    });
    let number = world
        .submit(&caller, "grave", TONGSHAN, form)
        .await
        .unwrap()
        .number;
    let case = world
        .act(&clerk, &number, "accept", json!({}))
        .await
        .unwrap();
    assert_eq!(case.state, "approval");
    let agree = json!({ "agree": true, "reasons": "符合规定。" });
    world
        .act(&it.approver, &number, "approve", agree)
        .await
        .unwrap();
    let sign = json!({ "receipt": "鄂003" });
    world.act(&it.keeper, &number, "sign", sign).await.unwrap();
    let why = world
        .text("select exception || '/' || approved_by from burial.spot_use")
        .await;
    assert_eq!(why, "elderly/郑华");
    // Nobody is laid there without the papers.
    let bare = world
        .act(&it.keeper, &number, "lay", lay(""))
        .await
        .unwrap_err();
    assert_eq!(bare.reason, "DEATH_CERTIFICATE_MISSING");

    let other = id_number("19500101", 5);
    let spot = it.free(COLUMBARIUM, "永思厅").await;
    let form = json!({
        "handler": handler(&family(1)),
        "user": { "name": "赵六", "id_number": other, "household": "421224100" },
        "death_certificate": "外1", "cremation_certificate": "外火1", "cremated_elsewhere": true,
        "facility": COLUMBARIUM, "spot": spot,
    });
    let number = world
        .submit(&caller, "grave", TONGSHAN, form)
        .await
        .unwrap()
        .number;
    let unseen = world
        .act(&clerk, &number, "accept", json!({}))
        .await
        .unwrap_err();
    assert_eq!(unseen.reason, "ORIGINALS_NOT_SEEN");
    let seen = json!({ "originals_seen": true });
    world.act(&clerk, &number, "accept", seen).await.unwrap();
    let sign = json!({ "receipt": "鄂004" });
    world.act(&it.keeper, &number, "sign", sign).await.unwrap();
    it.both(&number, "lay", lay(""), "").await.unwrap();
    let urn = world.text("select number from burial.urn").await;
    assert!(urn.starts_with("GH421224"), "{urn}");
    let (disposition, _, _, moves) = it.urn(&urn).await;
    assert_eq!((disposition.as_str(), moves), ("in_plot", 2));
}

#[tokio::test]
async fn after_the_notice_only_the_law_moves_ashes() {
    let it = Cemetery::new().await;
    let world = it.world();
    let dead = it.cremated(1).await;
    let caller = world.citizen(&family(1));
    let clerk = officer(701, "陈静", Role::Clerk, "421224100");
    let spot = it.free(CEMETERY, "松鹤区").await;
    let mut form = grave(&family(1), &dead, CEMETERY, &spot);
    form["years"] = json!(1);
    let number = world
        .submit(&caller, "grave", TONGSHAN, form)
        .await
        .unwrap()
        .number;
    world
        .act(&clerk, &number, "accept", json!({}))
        .await
        .unwrap();
    let sign = json!({ "receipt": "鄂001" });
    world.act(&it.keeper, &number, "sign", sign).await.unwrap();
    it.both(&number, "lay", lay(&dead.urn), &dead.urn)
        .await
        .unwrap();
    world.go_to("2027-05-20T09:00:00").await;
    assert_eq!(world.get(&number).await.state, "expired");
    let notice = world
        .text("select title || ' ' || rows::text from casework.notice")
        .await;
    assert!(
        notice.contains("到期公告") && !notice.contains("张大山"),
        "{notice}"
    );
    let law = json!({ "document": "通法〔2028〕1号", "reasons": "公告期满。" });
    let early = world
        .act(&it.approver, &number, "release", law.clone())
        .await
        .unwrap_err();
    assert_eq!(early.reason, "WRONG_STATE");
    world.go_to("2028-01-20T09:00:00").await;
    assert_eq!(world.get(&number).await.state, "notice_over");
    let mut lawless = law.clone();
    lawless["document"] = json!(" ");
    let refused = world
        .act(&it.approver, &number, "release", lawless)
        .await
        .unwrap_err();
    assert_eq!(&*refused.fields[0].field, "/document");
    world
        .act(&it.approver, &number, "release", law)
        .await
        .unwrap();
    let theirs = world
        .act(&caller, &number, "family_sign", json!({ "seen": true }))
        .await
        .unwrap_err();
    assert_eq!(theirs.reason, "NOT_YOURS_TO_SIGN");
    let again = json!({ "urn": dead.urn });
    world
        .act(&it.keeper, &number, "countersign", again)
        .await
        .unwrap();
    let (disposition, facility, ..) = it.urn(&dead.urn).await;
    assert_eq!(
        (disposition.as_str(), facility.as_deref()),
        ("in_hall", Some(CEMETERY))
    );
    assert_eq!(it.spot(CEMETERY, "松鹤区", &spot).await.state, "vacated");
}
