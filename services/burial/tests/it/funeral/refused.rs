//! What is refused and why: papers, holds, infectious diseases, permits.

use serde_json::{Value, json};

use super::reason;
use crate::{
    house::{House, certificate, id_number, notice, papers, people, picked_up},
    world::TONGSHAN,
};

#[tokio::test(flavor = "multi_thread")]
async fn no_cremation_without_four_papers_or_under_a_hold_or_twice() {
    let house = House::new().await;
    let (number, family, tag) = house.stored(0).await;
    let world = &house.world;
    let time = json!({ "starts_at": "2026-05-13T10:00" });
    world
        .act(&family, &number, "choose_time", time)
        .await
        .unwrap();
    let verify = |data: Value| world.act(&house.first, &number, "verify", data);
    let with = |key: &str, value: &str| {
        let mut data = papers(0, &tag);
        data[key] = value.into();
        data
    };
    assert_eq!(
        reason(verify(papers(0, &tag)).await),
        "CONFIRMATION_MISSING"
    );
    let signed_by_other = json!({ "name": "李强", "number": id_number("19700101", 1),
                                  "signed_on": "2026-05-12" });
    let paper = world
        .act(
            &house.first,
            &number,
            "record_confirmation",
            signed_by_other,
        )
        .await;
    assert_eq!(reason(paper), "HANDLER_DIFFERS");
    let agree = json!({ "agree": true });
    world
        .act(&family, &number, "sign_confirmation", agree)
        .await
        .unwrap();

    assert_eq!(
        reason(verify(with("tag", "421224100-BY01-26-00099")).await),
        "TAG_DIFFERS"
    );
    assert_eq!(
        reason(verify(with("dead_name", "张德禄")).await),
        "NAME_DIFFERS"
    );
    let other = id_number("19720304", 9);
    assert_eq!(
        reason(verify(with("handler_number", &other)).await),
        "HANDLER_DIFFERS"
    );
    let unknown = with("certificate", "DC0000000000");
    assert_eq!(reason(verify(unknown).await), "DEATH_CERTIFICATE_DIFFERS");
    let mut looks_wrong = papers(0, &tag);
    looks_wrong["fits_cause"] = false.into();
    assert_eq!(reason(verify(looks_wrong).await), "BODY_DIFFERS");

    // Police forbid it between the two signatures: the second meets the hold.
    world
        .act(&house.first, &number, "verify", papers(0, &tag))
        .await
        .unwrap();
    let own = world
        .act(&house.first, &number, "countersign", json!({ "tag": tag }))
        .await;
    assert_eq!(reason(own), "SAME_PERSON");
    let hold =
        json!({ "authority": "police", "document": "通公〔2026〕8号", "reasons": "死因需要查明" });
    world
        .act(&house.county, &number, "hold", hold)
        .await
        .unwrap();
    let second = world
        .act(&house.second, &number, "countersign", json!({ "tag": tag }))
        .await;
    assert_eq!(reason(second), "BODY_ON_HOLD");
    let lift = json!({ "document": "通公〔2026〕9号" });
    world
        .act(&house.first, &number, "lift_hold", lift)
        .await
        .unwrap();
    let wrong = json!({ "tag": "421224100-BY01-26-00099" });
    let second = world
        .act(&house.second, &number, "countersign", wrong)
        .await;
    assert_eq!(reason(second), "TAG_DIFFERS");
    let second = world
        .act(&house.second, &number, "countersign", json!({ "tag": tag }))
        .await;
    assert_eq!(reason(second), "verified");

    // The certificate is voided before the furnace.
    sqlx::query("update burial.death set state = 'voided'")
        .execute(&world.db.pool)
        .await
        .unwrap();
    let start = world
        .act(
            &house.first,
            &number,
            "start_cremation",
            json!({ "tag": tag }),
        )
        .await;
    assert_eq!(reason(start), "DEATH_CERTIFICATE_VOIDED");
    sqlx::query("update burial.death set state = 'signed'")
        .execute(&world.db.pool)
        .await
        .unwrap();
    house
        .both(&number, "start_cremation", json!({ "tag": tag }))
        .await
        .unwrap();
    house
        .both(&number, "finish_cremation", json!({ "tag": tag }))
        .await
        .unwrap();

    // A second funeral of the same person.
    let again = world.submit(&family, "funeral", TONGSHAN, notice(0)).await;
    assert_eq!(reason(again), "ALREADY_CREMATED");
    let twice = sqlx::query(
        "insert into burial.cremation (body, furnace, operator, started_at, county)
         select body, furnace, operator, started_at, county from burial.cremation",
    );
    assert!(twice.execute(&world.db.pool).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_car_without_a_death_certificate_and_no_farewell_with_an_infectious_disease() {
    let house = House::new().await;
    let world = &house.world;
    let family = world.citizen(&people(0).1);
    let mut form = notice(0);
    form["certificate"] = "".into();
    let case = world
        .submit(&family, "funeral", TONGSHAN, form)
        .await
        .unwrap();
    let number = case.number;
    let driver = json!({ "driver": "刘师傅" });
    world
        .act(&house.first, &number, "dispatch", driver)
        .await
        .unwrap();
    let car = world
        .act(&house.first, &number, "pick_up", picked_up())
        .await;
    assert_eq!(reason(car), "DEATH_CERTIFICATE_MISSING");
    house
        .died(&certificate(0), "张德福", &people(0).0, true)
        .await;
    let sent = json!({ "number": certificate(0) });
    world
        .act(&family, &number, "send_certificate", sent)
        .await
        .unwrap();
    house.both(&number, "pick_up", picked_up()).await.unwrap();
    let tag = house.tag(&number).await;
    let received = json!({ "tag": tag, "condition": "已消毒密封" });
    let case = house.both(&number, "receive", received).await.unwrap();
    assert!(case.clocks.iter().any(|clock| clock.name == "infectious"));
    let farewell = json!({ "starts_at": "2026-05-12T14:00" });
    let farewell = world
        .act(&family, &number, "choose_farewell", farewell)
        .await;
    assert_eq!(reason(farewell), "INFECTIOUS");
    let late = json!({ "starts_at": "2026-05-14T09:00" });
    assert_eq!(
        reason(world.act(&family, &number, "choose_time", late).await),
        "INFECTIOUS_WITHIN"
    );
    let abroad = json!({ "to": "河北省保定市殡仪馆", "reasons": "落叶归根" });
    assert_eq!(
        reason(world.act(&family, &number, "ask_transfer", abroad).await),
        "INFECTIOUS"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_leaves_with_the_countys_permit_only() {
    let house = House::new().await;
    let (number, family, tag) = house.stored(0).await;
    let world = &house.world;
    let ask = json!({ "to": "河北省保定市殡仪馆", "reasons": "落叶归根" });
    world
        .act(&family, &number, "ask_transfer", ask)
        .await
        .unwrap();
    let bare = json!({ "agree": true, "reasons": "情况属实" });
    let decide = world
        .act(&house.county, &number, "decide_transfer", bare)
        .await;
    assert_eq!(reason(decide), "DOCUMENT_REQUIRED");
    let permit = json!({ "agree": true, "reasons": "情况属实", "document": "通民外运〔2026〕2号" });
    world
        .act(&house.county, &number, "decide_transfer", permit)
        .await
        .unwrap();
    let out = json!({ "tag": tag, "driver": "刘师傅", "plate": "鄂L·殡001" });
    let case = house.both(&number, "transfer_out", out).await.unwrap();
    assert_eq!(case.state, "transferred");
    assert_eq!(
        world.text("select state from burial.body").await,
        "transferred"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_may_come_before_the_body() {
    let house = House::new().await;
    let world = &house.world;
    let (number, _) = house.notified(0).await;
    let hold = json!({ "authority": "police", "document": "通公〔2026〕8号", "reasons": "立案" });
    world
        .act(&house.county, &number, "hold", hold.clone())
        .await
        .unwrap();
    let twice = world
        .act(&house.county, &number, "hold", hold)
        .await
        .unwrap_err();
    assert_eq!(twice.reason, "HOLD_KNOWN");
    assert_eq!(
        world.text("select count(*)::text from burial.hold").await,
        "0"
    );
    let driver = json!({ "driver": "刘师傅" });
    world
        .act(&house.first, &number, "dispatch", driver)
        .await
        .unwrap();
    house.both(&number, "pick_up", picked_up()).await.unwrap();
    assert_eq!(
        world
            .text("select document || reason from burial.hold")
            .await,
        "通公〔2026〕8号立案"
    );
    let lift = json!({ "document": "通公解〔2026〕8号" });
    world
        .act(&house.county, &number, "lift_hold", lift)
        .await
        .unwrap();
    let open = "select count(*)::text from burial.hold where lifted_at is null";
    assert_eq!(world.text(open).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_contests_and_a_county_takes_a_certificate_away() {
    let house = House::new().await;
    let world = &house.world;
    let (number, _, tag) = house.scheduled(0, "2026-05-13T10:00").await;
    let doubt = json!({ "reasons": "证明写的出生年与户口簿不同" });
    world
        .act(&house.first, &number, "contest_certificate", doubt.clone())
        .await
        .unwrap();
    assert_eq!(
        world
            .text("select kind || ' ' || division from burial.death_alarm")
            .await,
        "certificate_contested 421224"
    );
    house
        .both(&number, "verify", papers(0, &tag))
        .await
        .unwrap();
    let scan = json!({ "tag": tag });
    house
        .both(&number, "start_cremation", scan.clone())
        .await
        .unwrap();
    house.both(&number, "finish_cremation", scan).await.unwrap();
    world
        .act(&house.first, &number, "certify", json!({}))
        .await
        .unwrap();
    let own = world
        .act(&house.first, &number, "revoke_certificate", doubt.clone())
        .await
        .unwrap_err();
    assert_eq!(own.reason, "WRONG_ROLE");
    world
        .act(&house.county, &number, "revoke_certificate", doubt.clone())
        .await
        .unwrap();
    assert_eq!(
        world
            .text("select string_agg(distinct state, ' ') from casework.certificate")
            .await,
        "revoked"
    );
    let none = "select count(certificate)::text from burial.cremation";
    assert_eq!(world.text(none).await, "0");
    world
        .act(&house.first, &number, "reissue_certificate", doubt)
        .await
        .unwrap();
    assert_eq!(world.text(none).await, "1");
}
