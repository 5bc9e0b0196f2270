//! Reports, workbench, placements.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::child::v1::{self as pb, protection_client::ProtectionClient};

use super::{REASON, TOWNSHIP};
use crate::rpc::{self, Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
    number: &str,
) -> anyhow::Result<Outcome> {
    let mut client = ProtectionClient::new(channel);
    Ok(match rpc {
        "Report" => {
            let message = pb::ReportRequest {
                idempotency_key: rpc::key(),
                division: TOWNSHIP.to_owned(),
                ..Default::default()
            };
            send!(client.report(message), token)
        }
        "GetReceipt" => {
            let message = pb::GetReceiptRequest::default();
            send!(client.get_receipt(message), token)
        }
        "ListReports" => {
            let message = pb::ListReportsRequest {
                division: TOWNSHIP.to_owned(),
            };
            send!(client.list_reports(message), token)
        }
        "RevealReporter" => {
            let message = pb::RevealReporterRequest {
                case_number: number.to_owned(),
                reason: REASON.to_owned(),
            };
            send!(client.reveal_reporter(message), token)
        }
        "GetPlacement" => {
            let message = pb::GetPlacementRequest {
                case_number: number.to_owned(),
            };
            send!(client.get_placement(message), token)
        }
        "ListCustody" => {
            let message = pb::ListCustodyRequest {
                division: TOWNSHIP.to_owned(),
            };
            send!(client.list_custody(message), token)
        }
        "ListCases" => {
            let message = pb::ListProtectionCasesRequest {
                division: TOWNSHIP.to_owned(),
                ..Default::default()
            };
            send!(client.list_cases(message), token)
        }
        "GetWorkbench" => {
            let message = pb::GetWorkbenchRequest {
                case_number: number.to_owned(),
            };
            send!(client.get_workbench(message), token)
        }
        other => bail!("no message for {other}: extend child/protection.rs"),
    })
}
