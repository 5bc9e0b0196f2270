//! The stream and its durable consumers: made as asked, and read back.

use std::time::Duration;

use async_nats::jetstream::{
    ErrorCode,
    consumer::{AckPolicy, Consumer, DeliverPolicy, pull},
    context::{CreateStreamErrorKind, GetStreamErrorKind},
    stream::{Config, DiscardPolicy, Info, RetentionPolicy, StorageType},
};

use super::{ALL_EVENTS, Broker, BrokerError, STREAM};
use crate::config;

/// A durable pull consumer.
pub type PullConsumer = Consumer<pull::Config>;

/// Within this time the server recognises a repeated `Nats-Msg-Id`; an optimisation only.
const DUPLICATE_WINDOW: Duration = Duration::from_secs(120);

/// Deliveries in progress per consumer.
const MAX_ACK_PENDING: i64 = 256;

pub(super) fn wanted(config: &config::Nats) -> Config {
    Config {
        name: STREAM.to_owned(),
        subjects: vec![ALL_EVENTS.to_owned()],
        retention: RetentionPolicy::Limits,
        storage: StorageType::File,
        // A full stream refuses: events then wait in the outbox, none is dropped.
        discard: DiscardPolicy::New,
        max_bytes: config.max_bytes,
        max_age: config.max_age,
        max_messages: -1,
        max_messages_per_subject: -1,
        max_consumers: -1,
        num_replicas: config.replicas,
        duplicate_window: DUPLICATE_WINDOW.min(config.max_age),
        deny_delete: true,
        deny_purge: true,
        ..Config::default()
    }
}

impl Broker {
    /// Creates the stream or brings it to the wanted configuration, and reads it back.
    ///
    /// # Errors
    /// [`BrokerError::Dropped`] when the server keeps another configuration.
    pub async fn ensure_stream(&self) -> Result<Info, BrokerError> {
        let info = match self.context.get_stream(STREAM).await {
            Ok(stream) => stream.cached_info().clone(),
            Err(error) => match error.kind() {
                GetStreamErrorKind::JetStream(cause)
                    if cause.error_code() == ErrorCode::STREAM_NOT_FOUND =>
                {
                    self.create_stream().await?
                }
                _ => return Err(BrokerError::unavailable(error)),
            },
        };
        if stream_difference(&self.wanted, &info.config).is_none() {
            return Ok(info);
        }
        let info = self
            .context
            .update_stream(self.wanted.as_ref())
            .await
            .map_err(BrokerError::unavailable)?;
        stream_difference(&self.wanted, &info.config).map_or(Ok(info), Err)
    }

    async fn create_stream(&self) -> Result<Info, BrokerError> {
        match self.context.create_stream(self.wanted.as_ref()).await {
            Ok(stream) => {
                tracing::info!(stream = STREAM, "created the event stream");
                Ok(stream.cached_info().clone())
            }
            // Another service was faster, with another configuration: update it.
            Err(error)
                if matches!(error.kind(), CreateStreamErrorKind::JetStream(ref cause)
                    if cause.error_code() == ErrorCode::STREAM_NAME_EXIST) =>
            {
                self.stream_info().await
            }
            Err(error) => Err(BrokerError::unavailable(error)),
        }
    }

    /// The stream as it is now.
    pub(crate) async fn stream_info(&self) -> Result<Info, BrokerError> {
        let stream = self
            .context
            .get_stream(STREAM)
            .await
            .map_err(BrokerError::unavailable)?;
        Ok(stream.cached_info().clone())
    }

    /// Creates a durable consumer from the beginning of the stream, or finds it, and
    /// reads it back. An event not acknowledged within `ack_wait` comes again.
    ///
    /// # Errors
    /// [`BrokerError::Dropped`] when the server keeps another configuration.
    pub async fn ensure_consumer(
        &self,
        durable: &str,
        filter: &str,
        ack_wait: Duration,
    ) -> Result<PullConsumer, BrokerError> {
        let wanted = pull::Config {
            durable_name: Some(durable.to_owned()),
            deliver_policy: DeliverPolicy::All,
            ack_policy: AckPolicy::Explicit,
            ack_wait,
            // The inbox gives up, never the broker: it would drop the event.
            max_deliver: -1,
            max_ack_pending: MAX_ACK_PENDING,
            filter_subject: filter.to_owned(),
            ..pull::Config::default()
        };
        let context = &self.context;
        let found = context.get_consumer_from_stream(durable, STREAM).await;
        if let Ok(consumer) = found
            && consumer_difference(&wanted, &consumer).is_none()
        {
            return Ok(consumer);
        }
        // On a known name this is an update.
        let consumer = context
            .create_consumer_on_stream(wanted.clone(), STREAM)
            .await
            .map_err(BrokerError::unavailable)?;
        consumer_difference(&wanted, &consumer).map_or(Ok(consumer), Err)
    }

    /// Removes a durable consumer, so that its owner makes it anew from the
    /// beginning of the stream. One that is not there is fine.
    pub(crate) async fn reset_consumer(&self, durable: &str) -> Result<(), BrokerError> {
        use async_nats::jetstream::stream::ConsumerErrorKind;
        match self
            .context
            .delete_consumer_from_stream(durable, STREAM)
            .await
        {
            Ok(_) => Ok(()),
            Err(error) => match error.kind() {
                ConsumerErrorKind::JetStream(cause)
                    if cause.error_code() == ErrorCode::CONSUMER_NOT_FOUND =>
                {
                    Ok(())
                }
                _ => Err(BrokerError::unavailable(error)),
            },
        }
    }
}

fn stream_difference(asked: &Config, got: &Config) -> Option<BrokerError> {
    let mut compared = Compared::new(format!("stream {}", asked.name));
    compared.field("subjects", &asked.subjects, &got.subjects);
    compared.field("retention", &asked.retention, &got.retention);
    compared.field("storage", &asked.storage, &got.storage);
    compared.field("discard", &asked.discard, &got.discard);
    compared.field("max_bytes", &asked.max_bytes, &got.max_bytes);
    compared.field("max_age", &asked.max_age, &got.max_age);
    compared.field("max_msgs", &asked.max_messages, &got.max_messages);
    compared.field(
        "max_msgs_per_subject",
        &asked.max_messages_per_subject,
        &got.max_messages_per_subject,
    );
    compared.field("num_replicas", &asked.num_replicas, &got.num_replicas);
    compared.field(
        "duplicate_window",
        &asked.duplicate_window,
        &got.duplicate_window,
    );
    compared.field("deny_delete", &asked.deny_delete, &got.deny_delete);
    compared.field("deny_purge", &asked.deny_purge, &got.deny_purge);
    compared.first
}

fn consumer_difference(asked: &pull::Config, found: &PullConsumer) -> Option<BrokerError> {
    let got = &found.cached_info().config;
    let name = asked.durable_name.as_deref().unwrap_or_default();
    let mut compared = Compared::new(format!("consumer {name}"));
    compared.field("durable_name", &asked.durable_name, &got.durable_name);
    compared.field("deliver_policy", &asked.deliver_policy, &got.deliver_policy);
    compared.field("ack_policy", &asked.ack_policy, &got.ack_policy);
    compared.field("ack_wait", &asked.ack_wait, &got.ack_wait);
    compared.field("max_deliver", &asked.max_deliver, &got.max_deliver);
    compared.field(
        "max_ack_pending",
        &asked.max_ack_pending,
        &got.max_ack_pending,
    );
    compared.field("filter_subject", &asked.filter_subject, &got.filter_subject);
    compared.first
}

/// Remembers the first field in which two configurations differ.
struct Compared {
    object: String,
    first: Option<BrokerError>,
}

impl Compared {
    fn new(object: String) -> Self {
        Self {
            object,
            first: None,
        }
    }

    fn field<T: PartialEq + std::fmt::Debug>(&mut self, field: &'static str, asked: &T, got: &T) {
        if asked != got && self.first.is_none() {
            self.first = Some(BrokerError::Dropped {
                object: self.object.clone(),
                field,
                asked: format!("{asked:?}"),
                got: format!("{got:?}"),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_the_server_dropped_is_named() {
        let asked = Config {
            deny_delete: true,
            ..Config::default()
        };
        let difference = stream_difference(&asked, &Config::default()).unwrap();
        assert!(difference.is_fatal());
        assert!(difference.to_string().contains("deny_delete"));
        assert!(stream_difference(&asked, &asked).is_none());
    }
}
