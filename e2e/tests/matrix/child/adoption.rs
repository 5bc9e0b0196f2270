//! Matching, notices, archive, figures.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::child::v1::{self as pb, adoption_client::AdoptionClient};

use super::{COUNTY, REASON};
use crate::rpc::{self, Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
    number: &str,
) -> anyhow::Result<Outcome> {
    let mut client = AdoptionClient::new(channel);
    Ok(match rpc {
        "ListMatching" => {
            let message = pb::ListMatchingRequest {
                county: COUNTY.to_owned(),
            };
            send!(client.list_matching(message), token)
        }
        "ListSearchNotices" => {
            let message = pb::ListSearchNoticesRequest {
                county: COUNTY.to_owned(),
                ..Default::default()
            };
            send!(client.list_search_notices(message), token)
        }
        "RequestArchive" => {
            let message = pb::RequestArchiveRequest {
                idempotency_key: rpc::key(),
                case_number: number.to_owned(),
                reason: REASON.to_owned(),
                ..Default::default()
            };
            send!(client.request_archive(message), token)
        }
        "ApproveArchive" => {
            let message = pb::ApproveArchiveRequest {
                idempotency_key: rpc::key(),
                id: rpc::key(),
                reason: REASON.to_owned(),
                ..Default::default()
            };
            send!(client.approve_archive(message), token)
        }
        "OpenArchive" => {
            let message = pb::OpenArchiveRequest {
                case_number: number.to_owned(),
                reason: REASON.to_owned(),
            };
            send!(client.open_archive(message), token)
        }
        "ListArchiveRequests" => {
            let message = pb::ListArchiveRequestsRequest {
                county: COUNTY.to_owned(),
            };
            send!(client.list_archive_requests(message), token)
        }
        "GetFigures" => {
            let message = pb::GetFiguresRequest {
                county: COUNTY.to_owned(),
                ..Default::default()
            };
            send!(client.get_figures(message), token)
        }
        other => bail!("no message for {other}: extend child/adoption.rs"),
    })
}
