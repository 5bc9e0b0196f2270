//! Marriage registration 婚姻登记: any hall in the country, one valid marriage per
//! person, the cooling-off to the day (民法典 1046 to 1083, 国令804号).
//!
//! | where | what |
//! |---|---|
//! | [`domain`] | the rules and the items, pure |
//! | [`register`] | who is married to whom: persons, records, certificate numbers |
//! | [`halls`] | halls, slots, appointments |
//! | [`archive`] | historical records in batches |
//! | [`api`] | the gRPC beyond casework |
//! | [`departments`] | police population register and ID reader over HTTP |
//! | [`reactions`] | what a death recorded elsewhere does here |

pub mod api;
pub mod archive;
mod config;
mod demo;
pub mod departments;
mod document;
pub mod domain;
pub mod halls;
pub mod reactions;
pub mod register;
mod start;

pub use config::Config;
pub use start::start;

use yiwang_chassis::db::Schema;

/// Commented default configuration.
pub const DEFAULTS: &str = include_str!("config.default.toml");

/// The dated parameters the product brings.
pub const RULES: &[&str] = &[include_str!("../rules/marriage.toml")];

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service's own tables.
pub const SCHEMA: Schema = Schema {
    name: "marriage",
    migrator: &MIGRATOR,
};

/// All PostgreSQL schemas of the service, in order.
#[must_use]
pub fn schemas() -> Vec<Schema> {
    vec![yiwang_chassis::SCHEMA, yiwang_casework::SCHEMA, SCHEMA]
}
