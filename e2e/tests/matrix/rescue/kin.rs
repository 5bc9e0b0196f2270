//! The relative search.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::rescue::v1::{self as pb, kin_client::KinClient};

use super::{NOBODY, PURPOSE};
use crate::rpc::{self, Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
) -> anyhow::Result<Outcome> {
    let mut client = KinClient::new(channel);
    Ok(match rpc {
        "SearchForStay" => {
            let message = pb::SearchForStayRequest {
                case_number: NOBODY.to_owned(),
                purpose: PURPOSE.to_owned(),
                ..Default::default()
            };
            send!(client.search_for_stay(message), token)
        }
        "SearchForReport" => {
            let message = pb::SearchForReportRequest {
                purpose: PURPOSE.to_owned(),
                ..Default::default()
            };
            send!(client.search_for_report(message), token)
        }
        "ListReports" => {
            let message = pb::ListReportsRequest::default();
            send!(client.list_reports(message), token)
        }
        "ImportReports" => {
            let message = pb::ImportReportsRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.import_reports(message), token)
        }
        "CompareView" => {
            let message = pb::CompareViewRequest {
                case_number: NOBODY.to_owned(),
                purpose: PURPOSE.to_owned(),
                ..Default::default()
            };
            send!(client.compare_view(message), token)
        }
        "PutFace" => {
            let message = pb::PutFaceRequest {
                idempotency_key: rpc::key(),
                case_number: NOBODY.to_owned(),
                ..Default::default()
            };
            send!(client.put_face(message), token)
        }
        "FollowReport" => {
            let message = pb::FollowReportRequest {
                case_number: NOBODY.to_owned(),
            };
            send!(client.follow_report(message), token)
        }
        other => bail!("no message for {other}: extend rescue/kin.rs"),
    })
}
