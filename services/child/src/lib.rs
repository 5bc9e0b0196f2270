//! Child protection and child welfare 未成年人保护与儿童福利: never lost from sight, never exposed
//! (rules B).
//!
//! Every case here is closed by default 保密 ([`yiwang_casework::Item::CLOSED`]): only who is on it
//! and its line may know that it exists; every read leaves a row.
//!
//! | where | what |
//! |---|---|
//! | [`domain`] | the rules and the items, pure; a folder for each area |
//! | [`entitlements`] | orphans and children in fact unattended: amounts, payment, comparison |
//! | [`payment`] | months of allowances and care fees, batches to the bank, what it answered |
//! | [`welfare`] | files, visits, entrusted care, directors, stations |
//! | [`protection`] | reports, cases, guardianship, the one responsible placement |
//! | [`adoption`] | adoption and foster care |
//! | [`projects`] | 明天计划, 助学工程 |
//! | [`reactions`] | events of the other services |
//! | [`tasks`] | what somebody must look at; who else is involved |
//! | [`departments`] | shared data and bank over HTTP |
//! | [`demo`] | what has happened before somebody looks at a demonstration |

pub mod adoption;
mod config;
pub mod demo;
pub mod departments;
pub mod domain;
pub mod entitlements;
pub mod payment;
pub mod projects;
pub mod protection;
pub mod reactions;
mod start;
pub mod tasks;
pub mod welfare;

pub use config::Config;
pub use start::{offer, start};

use yiwang_chassis::db::Schema;

/// Commented default configuration.
pub const DEFAULTS: &str = include_str!("config.default.toml");

/// The dated parameters the product brings.
pub const RULES: &[&str] = &[
    include_str!("../rules/entitlements.toml"),
    include_str!("../rules/welfare.toml"),
    include_str!("../rules/protection.toml"),
    include_str!("../rules/adoption.toml"),
    include_str!("../rules/projects.toml"),
    include_str!("../rules/tasks.toml"),
];

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service's own tables.
pub const SCHEMA: Schema = Schema {
    name: "child",
    migrator: &MIGRATOR,
};

/// All PostgreSQL schemas of the service, in order.
#[must_use]
pub fn schemas() -> Vec<Schema> {
    vec![yiwang_chassis::SCHEMA, yiwang_casework::SCHEMA, SCHEMA]
}
