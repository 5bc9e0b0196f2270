//! `yiwang ops keys`: the keys that sign tokens, and the one that signs certificates.

use std::sync::Arc;

use anyhow::anyhow;
use jiff::SignedDuration;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    keys::Keys,
};
use yiwang_gateway::{Config, tokens::Keyring};

use crate::{
    services::{GATEWAY, Service},
    settings::{Settings, Which},
};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Make a new signing key now. The present ones leave when their tokens have ended; that of
    /// certificates stays listed, and what it signed stays good
    Rotate {
        /// What is signed
        #[arg(value_enum, default_value_t = Signed::Tokens)]
        signed: Signed,
        /// Only say how many keys there are
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        which: Which,
    },
}

/// What a key signs.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Signed {
    /// Access tokens of the gateway
    Tokens,
    /// Electronic certificates
    #[value(alias = "certificates")]
    Certificate,
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    let Command::Rotate {
        signed,
        dry_run,
        which,
    } = command;
    match signed {
        Signed::Tokens => tokens(dry_run, &which).await,
        Signed::Certificate => certificate(dry_run, &which),
    }
}

fn certificate(dry_run: bool, which: &Which) -> anyhow::Result<()> {
    let gateway = Service::parse(GATEWAY).map_err(anyhow::Error::msg)?;
    let settings: Settings = which.source(gateway).load()?;
    let dir = settings.keys.dir;
    if dry_run {
        let keys = Keys::load(&dir)?.certificates.len();
        println!("{keys} keys check certificates; a new one would sign after a restart");
        return Ok(());
    }
    let keys = Keys::rotate_certificate(&dir, SystemClock.now())?;
    println!(
        "a new key signs certificates; {} retired ones still check them",
        keys.len().saturating_sub(1)
    );
    if let Some(until) = keys.iter().rev().find_map(|key| key.to) {
        println!(
            "restart every process before {until}, the gateway first: what a process signs with \
             the retired key after that is refused"
        );
    }
    println!(
        "back the key directory up, and tell those who check offline to fetch the new key set"
    );
    Ok(())
}

async fn tokens(dry_run: bool, which: &Which) -> anyhow::Result<()> {
    let gateway = Service::parse(GATEWAY).map_err(anyhow::Error::msg)?;
    let (settings, pool) = super::open(which, gateway).await?;
    if dry_run {
        let keys: i64 = sqlx::query_scalar(
            "select count(*) from gateway.signing_key where published_until is null",
        )
        .fetch_one(&pool)
        .await?;
        println!("{keys} keys sign now; a new one would take over within minutes");
        return Ok(());
    }
    let config: Config = which.source(gateway).load()?;
    let vault = yiwang_gateway::vault(&Keys::load(&settings.keys.dir)?)?;
    let lifetime = SignedDuration::try_from(config.sessions.access_token)?;
    let issuer = config.http.public_url;
    let clock = Arc::new(SystemClock);
    let keyring = Keyring::open(pool, Arc::new(vault), clock, issuer, lifetime).await;
    let kid = keyring.map_err(|fault| anyhow!("{fault}"))?.rotate().await;
    println!(
        "signing key {} takes over within minutes",
        kid.map_err(|fault| anyhow!("{fault}"))?
    );
    Ok(())
}
