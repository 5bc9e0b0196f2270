//! What every Yiwang process needs and no domain knows.
//!
//! The chassis gives verbs, not a framework: a service reads its configuration,
//! connects, spawns its tasks on the [`lifecycle`] and serves gRPC, each in one
//! visible line of its own `start` function.
//!
//! - to run: [`config`], [`keys`], [`telemetry`], [`lifecycle`], [`db`], [`grpc`], [`admin`]
//! - to be trusted: [`identity`], [`verifier`], [`audit`], [`fault`]
//! - to tell others what happened, surely and once: [`outbox`], [`broker`],
//!   [`inbox`], [`dead_letter`], [`reconcile`], [`idempotency`]
//! - to ask others: [`department`]
//! - to prove it: [`testing`], [`servers`], [`failpoint`]
//!
//! Time and identifiers are arguments: [`clock::Clock`] is injected, and
//! [`ids::new`] takes the instant.

pub mod admin;
pub mod audit;
pub mod broker;
pub mod clock;
pub mod config;
pub mod db;
pub mod dead_letter;
pub mod department;
mod envelope;
pub mod failpoint;
pub mod fault;
pub mod grpc;
pub mod idempotency;
pub mod identity;
pub mod ids;
pub mod inbox;
pub mod journal;
pub mod keys;
mod leader;
pub mod lifecycle;
pub mod outbox;
pub mod reconcile;
pub mod servers;
pub mod telemetry;
pub mod testing;
pub mod verifier;

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// The chassis's own tables (outbox, inbox, audit, idempotency), one copy in
/// each service database.
pub const SCHEMA: db::Schema = db::Schema {
    name: "chassis",
    migrator: &MIGRATOR,
};

/// Makes ring the TLS provider of this process; further calls change nothing.
pub fn install_tls_provider() {
    // An error means that a provider is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
