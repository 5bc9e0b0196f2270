//! `yiwang ops keys`: the keys that sign tokens.

use std::sync::Arc;

use anyhow::anyhow;
use jiff::SignedDuration;
use yiwang_chassis::{clock::SystemClock, keys::Keys};
use yiwang_gateway::{Config, tokens::Keyring};

use crate::{
    services::{GATEWAY, Service},
    settings::Which,
};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Make a new signing key now; the present ones leave when their tokens have ended
    Rotate {
        /// Only say how many keys there are
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        which: Which,
    },
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    let Command::Rotate { dry_run, which } = command;
    let gateway = Service::parse(GATEWAY).map_err(anyhow::Error::msg)?;
    let (settings, pool) = super::open(&which, gateway).await?;
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
