//! A widow is offered 公民身后一件事 once, when an officer has seen her card.

use prost::Message as _;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    ids,
    inbox::{Handler as _, Incoming},
};
use yiwang_gateway::messages::CaseMessages;
use yiwang_proto::marriage::v1::MaritalStatusChanged;

use crate::harness::{Gateway, id_number};

fn incoming(told: &MaritalStatusChanged) -> Incoming {
    let now = SystemClock.now();
    Incoming {
        id: ids::new(now),
        event_type: "yiwang.marriage.person.changed.v1".to_owned(),
        source: "marriage".to_owned(),
        subject: "yiwang.marriage.person.changed".to_owned(),
        aggregate: "person".to_owned(),
        aggregate_id: told.person.clone(),
        version: 1,
        occurred_at: now,
        traceparent: None,
        payload: told.encode_to_vec(),
    }
}

#[tokio::test]
async fn a_widow_is_told_once_that_it_can_all_be_done_in_one_place() {
    let gateway = Gateway::start().await;
    let account = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let mut conn = gateway.db.pool.acquire().await.unwrap();
    let person: String = sqlx::query_scalar("select person_key from gateway.account where id = $1")
        .bind(account)
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    let widowed = MaritalStatusChanged {
        person,
        status: "30".to_owned(),
        cause: "widowed".to_owned(),
        effective_on: "2026-05-12".to_owned(),
        ..MaritalStatusChanged::default()
    };
    let married = MaritalStatusChanged {
        cause: "registered".to_owned(),
        ..widowed.clone()
    };
    let count = async || -> i64 {
        sqlx::query_scalar("select count(*) from gateway.message where item = 'after-death'")
            .fetch_one(&gateway.db.pool)
            .await
            .unwrap()
    };
    let tell = CaseMessages;
    tell.handle(&mut conn, &incoming(&widowed)).await.unwrap();
    assert_eq!(count().await, 0, "a typed number hears of nobody's death");
    let accounts = gateway.state.accounts();
    accounts.verify_identity(account).await.unwrap();
    // The second time the day of death was corrected.
    for event in [&married, &widowed, &widowed] {
        tell.handle(&mut conn, &incoming(event)).await.unwrap();
    }
    assert_eq!(count().await, 1);
}
