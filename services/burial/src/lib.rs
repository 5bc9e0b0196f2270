//! Burial and cremation 殡葬: from the death certificate to the ashes' last place; no body
//! twice, no plot twice, no fee outside the list (国令824号).
//!
//! | where | what |
//! |---|---|
//! | [`domain`] | the rules and the items, pure |
//! | [`deaths`] | the register of deaths and the health department's feed |
//! | [`money`] | price list, bills, waivers, subsidies, complaints |
//! | [`ashes`], [`places`] | urns and where they are; niches and plots |
//! | [`planning`], [`figures`] | facilities, zones, plans, draws; figures of any day |
//! | [`visits`], [`memorials`] | grave-sweeping visits and the gate; online memorials |
//! | [`api`] | the gRPC beyond casework |
//! | [`departments`] | health department and bank over HTTP |

pub mod api;
pub mod ashes;
pub mod chain;
mod config;
pub mod deaths;
pub mod demo;
pub mod departments;
pub mod domain;
pub mod figures;
mod inspection;
pub mod memorials;
pub mod money;
mod order;
pub mod places;
pub mod planning;
mod start;
pub mod visits;

pub use config::Config;
pub use start::{offer, start};

use yiwang_chassis::db::Schema;

/// Commented default configuration.
pub const DEFAULTS: &str = include_str!("config.default.toml");

/// The dated parameters the product brings.
pub const RULES: &[&str] = &[include_str!("../rules/burial.toml")];

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service's own tables.
pub const SCHEMA: Schema = Schema {
    name: "burial",
    migrator: &MIGRATOR,
};

/// All PostgreSQL schemas of the service, in order.
#[must_use]
pub fn schemas() -> Vec<Schema> {
    vec![yiwang_chassis::SCHEMA, yiwang_casework::SCHEMA, SCHEMA]
}
