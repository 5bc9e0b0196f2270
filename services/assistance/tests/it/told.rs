//! Events of other services, as they arrive.

use jiff::Timestamp;
use uuid::Uuid;
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};

use crate::world::World;

/// An event of another service, handled in its own transaction.
pub(crate) async fn tell(
    world: &World,
    handler: &dyn Handler,
    event_type: &str,
    payload: Vec<u8>,
) -> Result<(), HandlerError> {
    assert!(handler.wants(event_type), "{event_type}");
    let subject = event_type.trim_end_matches(".v1");
    let parts: Vec<&str> = subject.split('.').collect();
    let event = Incoming {
        id: Uuid::now_v7(),
        event_type: event_type.to_owned(),
        source: parts[1].to_owned(),
        subject: subject.to_owned(),
        aggregate: parts[2].to_owned(),
        aggregate_id: "1".to_owned(),
        version: 1,
        occurred_at: Timestamp::UNIX_EPOCH,
        traceparent: None,
        payload,
    };
    let mut tx = world.db.pool.begin().await.unwrap();
    handler.handle(&mut tx, &event).await?;
    tx.commit().await.unwrap();
    Ok(())
}
