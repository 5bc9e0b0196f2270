//! 明天计划, 助学工程.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::child::v1::{self as pb, projects_client::ProjectsClient};

use super::TOWNSHIP;
use crate::rpc::{Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
    number: &str,
) -> anyhow::Result<Outcome> {
    let mut client = ProjectsClient::new(channel);
    Ok(match rpc {
        "ListPayments" => {
            let message = pb::ListProjectPaymentsRequest {
                case_number: number.to_owned(),
            };
            send!(client.list_payments(message), token)
        }
        "GetYear" => {
            let message = pb::GetYearRequest {
                division: TOWNSHIP.to_owned(),
                ..Default::default()
            };
            send!(client.get_year(message), token)
        }
        other => bail!("no message for {other}: extend child/projects.rs"),
    })
}
