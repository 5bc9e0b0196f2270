//! Online memorials: none is there, and nobody's card was seen.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::burial::v1::{self as pb, memorials_client::MemorialsClient};

use crate::rpc::{self, Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
) -> anyhow::Result<Outcome> {
    let mut client = MemorialsClient::new(channel);
    let idempotency_key = rpc::key();
    let code = "0".to_owned();
    Ok(match rpc {
        "GetMemorial" => {
            let message = pb::GetMemorialRequest { code };
            send!(client.get_memorial(message), token)
        }
        "FindMemorials" => {
            let name = "张德福".to_owned();
            let message = pb::FindMemorialsRequest { name };
            send!(client.find_memorials(message), token)
        }
        "OpenMemorial" => {
            let message = pb::OpenMemorialRequest {
                idempotency_key,
                ..Default::default()
            };
            send!(client.open_memorial(message), token)
        }
        "SaveMemorial" => {
            let message = pb::SaveMemorialRequest {
                idempotency_key,
                code,
                ..Default::default()
            };
            send!(client.save_memorial(message), token)
        }
        "ListOwnMemorials" => {
            let message = pb::ListOwnMemorialsRequest {};
            send!(client.list_own_memorials(message), token)
        }
        "LeaveOffering" => {
            let message = pb::LeaveOfferingRequest {
                idempotency_key,
                code,
                ..Default::default()
            };
            send!(client.leave_offering(message), token)
        }
        "SettleOffering" => {
            let message = pb::SettleOfferingRequest {
                idempotency_key,
                code,
                ..Default::default()
            };
            send!(client.settle_offering(message), token)
        }
        "TakeDownMemorial" => {
            let reasons = "核对".to_owned();
            let message = pb::TakeDownMemorialRequest {
                idempotency_key,
                code,
                reasons,
            };
            send!(client.take_down_memorial(message), token)
        }
        other => bail!("no message for {other}: extend burial/memorials.rs"),
    })
}
