//! Configuration; `config.default.toml` documents each key.

use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::Deserialize;
use yiwang_casework::department;
use yiwang_chassis::config::{Problems, Validate};

yiwang_casework::config! {
    /// Everything rescue can be told.
    pub struct Config {
        /// `[departments]`
        departments: Departments,
        /// `[demo]`: only under `yiwang up`.
        #[serde(default)]
        demo: Demo,
    }
}

/// `[departments]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Departments {
    /// Base address of the police's DNA base.
    pub dna: String,
    /// Base address of the weather service's alerts.
    pub weather: String,
    /// Base of the callbacks; empty: departments are only asked.
    pub callbacks: String,
    /// Limit of one call.
    #[serde(with = "friendly")]
    pub timeout: Duration,
}

/// `[demo]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// Opens the demo stations at start, with beds, vehicles and articles.
    pub stations: bool,
    /// Lives the weeks before the first start: people in care, reports, patrols, calls.
    #[serde(default)]
    pub past: bool,
}

impl Validate for Departments {
    fn validate(&self, problems: &mut Problems) {
        department::require_base(problems, "dna", &self.dna);
        department::require_base(problems, "weather", &self.weather);
        department::require_calls(problems, &self.callbacks, self.timeout);
    }
}

impl Validate for Demo {
    fn validate(&self, _: &mut Problems) {}
}
