//! The rescue service beyond its cases: `rpc Stations.X`, and those of search and street.

mod calls;
mod easily_lost;
mod kin;
mod leaving;
mod notices;
mod patrols;
mod stations;

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_e2e::{Program, Suite};

use crate::rpc::{self, Outcome};

/// The station in the township of the case.
pub(crate) const STATION: &str = "420323100-JZ01";
/// A stay that nobody opened.
const NOBODY: &str = "JZ0";
/// Why somebody searches.
const PURPOSE: &str = "为站内受助人员寻找亲属";
/// Audience of its tokens.
pub(crate) const NAME: &str = "rescue";
/// Its contracts beyond the cases.
pub(crate) const CONTRACTS: [&str; 7] = [
    "Calls",
    "EasilyLost",
    "Kin",
    "Leaving",
    "Notices",
    "Patrols",
    "Stations",
];

/// A second process of the service, which believes our issuer.
pub(crate) struct Rescue {
    channel: Channel,
    // Dropped with us.
    _program: Program,
}

impl Rescue {
    /// Starts it.
    pub(crate) async fn start(suite: &Suite, keys_url: &str) -> anyhow::Result<Self> {
        let (program, channel) = rpc::second(suite, NAME, keys_url).await?;
        Ok(Self {
            channel,
            _program: program,
        })
    }
}

/// Makes the call `Contract.Rpc`.
pub(crate) async fn call(
    service: &Rescue,
    name: &str,
    token: Option<&str>,
) -> anyhow::Result<Outcome> {
    let channel = service.channel.clone();
    match name.split_once('.') {
        Some(("Calls", rpc)) => calls::call(channel, rpc, token).await,
        Some(("EasilyLost", rpc)) => easily_lost::call(channel, rpc, token).await,
        Some(("Kin", rpc)) => kin::call(channel, rpc, token).await,
        Some(("Leaving", rpc)) => leaving::call(channel, rpc, token).await,
        Some(("Notices", rpc)) => notices::call(channel, rpc, token).await,
        Some(("Patrols", rpc)) => patrols::call(channel, rpc, token).await,
        Some(("Stations", rpc)) => stations::call(channel, rpc, token).await,
        _ => bail!("no service for {name}: extend rescue.rs"),
    }
}
