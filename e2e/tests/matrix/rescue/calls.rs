//! The hotline of a station.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::rescue::v1::{self as pb, calls_client::CallsClient};

use super::STATION;
use crate::rpc::{self, Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
) -> anyhow::Result<Outcome> {
    let mut client = CallsClient::new(channel);
    Ok(match rpc {
        "ListCalls" => {
            let message = pb::ListCallsRequest {
                station: STATION.to_owned(),
                ..Default::default()
            };
            send!(client.list_calls(message), token)
        }
        "GetCall" => {
            let message = pb::GetCallRequest::default();
            send!(client.get_call(message), token)
        }
        "RecordCall" => {
            let message = pb::RecordCallRequest {
                idempotency_key: rpc::key(),
                station: STATION.to_owned(),
                ..Default::default()
            };
            send!(client.record_call(message), token)
        }
        "FollowCall" => {
            let message = pb::FollowCallRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.follow_call(message), token)
        }
        "EraseRecording" => {
            let message = pb::EraseRecordingRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.erase_recording(message), token)
        }
        other => bail!("no message for {other}: extend rescue/calls.rs"),
    })
}
