//! A nameless body: search, announcement, opinion, cremation by the home, ashes kept; years
//! later a match of the DNA gives the name back.

use serde_json::{Value, json};

use crate::{
    house::{HOME, House, id_number, picked_up},
    world::TONGSHAN,
};

#[tokio::test(flavor = "multi_thread")]
async fn nameless_cremated_and_named_years_later() {
    let house = House::new().await;
    let world = &house.world;
    let form = json!({
        "home": HOME, "found": "outside", "place": TONGSHAN, "address": "富水河大桥下",
        "found_on": "2026-05-11", "name": "无",
        "features": "男性，约六十岁，身高170厘米，蓝色上衣", "office": "通山县公安局通羊派出所",
        "officer_name": "何勇", "officer_number": id_number("19850606", 11),
        "officer_phone": "07152361110",
    });
    let case = world
        .submit(&house.first, "unclaimed-body", TONGSHAN, form)
        .await
        .unwrap();
    let file = case.number;
    let staff = &house.first;
    let collected = json!({ "station": "通羊派出所", "dna_sample": "DNA20260001", "photos": true,
                            "search": "全国失踪人员库、走访周边村组，没有查到", "fingerprint": "Z001" });
    world.act(staff, &file, "collect", collected).await.unwrap();
    let medium = json!({ "medium": "咸宁日报2026年5月12日" });
    let case = world.act(staff, &file, "announce", medium).await.unwrap();
    assert_eq!(case.state, "announced");
    // 60 days where the place has no rule of its own.
    assert_eq!(case.notices[0].last_day, "2026-07-13");

    // The home keeps the body meanwhile: its own funeral, which cannot end in the furnace yet.
    let funeral = json!({
        "home": HOME, "address": "富水河大桥下", "place": TONGSHAN, "certificate": "",
        "dead": { "name": "无", "document": "none", "sex": "male", "died_on": "2026-05-11" },
        "handler": { "name": "王建军", "id_number": id_number("19750101", 13), "relation": "home",
                     "phone": "07152360110" },
        "unclaimed": file,
    });
    let case = world
        .submit(staff, "funeral", TONGSHAN, funeral.clone())
        .await
        .unwrap();
    let number = case.number;
    let twice = world
        .submit(staff, "funeral", TONGSHAN, funeral)
        .await
        .unwrap_err();
    assert_eq!(twice.reason, "UNCLAIMED_KNOWN");
    world
        .act(staff, &number, "dispatch", json!({ "driver": "刘师傅" }))
        .await
        .unwrap();
    house.both(&number, "pick_up", picked_up()).await.unwrap();
    let tag = house.tag(&number).await;
    house
        .both(
            &number,
            "receive",
            json!({ "tag": tag, "condition": "同前" }),
        )
        .await
        .unwrap();
    house
        .both(&number, "store", json!({ "tag": tag }))
        .await
        .unwrap();

    world.go_to("2026-07-14T09:00:00").await;
    assert_eq!(world.get(&file).await.state, "unanswered");
    house.died("42122400012026001", "无", "", false).await;
    let time = json!({ "starts_at": "2026-07-15T09:00" });
    world.act(staff, &number, "set_time", time).await.unwrap();
    let papers = json!({ "tag": tag, "dead_name": "无", "dead_number": "",
                         "certificate": "42122400012026001", "handler_name": "王建军",
                         "handler_number": id_number("19750101", 13), "fits_cause": true });
    let early = world
        .act(staff, &number, "verify", papers.clone())
        .await
        .unwrap_err();
    assert_eq!(early.reason, "OPINION_MISSING");
    let opinion = |authority: &str| {
        json!({ "authority": authority, "document": "通公〔2026〕33号",
                                            "given_on": "2026-07-14" })
    };
    let wrong = world
        .act(staff, &file, "opine", opinion("health"))
        .await
        .unwrap_err();
    assert_eq!(wrong.reason, "WRONG_AUTHORITY");
    world
        .act(staff, &file, "opine", opinion("police"))
        .await
        .unwrap();
    house.both(&number, "verify", papers).await.unwrap();
    house
        .both(&number, "start_cremation", json!({ "tag": tag }))
        .await
        .unwrap();
    house
        .both(&number, "finish_cremation", json!({ "tag": tag }))
        .await
        .unwrap();
    world
        .act(staff, &number, "certify", json!({}))
        .await
        .unwrap();
    // Its waiver stands under the tag until there is a name.
    yiwang_burial::money::demo::seed(&world.db.pool)
        .await
        .unwrap();
    world
        .act(staff, &number, "settle", json!({}))
        .await
        .unwrap();
    let waived = world.text("select person_key from burial.benefit").await;
    assert_eq!(waived, format!("tag:{tag}"));
    let receipt = json!({ "tag": tag, "name": "王建军", "number": id_number("19750101", 13),
                          "receipt": "SJ0009" });
    let out = world
        .act(staff, &number, "hand_over", receipt.clone())
        .await
        .unwrap_err();
    assert_eq!(out.reason, "UNCLAIMED_ASHES");
    house.both(&number, "deposit", receipt).await.unwrap();
    world
        .act(staff, &file, "keep_ashes", json!({}))
        .await
        .unwrap();
    let place = json!({ "form": "deep", "place": "县公益性公墓", "record": "Y001" });
    let early = world.act(staff, &file, "place", place).await.unwrap_err();
    assert_eq!(early.reason, "STILL_KEPT");

    // Two years later.
    world.go_to("2028-03-01T09:00:00").await;
    let man = id_number("19640202", 15);
    let found = json!({ "name": "陈德水", "number": man, "report": "鄂公鉴〔2028〕5号",
                        "family_name": "陈小明", "family_phone": "13900001111",
                        "family_number": id_number("19900303", 17),
                        "certificate": "42122400012026001", "household": TONGSHAN });
    world.act(staff, &file, "identify", found).await.unwrap();
    let own = world
        .act(staff, &file, "countersign", json!({}))
        .await
        .unwrap_err();
    assert_eq!(own.reason, "SAME_PERSON");
    let case = world
        .act(&house.second, &file, "countersign", json!({}))
        .await
        .unwrap();
    assert_eq!(case.state, "identified");
    let key = world.key(&man);
    for sql in [
        "select person_key from burial.body",
        "select person_key from burial.cremation",
        "select person_key from burial.urn",
        "select person_key from burial.death",
        "select person_key from burial.benefit",
        "select person_key from burial.unclaimed",
        "select convert_from(substring(payload from position(person_key::bytea in payload)
                for length(person_key)), 'UTF8')
           from chassis.outbox, burial.unclaimed
          where subject = 'yiwang.burial.nameless.identified'",
    ] {
        assert_eq!(world.text(sql).await, key, "{sql}");
    }
    // The certificate that said 无 has ended; the new one says who it was.
    let certificates = "select number || ' ' || state from casework.certificate
                         where kind = 'cremation' and place = 0 order by number";
    assert_eq!(
        world.texts(certificates).await,
        [
            "HZ421224-2026-000001 replaced",
            "HZ421224-2028-000001 valid"
        ]
    );
    assert_eq!(
        world.text("select certificate from burial.cremation").await,
        "HZ421224-2028-000001"
    );
    let held = "select holder_key from casework.certificate where state = 'valid' order by place";
    assert_eq!(world.texts(held).await[0], key);
    let funeral = world.get(&number).await;
    let form: Value = serde_json::from_str(&funeral.form).unwrap();
    assert_eq!(form["dead"]["name"], "陈**");
    let told = world
        .text(
            "select encode(payload, 'escape') from chassis.outbox
              where subject = 'yiwang.burial.nameless.identified'",
        )
        .await;
    assert!(
        told.contains(&world.key(&id_number("19900303", 17))),
        "{told}"
    );
    assert!(!told.contains(&man), "{told}");
    let phone = json!({ "how": "phone", "told_on": "2028-03-01", "answer": "下周来取" });
    world.act(staff, &file, "tell_family", phone).await.unwrap();
    let back = json!({ "name": "陈小明", "number": id_number("19900303", 17),
                       "kinship": "户口簿", "receipt": "SJ0010" });
    world.act(staff, &file, "return_ashes", back).await.unwrap();
    let case = world
        .act(&house.second, &file, "countersign", json!({}))
        .await
        .unwrap();
    assert_eq!(case.state, "returned");
    assert_eq!(
        world.text("select disposition from burial.urn").await,
        "with_family"
    );
}

/// An ID card's number of the family that comes late.
fn daughter() -> String {
    id_number("19760808", 21)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_handler_a_notice_and_a_daughter_who_takes_over() {
    let house = House::new().await;
    let world = &house.world;
    let (number, family, tag) = house.stored(1).await;
    let staff = &house.first;
    let form = json!({
        "home": HOME, "found": "handler_lost", "place": TONGSHAN, "address": "通羊镇洋都大道12号",
        "found_on": "2026-05-12", "name": "张德福", "features": "男性，八十一岁",
        "office": "通山县殡仪馆", "officer_name": "何勇",
        "officer_number": id_number("19850606", 11), "officer_phone": "07152361110",
    });
    let file = world
        .submit(staff, "unclaimed-body", TONGSHAN, form)
        .await
        .unwrap()
        .number;
    let taken = json!({ "name": "张敏", "number": daughter(), "relation": "child",
                        "phone": "13700001111", "paper": "户口簿" });
    let early = world
        .act(staff, &number, "take_over", taken.clone())
        .await
        .unwrap_err();
    assert_eq!(early.reason, "NOT_UNCLAIMED");
    let unknown = json!({ "unclaimed": "WM0", "search": "三次电话无人接听" });
    let unknown = world
        .act(staff, &number, "lose_handler", unknown)
        .await
        .unwrap_err();
    assert_eq!(unknown.reason, "UNCLAIMED_UNKNOWN");
    let lost = json!({ "unclaimed": file, "search": "三次电话无人接听，村委会上门未见" });
    world
        .act(staff, &number, "lose_handler", lost)
        .await
        .unwrap();
    let medium = json!({ "medium": "咸宁日报2026年5月12日" });
    let case = world.act(staff, &file, "announce", medium).await.unwrap();
    assert_eq!(case.state, "announced", "no sample of somebody known");
    let time = json!({ "starts_at": "2026-05-13T10:00" });
    world.act(staff, &number, "set_time", time).await.unwrap();
    let papers = |name: &str, id: &str| {
        let mut papers = crate::house::papers(1, &tag);
        papers["handler_name"] = name.into();
        papers["handler_number"] = id.into();
        papers
    };
    let handler = crate::house::people(1).1;
    let alone = world
        .act(staff, &number, "verify", papers("张伟", &handler))
        .await
        .unwrap_err();
    assert_eq!(alone.reason, "OPINION_MISSING");
    let nobody = world
        .act(staff, &number, "take_over", taken.clone())
        .await
        .unwrap_err();
    assert_eq!(nobody.reason, "NOBODY_CLAIMED");

    // She reads the notice.
    let claim = json!({ "name": "张敏", "number": daughter(), "relation": "女儿",
                        "document": "通公身认〔2026〕1号" });
    let case = world.act(staff, &file, "claim", claim).await.unwrap();
    assert_eq!(case.state, "claimed");
    world.act(staff, &number, "take_over", taken).await.unwrap();
    let unsigned = world
        .act(staff, &number, "verify", papers("张敏", &daughter()))
        .await
        .unwrap_err();
    assert_eq!(unsigned.reason, "CONFIRMATION_MISSING");
    let online = json!({ "agree": true });
    let online = world
        .act(&family, &number, "sign_confirmation", online)
        .await
        .unwrap_err();
    assert_eq!(online.reason, "TAKEN_OVER");
    let signed = json!({ "name": "张敏", "number": daughter(), "signed_on": "2026-05-12" });
    world
        .act(staff, &number, "record_confirmation", signed)
        .await
        .unwrap();
    house
        .both(&number, "verify", papers("张敏", &daughter()))
        .await
        .unwrap();
    let scan = json!({ "tag": tag });
    house
        .both(&number, "start_cremation", scan.clone())
        .await
        .unwrap();
    house.both(&number, "finish_cremation", scan).await.unwrap();
    world
        .act(staff, &number, "certify", json!({}))
        .await
        .unwrap();
    let receipt = json!({ "tag": tag, "name": "张敏", "number": daughter(), "receipt": "SJ1" });
    let case = house.both(&number, "hand_over", receipt).await.unwrap();
    assert_eq!(case.state, "handed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_may_come_for_the_ashes_until_they_are_placed() {
    let house = House::new().await;
    let world = &house.world;
    let (number, _, tag) = house.stored(1).await;
    let staff = &house.first;
    let form = json!({
        "home": HOME, "found": "handler_lost", "place": TONGSHAN, "address": "通羊镇洋都大道12号",
        "found_on": "2026-05-12", "name": "张德福", "features": "男性，八十一岁",
        "office": "通山县殡仪馆", "officer_name": "何勇",
        "officer_number": id_number("19850606", 11), "officer_phone": "07152361110",
    });
    let file = world
        .submit(staff, "unclaimed-body", TONGSHAN, form)
        .await
        .unwrap()
        .number;
    let lost = json!({ "unclaimed": file, "search": "三次电话无人接听，村委会上门未见" });
    world
        .act(staff, &number, "lose_handler", lost)
        .await
        .unwrap();
    let medium = json!({ "medium": "咸宁日报2026年5月12日" });
    world.act(staff, &file, "announce", medium).await.unwrap();
    world.go_to("2026-07-14T09:00:00").await;
    let opinion = json!({ "authority": "civil", "document": "通民〔2026〕3号",
                          "given_on": "2026-07-14" });
    world.act(staff, &file, "opine", opinion).await.unwrap();
    let time = json!({ "starts_at": "2026-07-15T10:00" });
    world.act(staff, &number, "set_time", time).await.unwrap();
    let papers = crate::house::papers(1, &tag);
    house.both(&number, "verify", papers).await.unwrap();
    let scan = json!({ "tag": tag });
    house
        .both(&number, "start_cremation", scan.clone())
        .await
        .unwrap();
    house.both(&number, "finish_cremation", scan).await.unwrap();
    world
        .act(staff, &number, "certify", json!({}))
        .await
        .unwrap();
    let receipt = crate::house::receipt(1, &tag);
    let out = world
        .act(staff, &number, "hand_over", receipt.clone())
        .await
        .unwrap_err();
    assert_eq!(out.reason, "UNCLAIMED_ASHES");
    house.both(&number, "deposit", receipt).await.unwrap();
    world
        .act(staff, &file, "keep_ashes", json!({}))
        .await
        .unwrap();
    let claim = json!({ "name": "张敏", "number": daughter(), "relation": "女儿",
                        "document": "通公身认〔2026〕1号" });
    let case = world.act(staff, &file, "claim", claim).await.unwrap();
    assert_eq!(case.state, "returning");
    let back = |number: &str| {
        json!({ "name": "张敏", "number": number, "kinship": "户口簿",
                                        "receipt": "SJ2" })
    };
    let other = back(&id_number("19900303", 17));
    let other = world
        .act(staff, &file, "return_ashes", other)
        .await
        .unwrap_err();
    assert_eq!(other.reason, "CLAIMANT_DIFFERS");
    world
        .act(staff, &file, "return_ashes", back(&daughter()))
        .await
        .unwrap();
    let case = world
        .act(&house.second, &file, "countersign", json!({}))
        .await
        .unwrap();
    assert_eq!(case.state, "returned");
    assert_eq!(
        world.text("select disposition from burial.urn").await,
        "with_family"
    );
}
