//! Configuration; `config.default.toml` documents each key.

use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::Deserialize;
use yiwang_casework::department;
use yiwang_chassis::config::{Problems, Validate};

yiwang_casework::config! {
    /// Everything assistance can be told.
    pub struct Config {
        /// `[departments]`
        departments: Departments,
        /// `[payments]`
        payments: Payments,
    }
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

impl Validate for Departments {
    fn validate(&self, problems: &mut Problems) {
        department::require_base(problems, "check_centre", &self.check_centre);
        department::require_base(problems, "bank", &self.bank);
        department::require_calls(problems, &self.callbacks, self.timeout);
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
