//! Configuration; `config.default.toml` documents each key.

use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::Deserialize;
use yiwang_chassis::config::{self as common, Problems, Validate};

/// Everything assistance can be told.
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
    /// `[payments]`
    pub payments: Payments,
    /// `[rules]`
    pub rules: common::Rules,
}

/// `[departments]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Departments {
    /// Base address of the check centre.
    pub check_centre: String,
    /// Base address of the paying bank.
    pub bank: String,
    /// Base of the callbacks; empty: departments are only asked.
    pub callbacks: String,
    /// Limit of one call.
    #[serde(with = "friendly")]
    pub timeout: Duration,
}

/// `[payments]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payments {
    /// Most payments in a batch.
    pub batch_lines: u32,
    /// Households made in one transaction.
    pub chunk: u32,
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
        problems.section("payments", &self.payments);
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
        problems.require(http(&self.check_centre), "check_centre", why);
        problems.require(http(&self.bank), "bank", why);
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

impl Validate for Payments {
    fn validate(&self, problems: &mut Problems) {
        let lines = (1..=10_000).contains(&self.batch_lines);
        problems.require(lines, "batch_lines", "must be between 1 and 10000");
        let chunk = (1..=20_000).contains(&self.chunk);
        problems.require(chunk, "chunk", "must be between 1 and 20000");
    }
}
