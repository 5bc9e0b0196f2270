//! Events of other services: each takes effect once, whatever the order.

mod deaths;
mod minors;
mod replay;
mod ripples;

use jiff::Timestamp;
use prost::Message;
use uuid::Uuid;
use yiwang_chassis::inbox::{Handler, Incoming};

use crate::world::World;

/// Hands `event` of `name` (`burial.death.recorded`) to a handler.
pub(crate) async fn told(
    world: &World,
    handler: &dyn Handler,
    name: &str,
    aggregate_id: &str,
    event: &impl Message,
) {
    hand(world, handler, name, aggregate_id, event.encode_to_vec()).await;
}

/// The same of an event that is encoded already.
async fn hand(
    world: &World,
    handler: &dyn Handler,
    name: &str,
    aggregate_id: &str,
    payload: Vec<u8>,
) {
    let subject = format!("yiwang.{name}");
    let (source, aggregate) = name.split_once('.').unwrap();
    let incoming = Incoming {
        id: Uuid::now_v7(),
        event_type: format!("{subject}.v1"),
        source: source.to_owned(),
        aggregate: aggregate.split('.').next().unwrap().to_owned(),
        aggregate_id: aggregate_id.to_owned(),
        subject,
        version: 1,
        occurred_at: "2026-05-12T01:00:00Z".parse::<Timestamp>().unwrap(),
        traceparent: None,
        payload,
    };
    assert!(handler.wants(&incoming.event_type), "{name}");
    let mut tx = world.db.pool.begin().await.unwrap();
    handler.handle(&mut tx, &incoming).await.unwrap();
    tx.commit().await.unwrap();
}
