//! The register of people easily lost.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::rescue::v1::{self as pb, easily_lost_client::EasilyLostClient};

use crate::rpc::{Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
) -> anyhow::Result<Outcome> {
    let mut client = EasilyLostClient::new(channel);
    Ok(match rpc {
        "ListEasilyLost" => {
            let message = pb::ListEasilyLostRequest::default();
            send!(client.list_easily_lost(message), token)
        }
        other => bail!("no message for {other}: extend rescue/easily_lost.rs"),
    })
}
