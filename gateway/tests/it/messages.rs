//! Events become messages, each exactly once.

use std::{sync::Arc, time::Duration};

use prost::Message as _;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use yiwang_chassis::{
    broker::Broker,
    clock::{Clock as _, SystemClock},
    ids,
    inbox::Consumer,
    outbox::{self, NewEvent, Relay},
    testing::{TestNats, database, nats},
};
use yiwang_gateway::messages::CaseMessages;
use yiwang_proto::event::v1::CaseChanged;

use crate::harness::{Gateway, id_number};

const NUMBER: &str = "DB4203232605120000001X";

fn event(account: Uuid, step: &'static str, message: &str) -> NewEvent {
    let now = SystemClock.now();
    let changed = CaseChanged {
        number: NUMBER.to_owned(),
        item: "minimum_living".to_owned(),
        item_title: "最低生活保障".to_owned(),
        division: "420323100".to_owned(),
        account: account.to_string(),
        state_label: "已受理".to_owned(),
        message: message.to_owned(),
        ..CaseChanged::default()
    };
    NewEvent {
        id: ids::new(now),
        aggregate: "case",
        aggregate_id: NUMBER.to_owned(),
        event_type: format!("yiwang.assistance.case.{step}.v1"),
        subject: format!("yiwang.assistance.case.{step}"),
        occurred_at: now,
        payload: changed.encode_to_vec(),
    }
}

async fn broker(nats: &TestNats) -> Broker {
    Broker::connect(&nats.config()).await.unwrap()
}

async fn until(gateway: &Gateway, token: &str, count: usize) -> Value {
    for _ in 0..300 {
        let page = gateway.get("/api/v1/messages", token).await;
        let page: Value = page.json().await.unwrap();
        if page["messages"].as_array().unwrap().len() >= count {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the messages did not arrive");
}

#[tokio::test]
async fn each_event_of_a_case_makes_one_message_for_its_applicant() {
    let gateway = Gateway::start().await;
    let account = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (token, _) = gateway.tokens("zhang").await;
    let nats = nats().await;
    let service = database(&[yiwang_chassis::SCHEMA]).await;
    let stop = CancellationToken::new();
    let relay = Relay {
        pool: service.pool.clone(),
        broker: broker(&nats).await,
        source: "assistance",
    };
    tokio::spawn(relay.run(stop.clone()));
    // Two replicas of the gateway.
    for _ in 0..2 {
        let pool = gateway.db.pool.clone();
        let consumer = Consumer::new(pool, broker(&nats).await, Arc::new(CaseMessages));
        tokio::spawn(consumer.run(stop.clone()));
    }

    let mut conn = service.pool.acquire().await.unwrap();
    for (step, text) in [
        ("submitted", "您的申请已提交。"),
        ("checked", ""),
        ("accepted", "城关镇已受理您的申请。"),
    ] {
        outbox::enqueue(&mut conn, &event(account, step, text))
            .await
            .unwrap();
    }
    let page = until(&gateway, &token, 2).await;
    assert_eq!(page["unread"], 2);
    assert_eq!(page["messages"][0]["text"], "城关镇已受理您的申请。");
    assert_eq!(page["messages"][1]["text"], "您的申请已提交。");
    assert_eq!(page["messages"][0]["case_number"], NUMBER);

    let newest = page["messages"][0]["id"].as_str().unwrap();
    let read = format!("/api/v1/messages/{newest}/read");
    let read = gateway
        .request(reqwest::Method::POST, &read)
        .bearer_auth(&token);
    assert_eq!(read.send().await.unwrap().status(), 204);
    let page: Value = gateway
        .get("/api/v1/messages", &token)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(
        (
            page["unread"].as_i64(),
            page["messages"].as_array().unwrap().len()
        ),
        (Some(0), 2)
    );

    let older = format!("/api/v1/messages?before={newest}&limit=1");
    let older: Value = gateway.get(&older, &token).await.json().await.unwrap();
    assert_eq!(older["messages"][0]["text"], "您的申请已提交。");
    gateway.citizen("li.si", &id_number("19790512", 103)).await;
    let (other, _) = gateway.tokens("li.si").await;
    let theirs: Value = gateway
        .get("/api/v1/messages", &other)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(theirs["messages"].as_array().unwrap().len(), 0);
    stop.cancel();
}
