//! Social assistance 社会救助: its items, its roll, its payments.
//!
//! | where | what |
//! |---|---|
//! | [`domain`] | the items, pure: form, states, acts, amounts |
//! | [`store`] | the roll that decisions read and change |
//! | [`departments`] | check centre and paying bank over HTTP |
//! | [`payment`] | the monthly run |
//! | [`ledger`] | what was due against what was paid |
//! | [`reactions`] | what deaths, marriages and returns recorded elsewhere do here |
//! | [`elsewhere`] | whether another service is involved with a family |

mod config;
pub mod departments;
pub mod domain;
pub mod elsewhere;
mod ledger;
pub mod payment;
pub mod reactions;
mod start;
pub mod store;

pub use config::Config;
pub use start::start;

use yiwang_chassis::db::Schema;

/// Commented default configuration.
pub const DEFAULTS: &str = include_str!("config.default.toml");

/// The dated parameters the product brings.
pub const RULES: &[&str] = &[include_str!("../rules/minimum_living.toml")];

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service's own tables.
pub const SCHEMA: Schema = Schema {
    name: "assistance",
    migrator: &MIGRATOR,
};

/// All PostgreSQL schemas of the service, in order.
#[must_use]
pub fn schemas() -> Vec<Schema> {
    vec![yiwang_chassis::SCHEMA, yiwang_casework::SCHEMA, SCHEMA]
}
