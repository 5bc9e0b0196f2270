//! `yiwang ops`: one command for each repair. Each may be repeated without harm;
//! what changes something knows `--dry-run`.

mod accounts;
mod audit;
mod certificate;
mod dead_letters;
mod facts;
mod keys;
mod numbers;
mod one_things;
mod outbox;
mod payments;
mod portal;
mod reconcile;

pub(crate) use reconcile::nightly;

use anyhow::Context;
use sqlx::PgPool;
use yiwang_chassis::db;

use crate::{
    services::Service,
    settings::{Settings, Which},
};

/// Look into and repair a running installation
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Accounts of officers and citizens
    #[command(subcommand)]
    Accounts(accounts::Command),
    /// The audit log
    #[command(subcommand)]
    Audit(audit::Command),
    /// Electronic certificates
    #[command(subcommand)]
    Certificate(certificate::Command),
    /// Events that a consumer gave up
    #[command(subcommand)]
    DeadLetters(dead_letters::Command),
    /// Events on their way out
    #[command(subcommand)]
    Outbox(outbox::Command),
    /// Give one-things what the services' outboxes still tell of persons: for a new gateway beside
    /// services that have run for longer than the stream keeps events, or one that lost its facts
    Facts(facts::Command),
    /// Steps of one-things that are stuck
    #[command(subcommand)]
    OneThings(one_things::Command),
    /// Keys
    #[command(subcommand)]
    Keys(keys::Command),
    /// Payments of social assistance
    #[command(subcommand)]
    Payments(payments::Command),
    /// Ask the portal for its home page, its keys and an item of each service
    Portal(portal::Command),
    /// Numbers of cases, certificates and batches, after a restore
    #[command(subcommand)]
    Numbers(numbers::Command),
    /// Compare the services with each other: dead but paid, married but single, a child without
    /// owner or place; exits 1 when something does not agree. Run it every night
    Reconcile(reconcile::Command),
}

/// Runs one repair.
pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Accounts(command) => accounts::run(command).await,
        Command::Audit(command) => audit::run(command).await,
        Command::Certificate(command) => certificate::run(command),
        Command::DeadLetters(command) => dead_letters::run(command).await,
        Command::Outbox(command) => outbox::run(command).await,
        Command::Facts(command) => facts::run(command).await,
        Command::OneThings(command) => one_things::run(command).await,
        Command::Keys(command) => keys::run(command).await,
        Command::Numbers(command) => numbers::run(command).await,
        Command::Payments(command) => payments::run(command).await,
        Command::Portal(command) => portal::run(command).await,
        Command::Reconcile(command) => reconcile::run(command).await,
    }
}

/// A service's settings and its database.
async fn open(which: &Which, service: &'static Service) -> anyhow::Result<(Settings, PgPool)> {
    let settings: Settings = which.source(service).load()?;
    let pool = db::connect(&settings.database).await.with_context(|| {
        format!(
            "{}: the database does not answer (is `yiwang up` running?)",
            service.name
        )
    })?;
    Ok((settings, pool))
}
