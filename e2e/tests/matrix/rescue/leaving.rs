//! Journeys home, foster institutions, the return rate.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::rescue::v1::{self as pb, leaving_client::LeavingClient};

use crate::rpc::{self, Outcome, send};

/// The township of the case.
const TOWNSHIP: &str = "420323100";

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
) -> anyhow::Result<Outcome> {
    let mut client = LeavingClient::new(channel);
    let division = TOWNSHIP.to_owned();
    Ok(match rpc {
        "ListLeaving" => {
            let message = pb::ListLeavingRequest {
                division,
                ..Default::default()
            };
            send!(client.list_leaving(message), token)
        }
        "ListInstitutions" => {
            let message = pb::ListInstitutionsRequest {
                division,
                ..Default::default()
            };
            send!(client.list_institutions(message), token)
        }
        "GetReturnFigures" => {
            let message = pb::GetReturnFiguresRequest {
                division,
                from: "2026-01-01".to_owned(),
                to: "2026-03-31".to_owned(),
            };
            send!(client.get_return_figures(message), token)
        }
        // Nothing is written down.
        "SaveInstitution" => {
            let message = pb::SaveInstitutionRequest {
                idempotency_key: rpc::key(),
                institution: Some(pb::Institution {
                    division,
                    ..Default::default()
                }),
            };
            send!(client.save_institution(message), token)
        }
        "CheckInstitution" => {
            let message = pb::CheckInstitutionRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.check_institution(message), token)
        }
        other => bail!("no message for {other}: extend rescue/leaving.rs"),
    })
}
