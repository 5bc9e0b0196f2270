//! Has the stream gone back behind this consumer?
//!
//! A cut store keeps the durable consumer's position: the server would deliver
//! nothing until the stream has grown past it, and skip what came meanwhile. The
//! consumer remembers the last message it was given; a stream that holds another
//! one at that place, or none, has gone back, and the consumer starts over. Its
//! inbox makes that harmless.

use async_nats::jetstream::stream::{Info, LastRawMessageErrorKind};
use chrono::{DateTime, SubsecRound as _, Utc};
use sqlx::{FromRow, PgPool};

use crate::{
    broker::{Broker, BrokerError, STREAM},
    envelope,
};

/// The last message a consumer was given.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(super) struct Checkpoint {
    stream_created: DateTime<Utc>,
    stream_seq: i64,
    event_id: String,
}

impl Checkpoint {
    pub(super) fn new(stream: &Info, stream_seq: u64, event_id: &str) -> Self {
        Self {
            stream_created: created(stream),
            stream_seq: stream_seq as i64,
            event_id: event_id.to_owned(),
        }
    }

    pub(super) async fn load(pool: &PgPool, consumer: &str) -> sqlx::Result<Option<Self>> {
        sqlx::query_as(
            "select stream_created, stream_seq, event_id
             from chassis.consumer_checkpoint where consumer = $1",
        )
        .bind(consumer)
        .fetch_optional(pool)
        .await
    }

    /// Remembers the message, unless one later in the same stream is known.
    pub(super) async fn save(&self, pool: &PgPool, consumer: &str) -> sqlx::Result<()> {
        sqlx::query(
            "insert into chassis.consumer_checkpoint as known
                 (consumer, stream_created, stream_seq, event_id)
             values ($1, $2, $3, $4)
             on conflict (consumer) do update
             set stream_created = excluded.stream_created,
                 stream_seq = excluded.stream_seq,
                 event_id = excluded.event_id
             where (known.stream_created, known.stream_seq)
                 < (excluded.stream_created, excluded.stream_seq)",
        )
        .bind(consumer)
        .bind(self.stream_created)
        .bind(self.stream_seq)
        .bind(&self.event_id)
        .execute(pool)
        .await?;
        Ok(())
    }

    pub(super) async fn forget(pool: &PgPool, consumer: &str) -> sqlx::Result<()> {
        sqlx::query("delete from chassis.consumer_checkpoint where consumer = $1")
            .bind(consumer)
            .execute(pool)
            .await?;
        Ok(())
    }

    /// Whether the stream no longer holds this message at its place.
    pub(super) async fn is_lost(
        &self,
        broker: &Broker,
        stream: &Info,
    ) -> Result<bool, BrokerError> {
        let seq = self.stream_seq as u64;
        if self.stream_created != created(stream) || seq > stream.state.last_sequence {
            return Ok(true);
        }
        if seq < stream.state.first_sequence {
            // Outlived its time in the stream, which is no loss.
            return Ok(false);
        }
        let handle = broker
            .context()
            .get_stream_no_info(STREAM)
            .await
            .map_err(BrokerError::unavailable)?;
        match handle.get_raw_message(seq).await {
            Ok(message) => {
                Ok(envelope::event_id(Some(&message.headers)).unwrap_or_default() != self.event_id)
            }
            Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => Ok(true),
            Err(error) => Err(BrokerError::unavailable(error)),
        }
    }
}

/// When the stream was created, as precisely as a row keeps it.
fn created(stream: &Info) -> DateTime<Utc> {
    stream.created.trunc_subsecs(6)
}
