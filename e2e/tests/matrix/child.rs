//! The child service beyond its cases: `rpc Welfare.X`, and those of protection and adoption.

mod adoption;
mod entitlements;
mod projects;
mod protection;
mod tasks;
mod welfare;

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_e2e::{Program, Suite};
use yiwang_proto::casework::v1::casework_client::CaseworkClient;

use crate::rpc::{self, Outcome};

/// Where the case is.
const TOWNSHIP: &str = "420323100";
/// Its county.
const COUNTY: &str = "420323";
/// A case that nobody opened.
pub(crate) const NOBODY: &str = "GA0";
/// Why somebody asks.
const REASON: &str = "核对个案情况";
/// Audience of its tokens.
pub(crate) const NAME: &str = "child";
/// Its contracts beyond the cases.
pub(crate) const CONTRACTS: [&str; 6] = [
    "Adoption",
    "Entitlements",
    "Projects",
    "Protection",
    "Tasks",
    "Welfare",
];

/// A second process of the service, which believes our issuer.
pub(crate) struct Child {
    channel: Channel,
    // Dropped with us.
    _program: Program,
}

impl Child {
    /// The contract that all services have, of this one.
    pub(crate) fn casework(&self) -> CaseworkClient<Channel> {
        CaseworkClient::new(self.channel.clone())
    }

    /// Starts it.
    pub(crate) async fn start(suite: &Suite, keys_url: &str) -> anyhow::Result<Self> {
        let (program, channel) = rpc::second(suite, NAME, keys_url).await?;
        Ok(Self {
            channel,
            _program: program,
        })
    }
}

/// Makes the call `Contract.Rpc`, about a case where it is about one.
pub(crate) async fn call(
    service: &Child,
    name: &str,
    token: Option<&str>,
    number: &str,
) -> anyhow::Result<Outcome> {
    let channel = service.channel.clone();
    match name.split_once('.') {
        Some(("Adoption", rpc)) => adoption::call(channel, rpc, token, number).await,
        Some(("Entitlements", rpc)) => entitlements::call(channel, rpc, token, number).await,
        Some(("Projects", rpc)) => projects::call(channel, rpc, token, number).await,
        Some(("Protection", rpc)) => protection::call(channel, rpc, token, number).await,
        Some(("Tasks", rpc)) => tasks::call(channel, rpc, token).await,
        Some(("Welfare", rpc)) => welfare::call(channel, rpc, token, number).await,
        _ => bail!("no service for {name}: extend child.rs"),
    }
}
