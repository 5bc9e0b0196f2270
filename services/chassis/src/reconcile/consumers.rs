//! Consumers that the stream has gone back behind.

use async_nats::jetstream::consumer;
use futures::TryStreamExt as _;

use crate::broker::{Broker, BrokerError, STREAM};

/// Removes every durable consumer that was given messages at or after the first
/// lost place, or that is ahead of the stream; returns how many.
///
/// Its owner makes it anew. A server that forbids this to us is no obstacle:
/// each consumer also watches for itself.
pub(super) async fn reset_behind(
    broker: &Broker,
    first_lost: Option<i64>,
) -> Result<u64, BrokerError> {
    let handle = broker
        .context()
        .get_stream_no_info(STREAM)
        .await
        .map_err(BrokerError::unavailable)?;
    let consumers: Vec<consumer::Info> = match handle.consumers().try_collect().await {
        Ok(consumers) => consumers,
        Err(error) => {
            tracing::warn!(error = %error, "cannot list the consumers");
            return Ok(0);
        }
    };
    // Asked after the consumers: none of them can have been given more.
    let last = broker.stream_info().await?.state.last_sequence;
    let mut reset = 0;
    for info in consumers {
        let Some(durable) = &info.config.durable_name else {
            continue;
        };
        let given = info.delivered.stream_sequence;
        let lost = first_lost.is_some_and(|lost| i64::try_from(given).is_ok_and(|it| it >= lost));
        if lost || given > last {
            tracing::warn!(
                consumer = durable,
                "the stream has gone back behind a consumer"
            );
            broker.reset_consumer(durable).await?;
            reset += 1;
        }
    }
    Ok(reset)
}
