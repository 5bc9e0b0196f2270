//! The outbox and its relay.

use std::{collections::HashMap, time::Duration};

use yiwang_chassis::{
    broker::Durability,
    outbox::{self, Relay},
    testing,
};

use crate::support::{Service, Tasks, eventually, service_database, stream_contents};

#[tokio::test]
async fn events_of_an_aggregate_are_numbered_without_gaps() {
    let nats = testing::nats().await;
    let service = Service::new("assistance", &nats.config()).await;
    let pool = service.pool();

    let mut rolled_back = pool.begin().await.unwrap();
    let lost = service.event("a", "lost");
    assert_eq!(outbox::enqueue(&mut rolled_back, &lost).await.unwrap(), 1);
    rolled_back.rollback().await.unwrap();

    let mut tx = pool.begin().await.unwrap();
    for expected in 1..=3 {
        let event = service.event("a", "kept");
        assert_eq!(outbox::enqueue(&mut tx, &event).await.unwrap(), expected);
    }
    let other = service.event("b", "other");
    assert_eq!(outbox::enqueue(&mut tx, &other).await.unwrap(), 1);
    tx.commit().await.unwrap();

    let mut tx = pool.begin().await.unwrap();
    assert!(
        outbox::enqueue(&mut tx, &other).await.is_err(),
        "an id twice"
    );
    let mut tx = pool.begin().await.unwrap();
    let mut spaced = service.event("a", "");
    spaced.subject = "yiwang.assistance.case.changed now".into();
    assert!(outbox::enqueue(&mut tx, &spaced).await.is_err());
}

#[tokio::test]
async fn many_events_are_numbered_in_the_order_given() {
    let nats = testing::nats().await;
    let service = Service::new("assistance", &nats.config()).await;
    service.raise("a", "a1").await;
    let events: Vec<_> = ["b", "a", "b", "c", "a"]
        .iter()
        .enumerate()
        .map(|(place, id)| service.event(id, &place.to_string()))
        .collect();
    let mut tx = service.db.pool.begin().await.unwrap();
    outbox::enqueue_all(&mut tx, &events).await.unwrap();
    outbox::enqueue_all(&mut tx, &[]).await.unwrap();
    tx.commit().await.unwrap();
    service.raise("a", "a4").await;

    let rows: Vec<(String, i64, Vec<u8>)> =
        sqlx::query_as("select aggregate_id, version, payload from chassis.outbox order by seq")
            .fetch_all(&service.db.pool)
            .await
            .unwrap();
    let rows: Vec<_> = rows
        .iter()
        .map(|(id, version, payload)| (id.as_str(), *version, str::from_utf8(payload).unwrap()))
        .collect();
    assert_eq!(
        rows,
        [
            ("a", 1, "a1"),
            ("b", 1, "0"),
            ("a", 2, "1"),
            ("b", 2, "2"),
            ("c", 1, "3"),
            ("a", 3, "4"),
            ("a", 4, "a4"),
        ]
    );
}

#[tokio::test]
async fn the_wire_carries_cloud_events() {
    let nats = testing::nats().await;
    let service = Service::new("assistance", &nats.config()).await;
    let first = service.raise("420323", "one").await;
    service.raise("420323", "two").await;
    let mut tasks = Tasks::default();
    service.start_publishing(&mut tasks);
    service.wait_until_published().await;
    tasks.stop().await;

    let messages = stream_contents(&service.broker).await;
    assert_eq!(messages.len(), 2);
    let header = |index: usize, name: &str| {
        let found = messages[index].headers.get(name);
        found.map(|value| value.as_str().to_owned())
    };
    let id = first.id.to_string();
    for (name, value) in [
        ("ce-specversion", "1.0"),
        ("ce-id", id.as_str()),
        ("Nats-Msg-Id", id.as_str()),
        ("Nats-Expected-Stream", "YIWANG"),
        ("ce-source", "assistance"),
        ("ce-type", "yiwang.assistance.case.changed.v1"),
        ("ce-time", &first.occurred_at.to_string()),
        ("ce-subject", "case/420323"),
        ("aggregate-version", "1"),
        ("content-type", "application/protobuf"),
    ] {
        assert_eq!(header(0, name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(header(0, "aggregate-previous-time"), None);
    assert!(header(1, "aggregate-previous-time").is_some());
    assert_eq!(
        messages[0].subject.as_str(),
        "yiwang.assistance.case.changed"
    );
    assert_eq!(messages[0].payload.as_ref(), b"one");

    let places: Vec<(String, i64)> = sqlx::query_as(
        "select published_stream, published_seq from chassis.outbox order by published_seq",
    )
    .fetch_all(&service.db.pool)
    .await
    .unwrap();
    assert_eq!(places, [("YIWANG".into(), 1), ("YIWANG".into(), 2)]);
}

#[tokio::test]
async fn a_row_that_commits_late_is_not_skipped() {
    let nats = testing::nats().await;
    let service = Service::new("assistance", &nats.config()).await;
    let mut tasks = Tasks::default();
    service.start_publishing(&mut tasks);

    let pool = service.pool();
    let mut slow = pool.begin().await.unwrap();
    let late = service.event("slow", "late");
    outbox::enqueue(&mut slow, &late).await.unwrap();
    // Has the higher number and is visible first.
    service.raise("quick", "early").await;
    service.wait_until_published().await;
    slow.commit().await.unwrap();
    service.wait_until_published().await;

    let ids: Vec<_> = stream_contents(&service.broker)
        .await
        .into_iter()
        .map(|message| message.payload)
        .collect();
    assert_eq!(ids, [b"early".as_slice(), b"late".as_slice()]);
    tasks.stop().await;
}

#[tokio::test]
async fn relays_that_crash_keep_the_order_of_each_aggregate() {
    let nats = testing::nats().await;
    let service = Service::new("assistance", &nats.config()).await;
    service.broker.ensure_stream().await.unwrap();
    let mut crashing = Tasks::default();
    crashing.spawn(service.relay().run(crashing.token()));
    let mut standing_by = Tasks::default();
    standing_by.spawn(service.relay().run(standing_by.token()));

    const AGGREGATES: usize = 12;
    const EVENTS: usize = 40;
    let mut crashing = Some(crashing);
    for round in 0..EVENTS {
        for aggregate in 0..AGGREGATES {
            service.raise(&format!("a{aggregate}"), "x").await;
        }
        if round == EVENTS / 2 {
            drop(crashing.take());
        }
    }
    service.wait_until_published().await;
    standing_by.stop().await;

    let mut last: HashMap<String, i64> = HashMap::new();
    for message in stream_contents(&service.broker).await {
        let text = |name| message.headers.get(name).unwrap().as_str().to_owned();
        let version: i64 = text("aggregate-version").parse().unwrap();
        let seen = last.entry(text("ce-subject")).or_insert(0);
        // A repeat is fine, a leap or a step back to an unseen one is not.
        assert!(version <= *seen + 1, "{version} after {seen}");
        *seen = version.max(*seen);
    }
    assert_eq!(last.len(), AGGREGATES);
    assert!(last.values().all(|&version| version == EVENTS as i64));
}

#[tokio::test]
async fn an_event_that_cannot_be_published_holds_up_its_aggregate_only() {
    let nats = testing::nats().await;
    let service = Service::new("assistance", &nats.config()).await;
    let too_large = "x".repeat(2 << 20);
    service.raise("stuck", &too_large).await;
    service.raise("stuck", "behind").await;
    service.raise("free", "one").await;
    let mut tasks = Tasks::default();
    service.start_publishing(&mut tasks);
    eventually("the free aggregate", async || {
        (service.unpublished().await == 2).then_some(())
    })
    .await;
    service.raise("free", "two").await;
    eventually("the free aggregate again", async || {
        (service.unpublished().await == 2).then_some(())
    })
    .await;

    // An operator repairs the row.
    sqlx::query("update chassis.outbox set payload = 'small' where length(payload) > 1000000")
        .execute(&service.db.pool)
        .await
        .unwrap();
    service.wait_until_published().await;
    tasks.stop().await;
    let payloads: Vec<_> = stream_contents(&service.broker)
        .await
        .into_iter()
        .map(|message| String::from_utf8(message.payload.to_vec()).unwrap())
        .collect();
    assert_eq!(payloads, ["one", "two", "small", "behind"]);
}

#[tokio::test]
async fn purging_keeps_what_is_young_or_unpublished() {
    let db = service_database().await;
    sqlx::query(
        "insert into chassis.outbox (id, aggregate, aggregate_id, version, event_type, subject,
                                     occurred_at, payload, published_at)
         select gen_random_uuid(), 'case', 'a', n, 'yiwang.x.v1', 'yiwang.a.b.c', now(), '',
                case n when 1 then now() - interval '50 days'
                       when 2 then now() - interval '40 days' end
         from generate_series(1, 3) n",
    )
    .execute(&db.pool)
    .await
    .unwrap();
    // Less than 30 days is not obeyed.
    let deleted = outbox::purge(&db.pool, Duration::ZERO).await.unwrap();
    assert_eq!(deleted, 2);
    let left: i64 = sqlx::query_scalar("select version from chassis.outbox")
        .fetch_one(&db.pool)
        .await
        .unwrap();
    assert_eq!(left, 3);
}

#[tokio::test]
async fn a_relay_waits_for_a_broker_that_is_away() {
    let mut nats = testing::nats().await;
    let config = nats.config();
    nats.kill().await;
    let service = Service::new("assistance", &config).await;
    service.raise("a", "waiting").await;
    let mut tasks = Tasks::default();
    service.start_publishing(&mut tasks);
    nats.restart().await;
    service.wait_until_published().await;
    let version = service.broker.client().server_info().version;
    assert_eq!(service.broker.durability(), Durability::of(&version));
    tasks.stop().await;
}

#[tokio::test]
async fn republishing_repeats_events_from_an_instant_on() {
    let nats = testing::nats().await;
    let service = Service::new("assistance", &nats.config()).await;
    let event = service.raise("a", "one").await;
    let mut tasks = Tasks::default();
    service.start_publishing(&mut tasks);
    service.wait_until_published().await;
    let repeated = outbox::republish(&service.pool(), event.occurred_at, event.occurred_at).await;
    assert_eq!(repeated.unwrap(), 1);
    service.wait_until_published().await;
    tasks.stop().await;
    let Relay { source, .. } = service.relay();
    assert_eq!(source, "assistance");
}
