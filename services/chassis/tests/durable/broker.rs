//! The handshake with a real server.

use std::time::Duration;

use async_nats::jetstream::stream::{Config, StorageType};
use yiwang_chassis::{
    broker::{ALL_EVENTS, Broker, BrokerError, STREAM},
    testing,
};

#[tokio::test]
async fn the_stream_is_made_as_asked_and_follows_its_configuration() {
    let nats = testing::nats().await;
    let mut config = nats.config();
    let broker = Broker::connect(&config).await.unwrap();
    let made = broker.ensure_stream().await.unwrap();
    assert!(made.config.deny_delete && made.config.deny_purge);
    assert_eq!(made.config.subjects, [ALL_EVENTS]);
    assert_eq!(made.config.max_age, config.max_age);
    assert_eq!(broker.ensure_stream().await.unwrap().created, made.created);

    config.max_age = Duration::from_secs(7200);
    let later = Broker::connect(&config).await.unwrap();
    let changed = later.ensure_stream().await.unwrap();
    assert_eq!(changed.created, made.created);
    assert_eq!(changed.config.max_age, config.max_age);
}

#[tokio::test]
async fn a_consumer_is_made_as_asked_and_follows_its_configuration() {
    let nats = testing::nats().await;
    let broker = Broker::connect(&nats.config()).await.unwrap();
    broker.ensure_stream().await.unwrap();
    for seconds in [5, 5, 9] {
        let wait = Duration::from_secs(seconds);
        let made = broker.ensure_consumer("c", "yiwang.burial.>", wait).await;
        let made = made.unwrap().cached_info().config.clone();
        assert_eq!((made.ack_wait, made.max_deliver), (wait, -1));
    }
}

#[tokio::test]
async fn a_stream_that_cannot_become_ours_is_refused() {
    let nats = testing::nats().await;
    let broker = Broker::connect(&nats.config()).await.unwrap();
    let foreign = Config {
        name: STREAM.to_owned(),
        subjects: vec![ALL_EVENTS.to_owned()],
        storage: StorageType::Memory,
        ..Config::default()
    };
    broker.context().create_stream(foreign).await.unwrap();
    let refused = broker.ensure_stream().await.unwrap_err();
    assert!(matches!(refused, BrokerError::Unavailable(_)), "{refused}");
    assert!(!refused.is_fatal());
}
