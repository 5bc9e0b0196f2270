//! A family that was found hears of it in the portal, when an officer has seen its card.

use prost::Message as _;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    ids,
    inbox::{Handler as _, Incoming},
};
use yiwang_gateway::messages::CaseMessages;
use yiwang_proto::burial::v1::NamelessIdentified;

use crate::harness::{Gateway, id_number};

const NUMBER: &str = "WM421224270404000000197";

fn incoming(told: &NamelessIdentified) -> Incoming {
    let now = SystemClock.now();
    Incoming {
        id: ids::new(now),
        event_type: "yiwang.burial.nameless.identified.v1".to_owned(),
        source: "burial".to_owned(),
        subject: "yiwang.burial.nameless.identified".to_owned(),
        aggregate: "nameless".to_owned(),
        aggregate_id: NUMBER.to_owned(),
        version: 1,
        occurred_at: now,
        traceparent: None,
        payload: told.encode_to_vec(),
    }
}

#[tokio::test]
async fn a_found_family_hears_once_its_card_was_seen() {
    let gateway = Gateway::start().await;
    let account = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    gateway.citizen("li.si", &id_number("19790512", 103)).await;
    let mut conn = gateway.db.pool.acquire().await.unwrap();
    let family: String = sqlx::query_scalar("select person_key from gateway.account where id = $1")
        .bind(account)
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    let told = NamelessIdentified {
        case_number: NUMBER.to_owned(),
        family,
        message: "有消息要当面告诉您。".to_owned(),
        ..NamelessIdentified::default()
    };
    let letter_only = NamelessIdentified {
        family: String::new(),
        ..told.clone()
    };
    let count = async || -> i64 {
        sqlx::query_scalar("select count(*) from gateway.message")
            .fetch_one(&gateway.db.pool)
            .await
            .unwrap()
    };
    for event in [&told, &letter_only] {
        CaseMessages
            .handle(&mut conn, &incoming(event))
            .await
            .unwrap();
    }
    assert_eq!(count().await, 0, "a typed number hears of nobody's death");
    let accounts = gateway.state.accounts();
    accounts.verify_identity(account).await.unwrap();
    CaseMessages
        .handle(&mut conn, &incoming(&told))
        .await
        .unwrap();
    let (to, case): (uuid::Uuid, String) =
        sqlx::query_as("select account, case_number from gateway.message")
            .fetch_one(&mut *conn)
            .await
            .unwrap();
    // The file of the body is not the family's to open.
    assert_eq!((to, case.as_str()), (account, ""));
}
