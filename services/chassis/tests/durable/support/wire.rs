//! The stream as an outsider writes and reads it.

use async_nats::{HeaderMap, jetstream};
use uuid::Uuid;
use yiwang_chassis::{
    broker::Broker,
    clock::{Clock as _, SystemClock},
    ids,
};

/// An event as another service would put it on the wire, written without our code.
pub(crate) struct Wire {
    pub(crate) id: Uuid,
    pub(crate) event_type: &'static str,
    pub(crate) aggregate_id: String,
    pub(crate) version: i64,
    pub(crate) previous: Option<String>,
    pub(crate) payload: String,
}

impl Wire {
    pub(crate) fn new(aggregate_id: &str, version: i64) -> Self {
        let previous = (version > 1).then(|| SystemClock.now().to_string());
        Self {
            id: ids::new(SystemClock.now()),
            event_type: "yiwang.burial.death.recorded.v1",
            aggregate_id: aggregate_id.to_owned(),
            version,
            previous,
            payload: format!("{aggregate_id}-{version}"),
        }
    }

    /// Publishes without a message id, so that the broker does not drop repeats.
    pub(crate) async fn send(&self, broker: &Broker) {
        let mut headers = HeaderMap::new();
        headers.insert("ce-specversion", "1.0");
        headers.insert("ce-id", self.id.to_string());
        headers.insert("ce-source", "burial");
        headers.insert("ce-type", self.event_type);
        headers.insert("ce-time", SystemClock.now().to_string());
        headers.insert("ce-subject", format!("death/{}", self.aggregate_id));
        headers.insert("aggregate-version", self.version.to_string());
        if let Some(previous) = &self.previous {
            headers.insert("aggregate-previous-time", previous.as_str());
        }
        broker
            .context()
            .publish_with_headers(
                "yiwang.burial.death.recorded",
                headers,
                self.payload.clone().into(),
            )
            .await
            .unwrap()
            .await
            .unwrap();
    }
}

/// All messages of the stream in order: message id, headers, payload length.
pub(crate) async fn stream_contents(broker: &Broker) -> Vec<jetstream::message::StreamMessage> {
    let stream = broker.context().get_stream("YIWANG").await.unwrap();
    let state = stream.cached_info().state.clone();
    let mut messages = vec![];
    for seq in state.first_sequence..=state.last_sequence {
        messages.push(stream.get_raw_message(seq).await.unwrap());
    }
    messages
}
