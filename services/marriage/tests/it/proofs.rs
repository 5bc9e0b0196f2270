//! Proof of what the register holds, online and at a counter (rules A5.9).

use serde_json::{Value, json};
use yiwang_chassis::{
    fault::Code,
    identity::{Caller, Grant, Role},
};

use crate::{
    couples::Couple,
    stage::id_number,
    world::{World, XIANAN, ZHUSHAN},
};

fn own(serial: u32) -> Value {
    json!({ "a": { "name": "张三", "id_number": id_number(serial) }, "purpose": "办理购房贷款" })
}

#[tokio::test]
async fn ones_own_records_are_proven_at_once_and_logged() {
    let world = World::new().await;
    world.wed(XIANAN, Couple(1, 2)).await;
    let citizen = world.citizen(&id_number(1));
    let case = world
        .submit(&citizen, "record-proof", ZHUSHAN, own(1))
        .await
        .unwrap();
    assert_eq!((case.state.as_str(), case.documents.len()), ("issued", 1));
    assert_eq!(case.documents[0].title, "婚姻登记记录证明");
    let certificates = world.get(&case.number).await.certificates;
    assert_eq!(certificates[0].title, "婚姻登记记录证明");
    assert_eq!(world.verdict(&certificates[0].number).await, "valid");
    let single = world.citizen(&id_number(3));
    let case = world
        .submit(&single, "record-proof", ZHUSHAN, own(3))
        .await
        .unwrap();
    assert_eq!(case.documents[0].title, "无婚姻登记记录证明");
    let logged = "select asked_by || ' ' || answer || ' ' || purpose from marriage.inquiry
                   order by asked_at";
    assert_eq!(
        world.texts(logged).await,
        ["本人 record 办理购房贷款", "本人 no_record 办理购房贷款"]
    );

    // A number that was only typed proves nothing.
    let typed = Caller {
        grants: vec![],
        ..world.citizen(&id_number(1))
    };
    let refused = world.submit(&typed, "record-proof", ZHUSHAN, own(1)).await;
    let refused = refused.unwrap_err();
    assert_eq!(
        (refused.code, &*refused.reason),
        (Code::Forbidden, "NOT_VERIFIED")
    );
    let agent = Caller {
        grants: vec![Grant::new(Role::Agent, ZHUSHAN.division())],
        ..world.citizen(&id_number(5))
    };
    let refused = world.submit(&agent, "record-proof", ZHUSHAN, own(1)).await;
    assert_eq!(refused.unwrap_err().reason, "NOT_OWN");
    sqlx::query("update marriage.person set frozen = 'two_valid'")
        .execute(&world.db.pool)
        .await
        .unwrap();
    let refused = world
        .submit(&citizen, "record-proof", ZHUSHAN, own(1))
        .await;
    assert_eq!(refused.unwrap_err().reason, "FROZEN");
}

#[tokio::test]
async fn an_organ_asks_by_letter_at_a_counter_and_the_person_does_not_see_it() {
    let world = World::new().await;
    world.wed(XIANAN, Couple(1, 2)).await;
    let mut form = own(7);
    form["hall"] = ZHUSHAN.hall.into();
    form["a"]["name"] = "王法官".into();
    form["letter"] = json!({
        "organ": "court", "issuer": "竹山县人民法院", "number": "（2026）鄂0323函1号",
        "date": "2026-05-11", "legal_basis": "《民事诉讼法》第七十条",
        "name": "张三", "id_number": id_number(1),
    });
    let clerk = ZHUSHAN.registrar();
    let case = world
        .submit(&clerk, "record-proof", ZHUSHAN, form)
        .await
        .unwrap();
    assert_eq!(case.state, "ready");
    assert!(case.certificates.is_empty());
    let received = json!({ "received": true });
    let done = world.act(&clerk, &case.number, "deliver", received).await;
    assert_eq!(done.unwrap().state, "issued");
    let logged = "select asked_by || ' ' || legal_basis from marriage.inquiry";
    assert_eq!(
        world.text(logged).await,
        "竹山县人民法院（孙丽经办） 《民事诉讼法》第七十条（（2026）鄂0323函1号）"
    );
    let subject = world.citizen(&id_number(1));
    let seen = world
        .act(&subject, &case.number, "deliver", json!({}))
        .await;
    assert_eq!(seen.unwrap_err().reason, "CASE_NOT_FOUND");
}
