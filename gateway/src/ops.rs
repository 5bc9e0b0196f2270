//! The gateway's part of `yiwang ops`: accounts and keys, without serving.

use std::sync::Arc;

use anyhow::Context as _;
use jiff::SignedDuration;
use secrecy::SecretString;
use sqlx::PgPool;
use yiwang_chassis::{
    clock::{SharedClock, SystemClock},
    db,
    keys::Keys,
};

use crate::{
    account::Accounts,
    config::Config,
    crypto::{self, Vault},
    one_thing::backfill::backfill,
    schemas,
    start::vault,
    tokens::Keyring,
};

pub use crate::one_thing::repair::{Stuck, StuckSteps};

/// What an operator works on.
pub struct Ops {
    /// Create staff, change grants, disable, unlock, reset.
    pub accounts: Accounts,
    /// Rotate the keys that sign access tokens.
    pub keyring: Keyring,
}

impl Ops {
    /// Opens the gateway's database with the keys of its configuration.
    ///
    /// # Errors
    /// When keys or database cannot be used.
    pub async fn open(config: &Config) -> anyhow::Result<Self> {
        let (pool, vault) = opened(config).await?;
        let clock: SharedClock = Arc::new(SystemClock);
        let issuer = config.http.public_url.clone();
        let lifetime = SignedDuration::try_from(config.sessions.access_token)?;
        let keyring =
            Keyring::open(pool.clone(), vault.clone(), clock.clone(), issuer, lifetime).await?;
        let accounts = Accounts::new(pool, vault, clock)?;
        Ok(Self { accounts, keyring })
    }
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
