//! Outbox against stream: a merge of two sequences, in bounded memory.
//!
//! Both sides are in the order of the stream's sequence numbers: the published
//! rows by the number that the broker acknowledged, the messages as a temporary
//! headers-only consumer delivers them. A row whose number holds another message,
//! or none, is lost.

use std::{collections::VecDeque, time::Duration};

use async_nats::jetstream::{
    consumer::{AckPolicy, DeliverPolicy, pull},
    stream::Info,
};
use chrono::{DateTime, Utc};
use futures::StreamExt as _;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    ReconcileError,
    store::{self, Published},
};
use crate::{
    broker::{Broker, BrokerError, PullConsumer, STREAM},
    envelope,
};

const ROWS: i64 = 1_000;
const MESSAGES: usize = 500;

/// One comparison of a service's published rows with the stream.
pub(super) struct Comparison<'a> {
    pub(super) broker: &'a Broker,
    pub(super) source: &'a str,
    pub(super) stream: &'a Info,
    /// Rows published before are not expected in the stream any more.
    pub(super) kept_since: DateTime<Utc>,
    /// Rows published after may be missing from `stream`.
    pub(super) as_of: DateTime<Utc>,
}

/// What a comparison found.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub(super) rows: u64,
    pub(super) lost: Vec<Published>,
}

impl Comparison<'_> {
    /// Compares the rows from stream sequence `from` on.
    pub(super) async fn run(
        &self,
        conn: &mut PgConnection,
        from: i64,
    ) -> Result<Compared, ReconcileError> {
        let mut compared = Compared::default();
        let mut messages: Option<Messages> = None;
        let mut after = Published {
            seq: from.saturating_sub(1),
            id: Uuid::max(),
        };
        loop {
            let rows =
                store::published_after(conn, after, self.kept_since, self.as_of, ROWS).await?;
            let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
                return Ok(compared);
            };
            after = *last;
            compared.rows += rows.len() as u64;
            let messages = match &mut messages {
                Some(messages) => messages,
                none => none.insert(self.open(first.seq).await?),
            };
            for row in rows {
                if !messages.hold(row).await? {
                    compared.lost.push(row);
                }
            }
        }
    }

    /// Reads this service's messages from `seq` to the end that `stream` tells.
    async fn open(&self, seq: i64) -> Result<Messages, BrokerError> {
        let state = &self.stream.state;
        let start = u64::try_from(seq).unwrap_or(0).max(1);
        if start > state.last_sequence || state.messages == 0 {
            return Ok(Messages::none());
        }
        let config = pull::Config {
            deliver_policy: DeliverPolicy::ByStartSequence {
                start_sequence: start,
            },
            ack_policy: AckPolicy::None,
            filter_subject: format!("yiwang.{}.>", self.source),
            headers_only: true,
            memory_storage: true,
            num_replicas: 1,
            inactive_threshold: Duration::from_secs(30),
            ..pull::Config::default()
        };
        let consumer: PullConsumer = self
            .broker
            .context()
            .create_consumer_on_stream(config, STREAM)
            .await
            .map_err(BrokerError::unavailable)?;
        let left = consumer.cached_info().num_pending;
        Ok(Messages {
            consumer: Some(consumer),
            left,
            read: VecDeque::new(),
        })
    }
}

/// The service's messages in the order of the stream.
struct Messages {
    consumer: Option<PullConsumer>,
    /// How many the server still has for us.
    left: u64,
    read: VecDeque<(i64, Option<Uuid>)>,
}

impl Messages {
    fn none() -> Self {
        Self {
            consumer: None,
            left: 0,
            read: VecDeque::new(),
        }
    }

    /// Whether the stream holds this event where the broker said. Rows come in order.
    async fn hold(&mut self, row: Published) -> Result<bool, BrokerError> {
        loop {
            match self.read.front() {
                Some((seq, _)) if *seq < row.seq => {
                    self.read.pop_front();
                }
                Some((seq, id)) => return Ok(*seq == row.seq && *id == Some(row.id)),
                None if self.left == 0 => return Ok(false),
                None => self.fetch().await?,
            }
        }
    }

    async fn fetch(&mut self) -> Result<(), BrokerError> {
        let Some(consumer) = &self.consumer else {
            self.left = 0;
            return Ok(());
        };
        let mut batch = consumer
            .fetch()
            .max_messages(MESSAGES)
            .messages()
            .await
            .map_err(BrokerError::unavailable)?;
        let before = self.read.len();
        while let Some(message) = batch.next().await {
            let message =
                message.map_err(|error| BrokerError::Unavailable(anyhow::anyhow!(error)))?;
            let info = message
                .info()
                .map_err(|error| BrokerError::Unavailable(anyhow::anyhow!(error)))?;
            let id = envelope::event_id(message.headers.as_ref()).and_then(|id| id.parse().ok());
            self.left = info.pending;
            self.read.push_back((info.stream_sequence as i64, id));
        }
        if self.read.len() == before {
            // Never take silence for a loss.
            let silent = anyhow::anyhow!("the server did not deliver what it has");
            return Err(BrokerError::Unavailable(silent));
        }
        Ok(())
    }
}
