//! Search notices and the clocks of the search.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::rescue::v1::{self as pb, notices_client::NoticesClient};

use super::NOBODY;
use crate::rpc::{Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
) -> anyhow::Result<Outcome> {
    let mut client = NoticesClient::new(channel);
    Ok(match rpc {
        "ListNotices" => {
            let message = pb::ListNoticesRequest::default();
            send!(client.list_notices(message), token)
        }
        "GetNotice" => {
            let message = pb::GetNoticeRequest::default();
            send!(client.get_notice(message), token)
        }
        "GetNoticePhoto" => {
            let message = pb::GetNoticePhotoRequest::default();
            send!(client.get_notice_photo(message), token)
        }
        "ListSearchDuties" => {
            let message = pb::ListSearchDutiesRequest {
                case_number: NOBODY.to_owned(),
            };
            send!(client.list_search_duties(message), token)
        }
        "ListLateSearchDuties" => {
            let message = pb::ListLateSearchDutiesRequest::default();
            send!(client.list_late_search_duties(message), token)
        }
        other => bail!("no message for {other}: extend rescue/notices.rs"),
    })
}
