//! The connection to JetStream and the handshake with it.
//!
//! The broker is a cache of the outboxes: a process starts and works without it,
//! events wait, and the whole store may be lost ([`crate::reconcile`] heals it).
//! What must not happen is a broker that only seems to do what was asked: older
//! servers silently drop fields they do not know. So the stream and each consumer
//! are read back, and a dropped field ends the process.

use std::{sync::Arc, time::Duration};

use async_nats::{
    Client, ConnectOptions, Event, ServerAddr,
    jetstream::{self, Context, context::ContextBuilder},
};
use secrecy::ExposeSecret as _;
use tokio::sync::watch;

use crate::config;

mod stream;

pub use stream::PullConsumer;

/// The one stream of all events.
pub const STREAM: &str = "YIWANG";

/// All events of all services.
pub const ALL_EVENTS: &str = "yiwang.>";

/// A connection to the broker; clones share it.
#[derive(Debug, Clone)]
pub struct Broker {
    client: Client,
    context: Context,
    wanted: Arc<jetstream::stream::Config>,
    suspicion: Arc<watch::Sender<u64>>,
}

/// Why the broker cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    /// The address or the credentials are unusable.
    #[error("cannot use the NATS configuration")]
    Config(#[source] anyhow::Error),
    /// The server accepted our configuration and keeps another one. Fatal: it
    /// would not do what the programs rely on.
    #[error("the NATS server dropped {field} of {object}: asked for {asked}, it has {got}")]
    Dropped {
        /// The stream or consumer.
        object: String,
        /// Name of the field.
        field: &'static str,
        /// What was asked for.
        asked: String,
        /// What the server keeps.
        got: String,
    },
    /// It does not answer, or refuses for now; worth another try.
    #[error("the NATS server is not usable now")]
    Unavailable(#[source] anyhow::Error),
}

/// What the server promises about an acknowledged event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Before 2.10: written to disk every two minutes, with no way to change it.
    /// A crash of the machine loses the last events; the outbox heals them.
    Degraded,
    /// From 2.10 on `sync_interval: always` is possible. A client cannot see
    /// whether it is set.
    Configurable,
}

impl BrokerError {
    /// Whether another try is pointless.
    pub fn is_fatal(&self) -> bool {
        !matches!(self, Self::Unavailable(_))
    }

    pub(crate) fn unavailable(source: impl Into<anyhow::Error>) -> Self {
        Self::Unavailable(source.into())
    }
}

impl Durability {
    /// The tier of a server of this version; an unreadable version is the lower tier.
    pub fn of(version: &str) -> Self {
        let mut parts = version.split(['.', '-']).map(str::parse::<u32>);
        match (parts.next(), parts.next()) {
            (Some(Ok(major)), Some(Ok(minor))) if (major, minor) >= (2, 10) => Self::Configurable,
            _ => Self::Degraded,
        }
    }

    /// The word in logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Degraded => "degraded",
            Self::Configurable => "configurable",
        }
    }

    fn statement(self) -> &'static str {
        match self {
            Self::Degraded => {
                "acknowledged events reach the disk within two minutes (sync_interval unknown to \
                 this server); after a crash of its machine the outbox republishes what it lost"
            }
            Self::Configurable => {
                "acknowledged events are on disk if the server runs with sync_interval: always; \
                 otherwise within two minutes, and the outbox republishes what a crash loses"
            }
        }
    }
}

impl Broker {
    /// Connects, or keeps trying in the background when no server answers yet.
    ///
    /// # Errors
    /// When the configuration is unusable.
    pub async fn connect(config: &config::Nats) -> Result<Self, BrokerError> {
        let addresses = config
            .url
            .expose_secret()
            .split(',')
            .map(|url| url.trim().parse::<ServerAddr>())
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| BrokerError::Config(error.into()))?;
        // Also said when there is never a first connection.
        metrics::gauge!("yiwang_broker_connected").set(0.0);
        let (suspicion, _) = watch::channel(0);
        let suspicion = Arc::new(suspicion);
        let mut options = if config.credentials.as_os_str().is_empty() {
            ConnectOptions::new()
        } else {
            ConnectOptions::with_credentials_file(&config.credentials)
                .await
                .map_err(|error| BrokerError::Config(error.into()))?
        };
        // The client itself ignores a user and password in the URL.
        if let Some((user, password)) = addresses
            .iter()
            .find_map(|address| Some((address.username()?, address.password()?)))
        {
            options = options.user_and_password(user.to_owned(), password.to_owned());
        }
        let raise = Arc::clone(&suspicion);
        options = options
            .name("yiwang")
            .retry_on_initial_connect()
            .connection_timeout(Duration::from_secs(5))
            .ping_interval(Duration::from_secs(10))
            .reconnect_delay_callback(|attempts| {
                Duration::from_millis(100 * attempts.clamp(1, 20) as u64)
            })
            .event_callback(move |event| {
                observe(&event, &raise);
                std::future::ready(())
            });
        let client = options
            .connect(addresses)
            .await
            .map_err(|error| BrokerError::Config(error.into()))?;
        let context = ContextBuilder::new()
            .timeout(Duration::from_secs(5))
            .backpressure_on_inflight(true)
            .build(client.clone());
        Ok(Self {
            client,
            context,
            wanted: Arc::new(stream::wanted(config)),
            suspicion,
        })
    }

    /// The plain NATS client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The JetStream context.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// What the connected server promises.
    pub fn durability(&self) -> Durability {
        Durability::of(&self.client.server_info().version)
    }

    /// Says in the log and in the metrics which server this is and what it promises.
    pub fn announce(&self) {
        let server = self.client.server_info();
        let durability = Durability::of(&server.version);
        tracing::info!(
            server.version,
            durability = durability.as_str(),
            replicas = self.wanted.num_replicas,
            "connected to NATS {}: {}",
            server.version,
            durability.statement(),
        );
        for tier in [Durability::Degraded, Durability::Configurable] {
            let on = if tier == durability { 1.0 } else { 0.0 };
            metrics::gauge!("yiwang_broker_durability", "tier" => tier.as_str()).set(on);
        }
    }

    /// Identity of the connected server process; changes when it restarts.
    pub(crate) fn server_id(&self) -> String {
        self.client.server_info().server_id
    }

    /// Who keeps the stream: the connected server process and, in a cluster, the
    /// stream's leader. Another one may hold an older state.
    pub(crate) fn keeper(&self, stream: &jetstream::stream::Info) -> String {
        let leader = stream.cluster.as_ref().and_then(|it| it.leader.as_deref());
        format!("{}/{}", self.server_id(), leader.unwrap_or_default())
    }

    /// How long the stream keeps an event.
    pub(crate) fn max_age(&self) -> Duration {
        self.wanted.max_age
    }

    /// Asks the reconciler of this process to look at the stream now.
    pub(crate) fn suspect(&self) {
        self.suspicion.send_modify(|count| *count += 1);
    }

    /// Changes whenever somebody suspects the stream.
    pub(crate) fn suspicions(&self) -> watch::Receiver<u64> {
        self.suspicion.subscribe()
    }
}

fn observe(event: &Event, suspicion: &watch::Sender<u64>) {
    match event {
        // A server that comes back may have lost its store.
        Event::Connected => {
            tracing::info!("connected to NATS");
            metrics::gauge!("yiwang_broker_connected").set(1.0);
            suspicion.send_modify(|count| *count += 1);
        }
        Event::Disconnected => {
            tracing::warn!("the connection to NATS is lost; events wait in the outbox");
            metrics::gauge!("yiwang_broker_connected").set(0.0);
        }
        other => tracing::debug!(event = %other, "NATS client event"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_decides_the_promise() {
        for (version, durability) in [
            ("2.9.10", Durability::Degraded),
            ("2.9.25-RC.1", Durability::Degraded),
            ("2.10.27", Durability::Configurable),
            ("2.15.0", Durability::Configurable),
            ("3.0.0", Durability::Configurable),
            ("1.4.1", Durability::Degraded),
            ("", Durability::Degraded),
        ] {
            assert_eq!(Durability::of(version), durability, "{version}");
        }
    }
}
