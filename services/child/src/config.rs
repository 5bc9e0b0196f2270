//! Configuration; `config.default.toml` documents each key.

use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::Deserialize;
use yiwang_casework::department;
use yiwang_chassis::config::{Problems, Validate};

yiwang_casework::config! {
    /// Everything the child service can be told.
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
    /// Base address of data sharing.
    pub sharing: String,
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
    /// Villages, directors, stations of the demonstration at start.
    pub places: bool,
    /// Lives the months before the first start: children, visits, cases, payments.
    #[serde(default)]
    pub past: bool,
}

impl Validate for Departments {
    fn validate(&self, problems: &mut Problems) {
        department::require_base(problems, "sharing", &self.sharing);
        department::require_base(problems, "bank", &self.bank);
        department::require_calls(problems, &self.callbacks, self.timeout);
    }
}

impl Validate for Demo {
    fn validate(&self, _: &mut Problems) {}
}
