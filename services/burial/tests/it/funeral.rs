//! From the notice to the ashes, by family and home; what is refused and why.

use serde_json::{Value, json};
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::burial::v1::{self as burial, funerals_server::Funerals};

use crate::{
    house::{HOME, House, certificate, id_number, notice, papers, people, picked_up, receipt},
    world::{TONGSHAN, as_caller, officer, unwrap},
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

fn reason(result: Result<yiwang_proto::casework::v1::Case, Fault>) -> String {
    match result {
        Ok(case) => case.state,
        Err(fault) => {
            assert!(!fault.message.is_empty());
            fault.reason.to_string()
        }
    }
}

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
async fn two_desks_one_hour_and_the_next_is_offered() {
    let house = House::new().await;
    let (one, _, _) = house.stored(0).await;
    let (two, _, _) = house.stored(1).await;
    let world = &house.world;
    let furnace = "00000000-0000-0001-0000-00000000000b";
    let wish = json!({ "starts_at": "2026-05-13T09:00", "resource": furnace });
    let (a, b) = tokio::join!(
        world.act(&house.first, &one, "set_time", wish.clone()),
        world.act(&house.second, &two, "set_time", wish),
    );
    let lost = match (a, b) {
        (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
        other => panic!("not exactly one: {other:?}"),
    };
    assert_eq!(lost.reason, "TAKEN");
    assert!(lost.fields.iter().all(|field| field.reason == "FREE"));
    assert!(!lost.fields.is_empty());
}

/// A limit that is over empties no cell.
#[tokio::test(flavor = "multi_thread")]
async fn a_cell_is_taken_until_the_body_leaves_it() {
    let house = House::new().await;
    house.stored(0).await;
    house.world.go_to("2026-06-01T09:00:00").await;
    let (number, _, _) = house.stored(1).await;
    let case = house.world.get(&number).await;
    let rows = case.sections.iter().flat_map(|section| &section.rows);
    let stored = rows
        .filter(|row| row.label == "存放")
        .map(|row| row.value.clone())
        .next();
    assert!(stored.unwrap().contains("冷藏02"));
    let long = json!({ "days": 60, "reasons": "亲属从国外赶回" });
    let refused = house
        .world
        .act(&house.first, &number, "extend_storage", long)
        .await;
    assert_eq!(reason(refused), "COUNTY_MUST_ALLOW");
    let permit =
        json!({ "days": 60, "reasons": "亲属从国外赶回", "document": "通民殡〔2026〕7号" });
    let own = house
        .world
        .act(&house.first, &number, "extend_storage", permit.clone())
        .await;
    assert_eq!(reason(own), "COUNTY_MUST_ALLOW");
    let allowed = house
        .world
        .act(&house.county, &number, "extend_storage", permit)
        .await;
    assert_eq!(reason(allowed), "stored");
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
async fn homes_free_times_board_and_resources() {
    let house = House::new().await;
    let (number, family, tag) = house.stored(0).await;
    let service = &house.funerals;
    let list = burial::ListHomesRequest {
        division: "421224".into(),
    };
    let homes = unwrap(service.list_homes(tonic::Request::new(list)).await)
        .unwrap()
        .homes;
    assert_eq!(homes[0].code, HOME);
    let times = |kind: &str| burial::ListFreeTimesRequest {
        home: HOME.into(),
        kind: kind.into(),
        day: "2026-05-13".into(),
    };
    let free = service
        .list_free_times(tonic::Request::new(times("furnace")))
        .await;
    let before = unwrap(free).unwrap().times.len();
    let wish = json!({ "starts_at": "2026-05-13T09:00" });
    house
        .world
        .act(&family, &number, "choose_time", wish)
        .await
        .unwrap();
    let free = service
        .list_free_times(tonic::Request::new(times("furnace")))
        .await;
    assert_eq!(unwrap(free).unwrap().times.len(), before - 1);
    let cells = service
        .list_free_times(tonic::Request::new(times("cell")))
        .await;
    assert!(unwrap(cells).is_err());

    let board = burial::GetBoardRequest {
        home: HOME.into(),
        day: "2026-05-13".into(),
    };
    let seen = service
        .get_board(as_caller(&house.first, board.clone()))
        .await;
    let line = unwrap(seen).unwrap().entries.remove(0);
    assert_eq!(
        (line.tag.as_str(), line.name.as_str()),
        (tag.as_str(), "张**")
    );
    assert_eq!(line.place, "冷藏01");
    assert!(line.cremation.starts_with("9:00 "), "{}", line.cremation);
    assert_eq!(line.missing, ["火化确认书"]);
    let elsewhere = officer(701, "周平", Role::Funeral, "420323");
    for nobody in [&family, &elsewhere] {
        let seen = unwrap(service.get_board(as_caller(nobody, board.clone())).await);
        assert_eq!(seen.unwrap_err().reason, "WRONG_ROLE");
    }

    let hall = burial::Resource {
        home: HOME.into(),
        kind: "hall".into(),
        label: "思亲厅".into(),
        class: "middle".into(),
        slot_minutes: 60,
        opens: "08:00".into(),
        closes: "17:00".into(),
        active: true,
        ..Default::default()
    };
    let save = |key: &str, resource: burial::Resource| burial::SaveResourceRequest {
        idempotency_key: key.into(),
        resource: Some(resource),
    };
    let saved = service.save_resource(as_caller(&house.county, save("k1-resource", hall.clone())));
    let saved = unwrap(saved.await).unwrap();
    let again = service.save_resource(as_caller(&house.county, save("k2-resource", hall)));
    assert_eq!(
        unwrap(again.await).unwrap_err().fields[0].reason,
        "LABEL_TAKEN"
    );
    let closed = burial::Resource {
        active: false,
        ..saved
    };
    let closed = service.save_resource(as_caller(&house.first, save("k3-resource", closed)));
    assert!(!unwrap(closed.await).unwrap().active);
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
