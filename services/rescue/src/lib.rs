//! Rescue stations 流浪乞讨人员救助: help at once, find out who it is, find the family, bring
//! them home (国务院令第381号, rules C).
//!
//! | where | what |
//! |---|---|
//! | [`domain`] | the rules and the items, pure; [`domain::kin`] is the relative search |
//! | [`stays`] | people in a station: places, belongings, articles, care; the board of the day |
//! | [`search`] | the clocks of the search, publication, the public notice board |
//! | [`kin`] | reports of missing people, their index, candidates, matches |
//! | [`hotline`] | calls, day and night |
//! | [`home`] | visits after the return, the register of people easily lost |
//! | [`leaving`] | journeys home, foster institutions, settlement, the return rate |
//! | [`patrol`] | patrols in the street, encounters, campaigns |
//! | [`api`] | the gRPC beyond casework |
//! | [`departments`] | the police's DNA base and the weather over HTTP |

pub mod api;
mod config;
pub mod demo;
pub mod departments;
pub mod domain;
pub mod home;
pub mod hotline;
pub mod kin;
pub mod leaving;
pub mod patrol;
pub mod search;
mod start;
pub mod stays;

pub use config::Config;
pub use start::{offer, start};

use yiwang_chassis::db::Schema;

/// Commented default configuration.
pub const DEFAULTS: &str = include_str!("config.default.toml");

/// The dated parameters the product brings.
pub const RULES: &[&str] = &[include_str!("../rules/rescue.toml")];

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service's own tables.
pub const SCHEMA: Schema = Schema {
    name: "rescue",
    migrator: &MIGRATOR,
};

/// All PostgreSQL schemas of the service, in order.
#[must_use]
pub fn schemas() -> Vec<Schema> {
    vec![yiwang_chassis::SCHEMA, yiwang_casework::SCHEMA, SCHEMA]
}
