//! Funeral homes: what everybody sees, and what the home and its county see.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::burial::v1::{self as pb, funerals_client::FuneralsClient};

use super::HOME;
use crate::rpc::{self, Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
) -> anyhow::Result<Outcome> {
    let mut client = FuneralsClient::new(channel);
    Ok(match rpc {
        "ListHomes" => {
            let message = pb::ListHomesRequest::default();
            send!(client.list_homes(message), token)
        }
        "ListFreeTimes" => {
            let message = pb::ListFreeTimesRequest {
                home: HOME.to_owned(),
                ..Default::default()
            };
            send!(client.list_free_times(message), token)
        }
        "GetBoard" => {
            let message = pb::GetBoardRequest {
                home: HOME.to_owned(),
                ..Default::default()
            };
            send!(client.get_board(message), token)
        }
        "ListResources" => {
            let message = pb::ListResourcesRequest {
                home: HOME.to_owned(),
            };
            send!(client.list_resources(message), token)
        }
        "SaveResource" => {
            let message = pb::SaveResourceRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.save_resource(message), token)
        }
        "ListHolds" => {
            let message = pb::ListHoldsRequest {
                home: HOME.to_owned(),
                all: true,
            };
            send!(client.list_holds(message), token)
        }
        other => bail!("no message for {other}: extend burial/funerals.rs"),
    })
}
