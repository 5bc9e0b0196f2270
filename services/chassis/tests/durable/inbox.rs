//! The inbox: once, in order, and what happens to events that fail.

use std::{sync::Arc, time::Duration};

use jiff::SignedDuration;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    dead_letter::{self, DeadLetter},
    inbox::{self, Consumer},
    testing::{self, TestNats},
};

use crate::support::{Recorder, Service, Tasks, Wire, eventually, impatient};

mod failures;

const NAME: &str = "test-recorder";

struct Fixture {
    _nats: TestNats,
    service: Service,
    recorder: Arc<Recorder>,
    tasks: Tasks,
}

impl Fixture {
    async fn new() -> Self {
        Self::with(Recorder::new(NAME)).await
    }

    async fn with(recorder: Arc<Recorder>) -> Self {
        let nats = testing::nats().await;
        let service = Service::new("assistance", &nats.config()).await;
        service.broker.ensure_stream().await.unwrap();
        let mut tasks = Tasks::default();
        service.start_consuming(&mut tasks, &recorder);
        Self {
            _nats: nats,
            service,
            recorder,
            tasks,
        }
    }

    async fn send(&self, event: &Wire) {
        event.send(&self.service.broker).await;
    }

    /// Sends versions of aggregate `id` in this order.
    async fn send_all(&self, id: &str, versions: impl IntoIterator<Item = i64>) {
        for version in versions {
            self.send(&Wire::new(id, version)).await;
        }
    }

    async fn dead_letter(&self) -> DeadLetter {
        eventually("a dead letter", async || {
            dead_letter::list(&self.service.db.pool, 10)
                .await
                .unwrap()
                .pop()
        })
        .await
    }

    async fn count(&self, table: &'static str) -> i64 {
        let sql = match table {
            "parked" => "select count(*) from chassis.parked_event",
            "inbox" => "select count(*) from chassis.inbox",
            _ => "select count(*) from chassis.dead_letter",
        };
        sqlx::query_scalar(sql)
            .fetch_one(&self.service.db.pool)
            .await
            .unwrap()
    }

    async fn wait_for(&self, table: &'static str, count: i64) {
        eventually(&format!("{count} in {table}"), async || {
            (self.count(table).await == count).then_some(())
        })
        .await;
    }
}

fn applied(effects: &[(String, i64, String)], id: &str) -> Vec<i64> {
    let of_id = effects.iter().filter(|(aggregate, ..)| aggregate == id);
    of_id.map(|(_, version, _)| *version).collect()
}

#[tokio::test]
async fn repeated_events_take_effect_once() {
    let it = Fixture::new().await;
    let events: Vec<_> = (1..=3).map(|version| Wire::new("a", version)).collect();
    for _ in 0..3 {
        for event in &events {
            it.send(event).await;
        }
    }
    it.send_all("last", [1]).await;
    let effects = it.service.wait_for_effects(4).await;
    assert_eq!(applied(&effects, "a"), [1, 2, 3]);
    assert_eq!(effects.len(), 4);
    assert_eq!(it.count("inbox").await, 4);
    it.tasks.stop().await;
}

#[tokio::test]
async fn events_in_any_order_take_effect_in_theirs() {
    let it = Fixture::new().await;
    it.send_all("a", [1]).await;
    it.service.wait_for_effects(1).await;
    it.send_all("a", [5, 3, 4]).await;
    it.send_all("b", [1, 2]).await;
    it.wait_for("parked", 3).await;
    assert_eq!(applied(&it.service.wait_for_effects(3).await, "a"), [1]);
    it.send_all("a", [2]).await;
    let effects = it.service.wait_for_effects(7).await;
    assert_eq!(applied(&effects, "a"), [1, 2, 3, 4, 5]);
    it.service.check_order().await;
    it.wait_for("parked", 0).await;
    it.tasks.stop().await;
}

#[tokio::test]
async fn unwanted_types_only_move_the_position() {
    let wanted = "yiwang.burial.death.revoked.v1";
    let it = Fixture::with(Recorder::only(NAME, wanted)).await;
    it.send_all("a", [1, 2]).await;
    let mut revoked = Wire::new("a", 3);
    revoked.event_type = wanted;
    it.send(&revoked).await;
    let effects = it.service.wait_for_effects(1).await;
    assert_eq!(applied(&effects, "a"), [3]);
    assert_eq!(it.count("inbox").await, 3);
    it.tasks.stop().await;
}

#[tokio::test]
async fn a_new_consumer_begins_in_the_middle_only_when_the_beginning_is_gone() {
    let it = Fixture::new().await;
    let now = SystemClock.now();
    let hours_ago = |hours| Some((now - SignedDuration::from_hours(hours)).to_string());
    // The stream of the tests keeps an hour, and healing has another one.
    let mut aged = Wire::new("aged", 7);
    aged.previous = hours_ago(3);
    let mut purged = Wire::new("purged", 9);
    purged.previous = None;
    let mut healing = Wire::new("healing", 3);
    healing.previous = hours_ago(1);
    for event in [&healing, &aged, &purged] {
        it.send(event).await;
    }
    let effects = it.service.wait_for_effects(2).await;
    assert_eq!(applied(&effects, "aged"), [7]);
    assert_eq!(applied(&effects, "purged"), [9]);
    it.wait_for("parked", 1).await;

    // What comes after the beginning was given up has no effect any more.
    it.send_all("aged", [6, 8]).await;
    it.send_all("healing", [1, 2]).await;
    let effects = it.service.wait_for_effects(6).await;
    assert_eq!(applied(&effects, "aged"), [7, 8]);
    assert_eq!(applied(&effects, "healing"), [1, 2, 3]);
    assert_eq!(effects.len(), 6);
    it.tasks.stop().await;
}

#[tokio::test]
async fn an_aggregate_starts_late_once_its_beginning_cannot_come_any_more() {
    let it = Fixture::new().await;
    let mut event = Wire::new("a", 4);
    event.previous = Some(SystemClock.now().to_string());
    it.send(&event).await;
    it.send_all("a", [5]).await;
    it.wait_for("parked", 2).await;
    // Two hours pass.
    sqlx::query(
        "update chassis.parked_event
         set starts_at = starts_at - interval '2 hours', due_at = due_at - interval '2 hours'",
    )
    .execute(&it.service.db.pool)
    .await
    .unwrap();
    let effects = it.service.wait_for_effects(2).await;
    assert_eq!(applied(&effects, "a"), [4, 5]);
    it.tasks.stop().await;
}

#[tokio::test]
async fn processes_that_share_a_consumer_keep_the_order() {
    let mut it = Fixture::new().await;
    let mut crashing = Tasks::default();
    it.service.start_consuming(&mut crashing, &it.recorder);
    it.service.start_consuming(&mut it.tasks, &it.recorder);
    let mut crashing = Some(crashing);
    for version in 1..=30 {
        for aggregate in 0..10 {
            it.send_all(&format!("a{aggregate}"), [version]).await;
        }
        if version == 15 {
            // Its unacknowledged events come to the others.
            drop(crashing.take());
        }
    }
    let effects = it.service.wait_for_effects(300).await;
    assert_eq!(effects.len(), 300);
    it.service.check_order().await;
    it.tasks.stop().await;
}

#[tokio::test]
async fn a_consumer_of_one_source_sees_no_other() {
    let nats = testing::nats().await;
    let service = Service::new("assistance", &nats.config()).await;
    let recorder = Recorder::new(NAME);
    let consumer = Consumer::new(service.pool(), service.broker.clone(), recorder)
        .of_source("burial")
        .tuned(impatient());
    let mut tasks = Tasks::default();
    tasks.spawn(consumer.run(tasks.token()));
    service.start_publishing(&mut tasks);
    service.raise("own", "own").await;
    service.wait_until_published().await;
    Wire::new("a", 1).send(&service.broker).await;
    let effects = service.wait_for_effects(1).await;
    assert_eq!(applied(&effects, "a"), [1]);
    assert_eq!(effects.len(), 1);
    tasks.stop().await;
}

#[tokio::test]
async fn settled_events_are_forgotten_and_still_refused() {
    let it = Fixture::new().await;
    let event = Wire::new("a", 1);
    it.send(&event).await;
    it.service.wait_for_effects(1).await;
    let pool = &it.service.db.pool;
    assert_eq!(inbox::purge(pool, NAME, inbox::KEEP).await.unwrap(), 0);
    assert_eq!(inbox::purge(pool, NAME, Duration::ZERO).await.unwrap(), 1);
    // The position remembers what the inbox forgot.
    it.send(&event).await;
    it.send_all("a", [2]).await;
    let effects = it.service.wait_for_effects(2).await;
    assert_eq!(applied(&effects, "a"), [1, 2]);
    it.tasks.stop().await;
}
