//! Configuration; `config.default.toml` documents each key.

use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::Deserialize;
use yiwang_chassis::config::{self as common, Problems, Validate};

/// Everything marriage can be told.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `[database]`
    pub database: common::Database,
    /// `[nats]`
    pub nats: common::Nats,
    /// `[grpc]`
    pub grpc: common::Grpc,
    /// `[admin]`
    pub admin: common::Admin,
    /// `[telemetry]`
    pub telemetry: common::Telemetry,
    /// `[keys]`
    pub keys: common::Keys,
    /// `[identity]`
    pub identity: common::Identity,
    /// `[audit]`
    pub audit: common::Audit,
    /// `[departments]`
    pub departments: Departments,
    /// `[rules]`
    pub rules: common::Rules,
    /// `[demo]`: only under `yiwang up`.
    #[serde(default)]
    pub demo: Option<Demo>,
}

/// `[departments]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Departments {
    /// Base address of the population register.
    pub population: String,
    /// Base address of the card readers.
    pub id_reader: String,
    /// Base of the callbacks; empty: departments are only asked.
    pub callbacks: String,
    /// Limit of one call.
    #[serde(with = "friendly")]
    pub timeout: Duration,
}

/// `[demo]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// Opens the demo halls at start, with the demo registrars.
    pub halls: bool,
}

impl Validate for Config {
    fn validate(&self, problems: &mut Problems) {
        problems.section("database", &self.database);
        problems.section("nats", &self.nats);
        problems.section("grpc", &self.grpc);
        problems.section("admin", &self.admin);
        problems.section("telemetry", &self.telemetry);
        problems.section("keys", &self.keys);
        problems.section("identity", &self.identity);
        problems.section("departments", &self.departments);
        problems.section("audit", &self.audit);
        problems.section("rules", &self.rules);
    }
}

impl Validate for Departments {
    fn validate(&self, problems: &mut Problems) {
        let http = |url: &str| {
            url.parse::<reqwest::Url>()
                .is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
        };
        let why = "must be an http:// or https:// URL";
        problems.require(http(&self.population), "population", why);
        problems.require(http(&self.id_reader), "id_reader", why);
        let callbacks = self.callbacks.is_empty() || http(&self.callbacks);
        problems.require(
            callbacks,
            "callbacks",
            "must be an http:// or https:// URL, or empty",
        );
        // An errand's lease is 60 s; a call may not outlive it.
        let fits = (Duration::from_millis(100)..=Duration::from_secs(25)).contains(&self.timeout);
        problems.require(fits, "timeout", "must be between 100ms and 25s");
    }
}
