//! Lost, cut and deleted broker stores are healed from the outbox.

use std::sync::Arc;

use yiwang_chassis::{config, testing};

use crate::support::{Recorder, Restorable, Service, Tasks, Wire, eventually, stream_contents};

/// A service that publishes and one that consumes, as two processes would.
struct World {
    publisher: Service,
    consumer: Service,
    recorder: Arc<Recorder>,
    publishing: Tasks,
    consuming: Tasks,
}

impl World {
    async fn new(nats: &config::Nats) -> Self {
        let mut world = Self {
            publisher: Service::new("assistance", nats).await,
            consumer: Service::new("burial", nats).await,
            recorder: Recorder::new("test-recorder"),
            publishing: Tasks::default(),
            consuming: Tasks::default(),
        };
        world.publisher.start_publishing(&mut world.publishing);
        world
            .consumer
            .start_consuming(&mut world.consuming, &world.recorder);
        world
    }

    /// Raises one more event for each of ten cases.
    async fn raise_round(&self) {
        for case in 0..10 {
            self.publisher.raise(&format!("case-{case}"), "x").await;
        }
    }

    /// Everything raised has taken effect once and in order.
    async fn settle(&self, events: usize) {
        self.publisher.wait_until_published().await;
        let effects = self.consumer.wait_for_effects(events).await;
        assert_eq!(effects.len(), events);
        self.consumer.check_order().await;
    }

    /// The stream holds every event of the outbox where the outbox says.
    async fn wait_until_whole(&self, events: i64) {
        eventually("a healed stream", async || {
            let found = self.publisher.reconciler().look().await.ok()?;
            let published: i64 = sqlx::query_scalar(
                "select count(*) from chassis.outbox where published_at is not null",
            )
            .fetch_one(&self.publisher.db.pool)
            .await
            .unwrap();
            (found.lost == 0 && published == events).then_some(())
        })
        .await;
    }

    async fn stop(self) {
        self.publishing.stop().await;
        self.consuming.stop().await;
    }
}

#[tokio::test]
async fn a_killed_broker_loses_nothing() {
    let mut nats = testing::nats().await;
    let world = World::new(&nats.config()).await;
    world.raise_round().await;
    world.settle(10).await;
    nats.kill().await;
    world.raise_round().await;
    nats.restart().await;
    world.raise_round().await;
    world.settle(30).await;
    world.stop().await;
}

#[tokio::test]
async fn a_lost_store_is_filled_again_from_the_outbox() {
    let mut nats = testing::nats().await;
    let mut world = World::new(&nats.config()).await;
    for _ in 0..3 {
        world.raise_round().await;
    }
    world.settle(30).await;

    nats.wipe().await;
    world.raise_round().await;
    world.settle(40).await;
    world.wait_until_whole(40).await;

    // Somebody who was not there before can still learn everything.
    let newcomer = Service::new("child", &nats.config()).await;
    let recorder = Recorder::new("test-newcomer");
    newcomer.start_consuming(&mut world.consuming, &recorder);
    assert_eq!(newcomer.wait_for_effects(40).await.len(), 40);
    newcomer.check_order().await;
    assert_eq!(world.consumer.effects().await.len(), 40);
    world.stop().await;
}

#[tokio::test]
async fn a_store_lost_before_its_events_were_read_loses_none() {
    let mut nats = testing::nats().await;
    let publisher = Service::new("assistance", &nats.config()).await;
    let mut publishing = Tasks::default();
    publisher.start_publishing(&mut publishing);
    for version in 0..20 {
        publisher.raise(&format!("case-{}", version % 3), "x").await;
    }
    publisher.wait_until_published().await;
    // Nobody has read anything, nobody publishes anything: only a look can tell.
    nats.wipe().await;
    let consumer = Service::new("burial", &nats.config()).await;
    let mut consuming = Tasks::default();
    consumer.start_consuming(&mut consuming, &Recorder::new("test-recorder"));
    assert_eq!(consumer.wait_for_effects(20).await.len(), 20);
    consumer.check_order().await;
    publishing.stop().await;
    consuming.stop().await;
}

#[tokio::test]
async fn a_deleted_stream_comes_back_with_its_events() {
    let nats = testing::nats().await;
    let world = World::new(&nats.config()).await;
    world.raise_round().await;
    world.settle(10).await;
    let context = world.publisher.broker.context();
    context.delete_stream("YIWANG").await.unwrap();
    world.raise_round().await;
    world.settle(20).await;
    world.wait_until_whole(20).await;
    assert!(stream_contents(&world.publisher.broker).await.len() >= 20);
    world.stop().await;
}

#[tokio::test]
async fn a_stream_that_went_back_is_healed_for_everybody() {
    let mut nats = Restorable::start().await;
    let world = World::new(&nats.config()).await;
    world.raise_round().await;
    world.settle(10).await;
    nats.back_up().await;
    world.raise_round().await;
    world.raise_round().await;
    world.settle(30).await;

    // Twenty events are gone, and the consumer has read past them.
    nats.restore().await;
    world.raise_round().await;
    world.settle(40).await;
    world.wait_until_whole(40).await;
    world.stop().await;
}

#[tokio::test]
async fn a_stream_that_went_back_and_grew_again_hides_nothing_from_a_consumer() {
    let mut nats = Restorable::start().await;
    let service = Service::new("assistance", &nats.config()).await;
    service.broker.ensure_stream().await.unwrap();
    let recorder = Recorder::new("test-recorder");
    let mut consuming = Tasks::default();
    service.start_consuming(&mut consuming, &recorder);
    for version in 1..=10 {
        Wire::new("a", version).send(&service.broker).await;
    }
    service.wait_for_effects(10).await;
    nats.back_up().await;
    for version in 11..=15 {
        Wire::new("a", version).send(&service.broker).await;
    }
    service.wait_for_effects(15).await;

    // No reconciler runs: others fill the lost places before anybody looks.
    nats.restore_filled(&service, async |broker| {
        for version in 1..=20 {
            Wire::new("b", version).send(broker).await;
        }
    })
    .await;
    let effects = service.wait_for_effects(35).await;
    assert_eq!(effects.len(), 35);
    service.check_order().await;
    consuming.stop().await;
}

#[tokio::test]
async fn a_quiet_look_compares_the_latest_rows_only() {
    let nats = testing::nats().await;
    let service = Service::new("assistance", &nats.config()).await;
    let mut tasks = Tasks::default();
    tasks.spawn(service.relay().run(tasks.token()));
    service.broker.ensure_stream().await.unwrap();
    for _ in 0..300 {
        service.raise("a", "x").await;
    }
    service.wait_until_published().await;
    let first = service.reconciler().look().await.unwrap();
    assert_eq!((first.compared, first.lost), (300, 0));
    let second = service.reconciler().look().await.unwrap();
    assert_eq!((second.compared, second.lost), (256, 0));

    // A row that claims a place the stream does not have for it.
    sqlx::query("update chassis.outbox set published_seq = 299 where version = 300")
        .execute(&service.db.pool)
        .await
        .unwrap();
    let third = service.reconciler().look().await.unwrap();
    assert_eq!(third.lost, 1);
    tasks.stop().await;
}
