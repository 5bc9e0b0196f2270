//! Configuration; `config.default.toml` documents each key.

use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::Deserialize;
use yiwang_casework::department;
use yiwang_chassis::config::{Problems, Validate};

yiwang_casework::config! {
    /// Everything marriage can be told.
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
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// Opens the demo halls at start, with the demo registrars.
    pub halls: bool,
}

impl Validate for Departments {
    fn validate(&self, problems: &mut Problems) {
        department::require_base(problems, "population", &self.population);
        department::require_base(problems, "id_reader", &self.id_reader);
        department::require_calls(problems, &self.callbacks, self.timeout);
    }
}

impl Validate for Demo {
    fn validate(&self, _: &mut Problems) {}
}
