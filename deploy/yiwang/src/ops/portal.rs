//! `yiwang ops portal`: does the portal answer, and does it reach every service. For `helm test`, and
//! from outside for what stands in front.

use std::time::Duration;

use anyhow::{Context, ensure};
use reqwest::Client;
use tokio::time::{Instant, sleep};

/// How long an answer may be asked for again: a pod that has just started may not be known yet.
const PATIENCE: Duration = Duration::from_secs(20);
const LIMIT: Duration = Duration::from_secs(10);
const AGAIN: Duration = Duration::from_millis(500);
/// The home page, the keys for tokens, and an item of each service.
const PATHS: [&str; 7] = [
    "/",
    "/.well-known/jwks.json",
    "/api/v1/items/minimum-living",
    "/api/v1/items/marriage-registration",
    "/api/v1/items/funeral",
    "/api/v1/items/missing-person",
    "/api/v1/items/orphan",
];

#[derive(clap::Args)]
pub(crate) struct Command {
    /// The portal, e.g. `https://civil.example.gov`
    #[arg(long)]
    url: String,
}

pub(super) async fn run(Command { url }: Command) -> anyhow::Result<()> {
    let http = Client::builder().timeout(LIMIT).build()?;
    let base = url.trim_end_matches('/');
    for path in PATHS {
        answered(&http, &format!("{base}{path}")).await?;
        println!("{path}: there");
    }
    Ok(())
}

async fn answered(http: &Client, url: &str) -> anyhow::Result<()> {
    let until = Instant::now() + PATIENCE;
    loop {
        match answer(http, url).await {
            Err(_) if Instant::now() < until => sleep(AGAIN).await,
            done => return done.with_context(|| url.to_owned()),
        }
    }
}

async fn answer(http: &Client, url: &str) -> anyhow::Result<()> {
    let response = http.get(url).send().await?.error_for_status()?;
    ensure!(!response.bytes().await?.is_empty(), "an empty answer");
    Ok(())
}
