//! The gateway's part of `yiwang ops`, without serving.

use std::sync::Arc;

use anyhow::Context as _;
use secrecy::SecretString;
use sqlx::PgPool;
use yiwang_chassis::{clock::SystemClock, db, keys::Keys};

use crate::{
    account::Accounts,
    config::Config,
    crypto::{self, Vault},
    one_thing::backfill::backfill,
    schemas,
    start::vault,
};

pub use crate::one_thing::repair::{Stuck, StuckSteps};

/// Accounts, to be created, changed and closed without serving.
///
/// # Errors
/// When keys or database cannot be used.
pub async fn accounts(config: &Config) -> anyhow::Result<Accounts> {
    let (pool, vault) = opened(config).await?;
    Accounts::new(pool, vault, Arc::new(SystemClock))
}

/// Takes into the gateway's database `pool` what the events in a service's outbox tell of persons,
/// for one-things that wait for it; the same again changes nothing. Returns how many events tell
/// something; a dry run takes nothing.
///
/// # Errors
/// When a database is away, or an event cannot be read.
pub async fn facts_from(pool: &PgPool, source: &PgPool, dry_run: bool) -> anyhow::Result<u64> {
    backfill(pool, source, dry_run).await
}

/// The stuck steps of one-things, with database and keys of `config`.
///
/// # Errors
/// When keys or database cannot be used.
pub async fn stuck_steps(config: &Config) -> anyhow::Result<StuckSteps> {
    let (pool, vault) = opened(config).await?;
    Ok(StuckSteps { pool, vault })
}

async fn opened(config: &Config) -> anyhow::Result<(PgPool, Arc<Vault>)> {
    let vault = Arc::new(vault(&Keys::load(&config.keys.dir)?)?);
    let pool = db::connect(&config.database)
        .await
        .context("cannot reach the database")?;
    db::check(&pool, &schemas()).await?;
    Ok((pool, vault))
}

/// A password nobody can guess, to be handed over in person.
#[must_use]
pub fn random_password() -> SecretString {
    crypto::random_token()
}
