//! What is given back, and deaths recorded elsewhere.

use jiff::Timestamp;
use prost::Message as _;
use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_chassis::inbox::{Handler as _, Incoming};
use yiwang_proto::burial::v1::DeathRecorded;
use yiwang_rescue::stays::reactions::Deaths;

use super::stories::own_word;
use crate::{
    stay_desk::{Desk, MEN},
    world::id_number,
};

#[tokio::test(flavor = "multi_thread")]
async fn value_is_given_back_by_two() {
    let desk = Desk::new().await;
    let number = desk.admitted("male", 40, MEN).await;
    let money = json!({ "belongings": [{ "what": "现金", "quantity": "328元", "valued": true }] });
    desk.act(&number, "take_belongings", money).await.unwrap();
    let early = desk
        .act(&number, "leave_own_word", own_word())
        .await
        .unwrap_err();
    assert_eq!(early.reason, "VALUE_KEPT");
    let back = json!({ "lines": [2], "to": "returned", "receiver": "本人", "signed": true });
    let case = desk.act(&number, "give_back", back.clone()).await.unwrap();
    assert_eq!(case.state, "admitted");
    let kept = "select count(*)::text from rescue.belonging where state = 'kept'";
    assert_eq!(
        desk.world.text(kept).await,
        "2",
        "one signature does not give it back"
    );
    desk.world
        .act(&desk.second, &number, "countersign", Value::Null)
        .await
        .unwrap();
    assert_eq!(desk.world.text(kept).await, "1");
    let twice = desk.act(&number, "give_back", back).await.unwrap_err();
    assert_eq!(twice.reason, "LINE_UNKNOWN");
    let case = desk
        .act(&number, "leave_own_word", own_word())
        .await
        .unwrap();
    assert_eq!(case.state, "left");
}

async fn died(desk: &Desk, id: &str) {
    let payload = DeathRecorded {
        person: desk.world.key(id),
        died_on: "2026-05-11".to_owned(),
        certificate: "BZ1".to_owned(),
    };
    let event = Incoming {
        id: Uuid::now_v7(),
        event_type: "yiwang.burial.death.recorded.v1".into(),
        source: "burial".into(),
        subject: "yiwang.burial.death.recorded".into(),
        aggregate: "death".into(),
        aggregate_id: "1".into(),
        version: 1,
        occurred_at: Timestamp::UNIX_EPOCH,
        traceparent: None,
        payload: payload.encode_to_vec(),
    };
    let handler = Deaths {
        runtime: desk.world.rt.clone(),
    };
    assert!(handler.wants(&event.event_type));
    let mut tx = desk.world.db.pool.begin().await.unwrap();
    handler.handle(&mut tx, &event).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_death_recorded_elsewhere_is_looked_at() {
    let desk = Desk::new().await;
    let number = desk.admitted("male", 70, MEN).await;
    let id = id_number(41);
    desk.identified(&number, "李大山", &id).await;
    // One person is in one station.
    let other = desk.admitted("male", 70, MEN).await;
    let twice = json!({ "basis": "police", "paper": "温公函〔2026〕8号", "name": "李大山",
                        "number": id });
    let elsewhere = desk.act(&other, "identify", twice).await.unwrap_err();
    assert_eq!(elsewhere.reason, "PERSON_ELSEWHERE");
    died(&desk, &id).await;
    died(&desk, &id_number(99)).await;
    let case = desk.world.get(&number).await;
    assert_eq!(case.state, "admitted", "no message makes anybody dead");
    assert!(
        case.clocks.iter().any(|clock| clock.name == "death"),
        "{:?}",
        case.clocks
    );
    let here = json!({ "reasons": "本人在站，已当面核对身份证" });
    desk.act(&number, "alive_here", here).await.unwrap();
    let dead = json!({ "died_on": "2026-05-12", "place": "咸宁市中心医院",
                       "certificate": "42120200012026001", "told": "已电话告知其女儿" });
    let case = desk.act(&number, "died", dead.clone()).await.unwrap();
    assert_eq!(case.state, "left");
    assert_eq!(desk.told("yiwang.rescue.stay.died").await, 1);
    // The family comes for what is still kept.
    let bag = json!({ "lines": [1], "to": "family", "receiver": "李小梅", "signed": true });
    let case = desk.act(&number, "give_back", bag).await.unwrap();
    assert_eq!(case.state, "left");
    assert!(
        desk.world
            .texts("select state from rescue.belonging")
            .await
            .contains(&"family".into())
    );
    let unknown = desk.act(&other, "died", dead).await.unwrap_err();
    assert_eq!(unknown.reason, "DNA_REQUIRED");
}
