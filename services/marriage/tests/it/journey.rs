//! A marriage, a lost certificate, a divorce, a marriage again: three halls, one register.

use std::sync::Arc;

use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    couples::Couple,
    world::{LITONG, World, XIANAN, ZHUSHAN},
};

fn pairs(told: &[(String, String)]) -> Vec<(&str, &str)> {
    told.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect()
}

#[tokio::test]
async fn married_here_reissued_there_divorced_elsewhere_and_married_again() {
    let world = World::new().await;
    let couple = Couple(1, 2);

    // 咸安区 registers two who live in other provinces.
    let number = world.wed(XIANAN, couple).await;
    let issued = world.text("select number from marriage.record").await;
    assert_eq!(issued, "J421202-2026-000001");
    let clerk = XIANAN.registrar();
    let received = json!({ "a_received": true, "b_received": true });
    world
        .act(&clerk, &number, "deliver", received)
        .await
        .unwrap();
    let case = world.act(&clerk, &number, "archive", json!({})).await;
    assert_eq!(case.unwrap().state, "archived");
    let file = world
        .text("select class || ' ' || keep_until from marriage.archive_file")
        .await;
    assert_eq!(file, "marriage 2126-12-31");
    for id in [couple.a(), couple.b()] {
        assert_eq!(pairs(&world.told(&id).await), [("registered", "21")]);
    }

    // 利通区 gives a new certificate for the lost one.
    let form = couple.reissue(LITONG);
    let clerk = LITONG.registrar();
    let case = world
        .submit(&clerk, "certificate-reissue", LITONG, form)
        .await
        .unwrap();
    world.rest().await;
    let record = world.text("select id::text from marriage.record").await;
    let found = json!({ "found": true, "record": record, "other_name": "李四" });
    world
        .act(&clerk, &case.number, "search_archive", found)
        .await
        .unwrap();
    let case = world.act(&clerk, &case.number, "reissue", json!({})).await;
    assert_eq!(case.unwrap().state, "reissued");
    let certificates = "select number || ' ' || state from marriage.certificate order by number";
    assert_eq!(
        world.texts(certificates).await,
        ["BJ640302-2026-000001 valid", "J421202-2026-000001 replaced"]
    );

    // 竹山县 accepts the divorce: D0 05-12, L1 06-11, first day 06-12.
    let number = world.divorce_accepted(ZHUSHAN, couple).await;
    world.go_to("2026-06-11T16:00:00").await;
    let early = world.divorce(ZHUSHAN, &number).await.unwrap_err();
    assert_eq!(early.reason, "COOLING_OFF");
    world.go_to("2026-06-12T09:00:00").await;
    let case = world.divorce(ZHUSHAN, &number).await.unwrap();
    assert_eq!(case.state, "registered");
    assert_eq!(
        world.texts(certificates).await,
        [
            "BJ640302-2026-000001 ended",
            "J421202-2026-000001 replaced",
            "L420323-2026-000001 valid"
        ]
    );
    let kept = "select state || ' ' || version from marriage.record_version";
    assert_eq!(world.texts(kept).await, ["valid 1"]);

    // The two may marry again, each other even: 复婚.
    let number = world.declared(XIANAN, couple.again(XIANAN)).await.unwrap();
    world.register(XIANAN, &number).await.unwrap();
    let kinds = "select kind || ' ' || number from marriage.record order by registered_on";
    assert_eq!(
        world.texts(kinds).await,
        [
            "marriage J421202-2026-000001",
            "remarriage J421202-2026-000002"
        ]
    );
    let told = world.told(&couple.b()).await;
    assert_eq!(
        pairs(&told),
        [
            ("registered", "21"),
            ("divorced", "40"),
            ("registered", "23")
        ]
    );
}

#[tokio::test]
async fn who_is_married_is_refused_in_any_hall_and_no_number_is_lost() {
    let world = World::new().await;
    // Both are declared free at the same time, in two provinces.
    let first = world
        .declared(XIANAN, Couple(1, 2).wedding(XIANAN))
        .await
        .unwrap();
    let second = world
        .declared(ZHUSHAN, Couple(1, 4).wedding(ZHUSHAN))
        .await
        .unwrap();
    world.register(XIANAN, &first).await.unwrap();
    let refused = world.register(ZHUSHAN, &second).await.unwrap_err();
    assert_eq!(refused.reason, "ALREADY_MARRIED");
    assert!(!refused.message.contains("张三") && !refused.message.contains("李四"));
    assert_eq!(world.get(&second).await.state, "review");

    let next = world.declared(ZHUSHAN, Couple(3, 4).wedding(ZHUSHAN)).await;
    world.register(ZHUSHAN, &next.unwrap()).await.unwrap();
    let numbers = world
        .texts("select number from marriage.certificate order by number")
        .await;
    assert_eq!(numbers, ["J420323-2026-000001", "J421202-2026-000001"]);
}

#[tokio::test]
async fn a_call_that_is_sent_again_has_the_same_certificate() {
    let world = Arc::new(World::new().await);
    let number = world
        .declared(XIANAN, Couple(1, 2).wedding(XIANAN))
        .await
        .unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..16 {
        let (world, number) = (world.clone(), number.clone());
        calls.spawn(async move {
            let yes = json!({ "a_willing": true, "b_willing": true });
            let clerk = XIANAN.registrar();
            world
                .act_as("one-key", &clerk, &number, "register", yes)
                .await
        });
    }
    let answers = calls.join_all().await;
    for case in answers {
        let case = case.unwrap();
        assert_eq!(case.state, "registered");
        assert!(format!("{:?}", case.sections).contains("J421202-2026-000001"));
    }
    let numbers = world.texts("select number from marriage.certificate").await;
    assert_eq!(numbers, ["J421202-2026-000001"]);
}

#[tokio::test]
async fn whoever_booked_is_noted_as_arrived() {
    let world = World::new().await;
    sqlx::raw_sql(
        "insert into marriage.slot (hall, starts_at, capacity, booked)
         values ('421202001-01', '2026-05-12T01:00:00Z', 3, 1);
         insert into marriage.appointment
             (number, hall, starts_at, kind, account, state, body, booked_at, changed_at)
         values ('YY1', '421202001-01', '2026-05-12T01:00:00Z', 'marriage', gen_random_uuid(),
                 'booked', '', now(), now());
         insert into marriage.appointment_person values ('YY1', 'k', true)",
    )
    .execute(&world.db.pool)
    .await
    .unwrap();
    let mut form = Couple(1, 2).wedding(XIANAN);
    form["appointment"] = "YY2".into();
    let unknown = world.declared(XIANAN, form.clone()).await.unwrap_err();
    assert_eq!(unknown.reason, "APPOINTMENT_NOT_FOUND");
    form["appointment"] = "YY1".into();
    let number = world.declared(XIANAN, form).await.unwrap();
    let noted = "select state || ' ' || case_number from marriage.appointment";
    assert_eq!(world.text(noted).await, format!("arrived {number}"));
    let open = "select number from marriage.appointment_person where open";
    assert!(world.texts(open).await.is_empty());
}

#[tokio::test]
async fn nobody_registers_without_the_qualification_or_for_strangers_to_the_police() {
    let world = World::new().await;
    let form = Couple(1, 2).wedding(XIANAN);
    let trainee = XIANAN.officer(7, "新人", yiwang_chassis::identity::Role::Clerk);
    let refused = world
        .submit(&trainee, "marriage-registration", XIANAN, form.clone())
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "REGISTRAR_NOT_QUALIFIED");
    let online = world.citizen(&Couple(1, 2).a());
    let refused = world
        .submit(&online, "marriage-registration", XIANAN, form.clone())
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "IN_PERSON");
    let stranger = Couple(1, 2).b();
    world.police.book.lock().unwrap().strangers.insert(stranger);
    let number = world.declared(XIANAN, form).await.unwrap();
    let refused = world.register(XIANAN, &number).await.unwrap_err();
    assert_eq!(refused.reason, "ID_NOT_VERIFIED");
    let taken = world.texts("select number from marriage.certificate").await;
    assert!(taken.is_empty());
}
