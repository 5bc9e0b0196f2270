//! Configuration; `config.default.toml` documents each key.

use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::Deserialize;
use yiwang_casework::department;
use yiwang_chassis::config::{Problems, Validate};

yiwang_casework::config! {
    /// Everything burial can be told.
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
    /// Base address of the health department's feed.
    pub health: String,
    /// Base address of the paying bank.
    pub bank: String,
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
    /// Opens the demo facilities at start, with prices, plots and furnaces.
    pub facilities: bool,
}

impl Validate for Departments {
    fn validate(&self, problems: &mut Problems) {
        department::require_base(problems, "health", &self.health);
        department::require_base(problems, "bank", &self.bank);
        department::require_calls(problems, &self.callbacks, self.timeout);
    }
}

impl Validate for Demo {
    fn validate(&self, _: &mut Problems) {}
}
