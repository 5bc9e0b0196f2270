//! A gateway that knows nothing, beside services that have run for long.

use jiff::SignedDuration;
use prost::Message as _;
use serde_json::{Value, json};
use sqlx::PgPool;
use yiwang_chassis::{
    clock::Clock as _,
    ids,
    outbox::{self, NewEvent},
    testing::database,
};
use yiwang_proto::{assistance::v1::StatusChanged, burial::v1::DeathRecorded};

use crate::harness::{Gateway, id_number};

/// An event that the stream let go of long ago.
async fn told(gateway: &Gateway, source: &PgPool, days_ago: i64, event: &str, payload: Vec<u8>) {
    let mut parts = event.split('.');
    let (service, aggregate) = (parts.next().unwrap(), parts.next().unwrap());
    let aggregate = ["death", "status"]
        .into_iter()
        .find(|known| *known == aggregate)
        .unwrap();
    let at = gateway.clock.now() - SignedDuration::from_hours(24 * days_ago);
    let event = NewEvent {
        id: ids::new(at),
        aggregate,
        aggregate_id: format!("{service}-1"),
        event_type: format!("yiwang.{event}.v1"),
        subject: format!("yiwang.{event}"),
        occurred_at: at,
        payload,
    };
    let mut conn = source.acquire().await.unwrap();
    outbox::enqueue(&mut conn, &event).await.unwrap();
}

async fn facts(gateway: &Gateway) -> Vec<String> {
    sqlx::query_scalar("select kind from gateway.one_thing_fact order by at, serial")
        .fetch_all(&gateway.db.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_the_stream_has_let_go_of_is_taken_from_the_outboxes_once() {
    let gateway = Gateway::start().await;
    gateway
        .citizen("daughter", &id_number("19780512", 102))
        .await;
    let (daughter, _) = gateway.tokens("daughter").await;
    let body = json!({"code": "after-death", "form": {
        "name": "张德福", "id_number": id_number("19500512", 101), "died_on": "2026-05-11",
        "household": "420323100", "relation": "child", "phone": "13800001234",
        "funeral": "arranged", "licence": true, "medical": false, "pension": false,
        "housing_fund": false, "consent": true,
    }});
    let answer = gateway
        .say(&daughter, "/api/v1/one-things", "k", &body)
        .await;
    assert_eq!(answer.status(), 201);
    let started: Value = answer.json().await.unwrap();
    let number = started["number"].as_str().unwrap();
    let (person, nudges): (String, i64) =
        sqlx::query_as("select subject, nudges from gateway.one_thing where number = $1")
            .bind(number)
            .fetch_one(&gateway.db.pool)
            .await
            .unwrap();

    let source = database(&[yiwang_chassis::SCHEMA]).await;
    let death = DeathRecorded {
        person: person.clone(),
        ..Default::default()
    };
    let status = StatusChanged {
        person: person.clone(),
        benefit: "DB".into(),
        ..Default::default()
    };
    let rows = [
        (40, "burial.death.recorded", death.encode_to_vec()),
        // Written later, true earlier.
        (44, "assistance.status.started", status.encode_to_vec()),
        (39, "assistance.status.changed", status.encode_to_vec()),
        (38, "assistance.status.ended", status.encode_to_vec()),
    ];
    for (days_ago, event, payload) in rows {
        told(&gateway, &source.pool, days_ago, event, payload).await;
    }
    let pool = &gateway.db.pool;
    let counted = yiwang_gateway::facts_from(pool, &source.pool, true).await;
    assert_eq!(counted.unwrap(), 3);
    assert_eq!(facts(&gateway).await, [""; 0]);
    for _ in 0..2 {
        let taken = yiwang_gateway::facts_from(pool, &source.pool, false).await;
        assert_eq!(taken.unwrap(), 3);
        let expected = ["benefit.started", "death.recorded", "benefit.ended"];
        assert_eq!(facts(&gateway).await, expected);
    }
    let woken: i64 = sqlx::query_scalar("select nudges from gateway.one_thing where number = $1")
        .bind(number)
        .fetch_one(pool)
        .await
        .unwrap();
    assert!(woken > nudges, "the one-thing about the person goes on");
}
