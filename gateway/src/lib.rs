//! The gateway: the only login, the portal, the REST interface.
//!
//! ```text
//! browser ── cookie ──┐                              ┌─> assistance (gRPC)
//!                     ├─> gate ─> page or REST ──────┤    token for exactly it
//! program ── bearer ──┘    │                         └─> …
//!                          └─ session row: revocation takes effect at once
//! events ─> inbox ─> messages
//! ```
//! One table of routes ([`route`]) makes the router, the gate, the OpenAPI
//! document and the authorisation matrix. Its own facts (accounts, sessions,
//! files, messages) live in the PostgreSQL schema `gateway`.

use yiwang_chassis::db::Schema;

pub mod account;
mod audit;
mod callbacks;
mod certificates;
pub mod clients;
pub mod config;
mod crypto;
pub mod demo;
pub mod error;
mod housekeeping;
pub mod messages;
mod notifier;
mod one_thing;
mod openapi;
mod ops;
mod portal;
mod rating;
mod reply;
mod rest;
pub mod route;
pub mod security;
pub mod session;
mod start;
pub mod state;
pub mod tokens;
pub mod uploads;

pub use config::Config;
pub use crypto::Vault;
pub use ops::{Stuck, StuckSteps, accounts, facts_from, random_password, stuck_steps};
pub use start::{build, router, routes, start, vault};
pub use state::AppState;

/// The commented default configuration.
pub const DEFAULTS: &str = include_str!("config.default.toml");

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// The PostgreSQL schemas of the gateway's database, in order.
pub fn schemas() -> Vec<Schema> {
    vec![
        yiwang_chassis::SCHEMA,
        Schema {
            name: "gateway",
            migrator: &MIGRATOR,
        },
    ]
}
