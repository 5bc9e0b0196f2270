//! The sections that most processes share; `config.default.toml` documents each key.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{Problems, Validate};

/// `[database]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `postgres://` URL, possibly with a password.
    pub url: SecretString,
    /// Size of the pool.
    pub max_connections: u32,
    /// How long a call waits for a free connection.
    #[serde(with = "friendly")]
    pub acquire_timeout: Duration,
    /// Limit of one statement.
    #[serde(with = "friendly")]
    pub statement_timeout: Duration,
    /// Shown in `pg_stat_activity`.
    pub application_name: String,
}

/// `[nats]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nats {
    /// One or more `nats://` URLs, separated by commas.
    pub url: SecretString,
    /// Credentials file; empty for none.
    pub credentials: PathBuf,
    /// Copies of the stream.
    pub replicas: usize,
    /// Limit of the stream in bytes.
    pub max_bytes: i64,
    /// How long the stream keeps an event.
    #[serde(with = "friendly")]
    pub max_age: Duration,
}

/// `[grpc]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grpc {
    /// Where the service listens.
    pub listen: SocketAddr,
    /// The longest deadline of a call.
    #[serde(with = "friendly")]
    pub max_deadline: Duration,
    /// Calls in progress per connection.
    pub concurrency: usize,
    /// Time between "not ready" and refusing new connections.
    #[serde(with = "friendly")]
    pub drain_delay: Duration,
}

/// `[admin]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Admin {
    /// Where metrics and probes listen.
    pub listen: SocketAddr,
}

/// `[telemetry]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telemetry {
    /// Filter of tracing-subscriber.
    pub log: String,
    /// OTLP collector (gRPC); empty for none.
    pub otlp_endpoint: String,
    /// Share of new traces that is recorded, 0 to 1.
    pub sample_ratio: f64,
}

/// `[keys]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// The key directory, see [`crate::keys`].
    pub dir: PathBuf,
}

/// `[identity]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The `iss` of accepted tokens.
    pub issuer: String,
    /// Where the issuer publishes its public keys.
    pub jwks_url: String,
}

/// `[audit]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// Where the signed heads of the audit chain go, outside the database.
    pub heads_dir: PathBuf,
}

/// `[rules]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// A file of parameters that goes before those of the product; empty: none.
    pub file: PathBuf,
}

impl Validate for Database {
    fn validate(&self, problems: &mut Problems) {
        let url = self.url.expose_secret();
        let known = url.starts_with("postgres://") || url.starts_with("postgresql://");
        // The parser's own message would quote the URL with its password.
        let parses = url.parse::<sqlx::postgres::PgConnectOptions>().is_ok();
        problems.require(known && parses, "url", "must be a postgres:// URL");
        problems.require(
            (1..=1_000).contains(&self.max_connections),
            "max_connections",
            "must be between 1 and 1000",
        );
        positive(problems, "acquire_timeout", self.acquire_timeout);
        positive(problems, "statement_timeout", self.statement_timeout);
    }
}

impl Validate for Nats {
    fn validate(&self, problems: &mut Problems) {
        let all_nats = self.url.expose_secret().split(',').all(|one| {
            ["nats://", "tls://"]
                .iter()
                .any(|scheme| one.trim().starts_with(scheme))
        });
        problems.require(
            all_nats,
            "url",
            "must be nats:// or tls:// URLs, separated by commas",
        );
        problems.require(
            (1..=5).contains(&self.replicas),
            "replicas",
            "must be between 1 and 5",
        );
        problems.require(self.max_bytes > 0, "max_bytes", "must be positive");
        positive(problems, "max_age", self.max_age);
        let credentials = &self.credentials;
        let usable = credentials.as_os_str().is_empty() || credentials.is_file();
        problems.require(usable, "credentials", "names a file that does not exist");
    }
}

impl Validate for Grpc {
    fn validate(&self, problems: &mut Problems) {
        positive(problems, "max_deadline", self.max_deadline);
        problems.require(self.concurrency > 0, "concurrency", "must be positive");
    }
}

impl Validate for Admin {
    fn validate(&self, _: &mut Problems) {}
}

impl Validate for Telemetry {
    fn validate(&self, problems: &mut Problems) {
        if let Err(error) = self.log.parse::<tracing_subscriber::EnvFilter>() {
            problems.add("log", error);
        }
        let endpoint = self.otlp_endpoint.as_str();
        let usable = endpoint.is_empty() || is_http(endpoint);
        problems.require(
            usable,
            "otlp_endpoint",
            "must be an http:// or https:// URL, or empty",
        );
        problems.require(
            (0.0..=1.0).contains(&self.sample_ratio),
            "sample_ratio",
            "must be between 0 and 1",
        );
    }
}

impl Validate for Keys {
    fn validate(&self, problems: &mut Problems) {
        problems.require(!self.dir.as_os_str().is_empty(), "dir", "must not be empty");
    }
}

impl Validate for Identity {
    fn validate(&self, problems: &mut Problems) {
        problems.require(!self.issuer.is_empty(), "issuer", "must not be empty");
        problems.require(
            is_http(&self.jwks_url),
            "jwks_url",
            "must be an http:// or https:// URL",
        );
    }
}

impl Validate for Audit {
    fn validate(&self, problems: &mut Problems) {
        let named = !self.heads_dir.as_os_str().is_empty();
        problems.require(named, "heads_dir", "must not be empty");
    }
}

impl Validate for Rules {
    fn validate(&self, problems: &mut Problems) {
        let usable = self.file.as_os_str().is_empty() || self.file.is_file();
        problems.require(usable, "file", "names a file that does not exist");
    }
}

fn positive(problems: &mut Problems, key: &str, value: Duration) {
    problems.require(!value.is_zero(), key, "must be longer than zero");
}

fn is_http(url: &str) -> bool {
    let scheme = ["http", "https"];
    url.parse::<http::Uri>().is_ok_and(|uri| {
        uri.host().is_some() && uri.scheme_str().is_some_and(|s| scheme.contains(&s))
    })
}
