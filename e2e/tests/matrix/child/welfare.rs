//! Files, visits, directors, places.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::child::v1::{self as pb, welfare_client::WelfareClient};

use super::TOWNSHIP;
use crate::rpc::{self, Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
    number: &str,
) -> anyhow::Result<Outcome> {
    let mut client = WelfareClient::new(channel);
    Ok(match rpc {
        "GetDay" => {
            let message = pb::GetDayRequest {
                division: TOWNSHIP.to_owned(),
            };
            send!(client.get_day(message), token)
        }
        "SyncVisits" => {
            let message = pb::SyncVisitsRequest::default();
            send!(client.sync_visits(message), token)
        }
        "ListVisits" => {
            let message = pb::ListVisitsRequest {
                case_number: number.to_owned(),
            };
            send!(client.list_visits(message), token)
        }
        "ListFiles" => {
            let message = pb::ListFilesRequest {
                division: TOWNSHIP.to_owned(),
                ..Default::default()
            };
            send!(client.list_files(message), token)
        }
        "ListOverdue" => {
            let message = pb::ListOverdueRequest {
                division: TOWNSHIP.to_owned(),
            };
            send!(client.list_overdue(message), token)
        }
        "GetNetwork" => {
            let message = pb::GetNetworkRequest {
                case_number: number.to_owned(),
            };
            send!(client.get_network(message), token)
        }
        "ListVillages" => {
            let message = pb::ListVillagesRequest {
                division: TOWNSHIP.to_owned(),
            };
            send!(client.list_villages(message), token)
        }
        "SaveDirector" => {
            let message = pb::SaveDirectorRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.save_director(message), token)
        }
        "ListDirectors" => {
            let message = pb::ListDirectorsRequest {
                division: TOWNSHIP.to_owned(),
                ..Default::default()
            };
            send!(client.list_directors(message), token)
        }
        "AddTraining" => {
            let message = pb::AddTrainingRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.add_training(message), token)
        }
        "CheckRecord" => {
            let message = pb::CheckRecordRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.check_record(message), token)
        }
        "ListAllowances" => {
            let message = pb::ListAllowancesRequest {
                division: TOWNSHIP.to_owned(),
                ..Default::default()
            };
            send!(client.list_allowances(message), token)
        }
        "ListPlaces" => {
            let message = pb::ListPlacesRequest {
                division: TOWNSHIP.to_owned(),
                ..Default::default()
            };
            send!(client.list_places(message), token)
        }
        "SavePlace" => {
            let message = pb::SavePlaceRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.save_place(message), token)
        }
        "GetCoverage" => {
            let message = pb::GetCoverageRequest {
                division: TOWNSHIP.to_owned(),
            };
            send!(client.get_coverage(message), token)
        }
        other => bail!("no message for {other}: extend child/welfare.rs"),
    })
}
