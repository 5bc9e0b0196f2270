//! Patrols, encounters, campaigns.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::rescue::v1::{self as pb, patrols_client::PatrolsClient};

use super::STATION;
use crate::rpc::{self, Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
) -> anyhow::Result<Outcome> {
    let mut client = PatrolsClient::new(channel);
    Ok(match rpc {
        "PlanPatrol" => {
            let message = pb::PlanPatrolRequest {
                idempotency_key: rpc::key(),
                station: STATION.to_owned(),
                ..Default::default()
            };
            send!(client.plan_patrol(message), token)
        }
        "GetPatrol" => {
            let message = pb::GetPatrolRequest::default();
            send!(client.get_patrol(message), token)
        }
        "ListPatrols" => {
            let message = pb::ListPatrolsRequest {
                station: STATION.to_owned(),
                ..Default::default()
            };
            send!(client.list_patrols(message), token)
        }
        "StartPatrol" => {
            let message = pb::ChangePatrolRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.start_patrol(message), token)
        }
        "FinishPatrol" => {
            let message = pb::ChangePatrolRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.finish_patrol(message), token)
        }
        "CancelPatrol" => {
            let message = pb::ChangePatrolRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.cancel_patrol(message), token)
        }
        "CheckIn" => {
            let message = pb::CheckInRequest::default();
            send!(client.check_in(message), token)
        }
        "ListCheckIns" => {
            let message = pb::ListCheckInsRequest::default();
            send!(client.list_check_ins(message), token)
        }
        "SyncEncounters" => {
            let message = pb::SyncEncountersRequest {
                station: STATION.to_owned(),
                ..Default::default()
            };
            send!(client.sync_encounters(message), token)
        }
        "ListEncounters" => {
            let message = pb::ListEncountersRequest {
                station: STATION.to_owned(),
                ..Default::default()
            };
            send!(client.list_encounters(message), token)
        }
        "GetEncounter" => {
            let message = pb::GetEncounterRequest::default();
            send!(client.get_encounter(message), token)
        }
        "SettleConflict" => {
            let message = pb::SettleConflictRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.settle_conflict(message), token)
        }
        "ReceiveEncounter" => {
            let message = pb::ReceiveEncounterRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.receive_encounter(message), token)
        }
        "TellOfSomebody" => {
            let message = pb::TellOfSomebodyRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.tell_of_somebody(message), token)
        }
        "ListCampaigns" => {
            let message = pb::ListCampaignsRequest::default();
            send!(client.list_campaigns(message), token)
        }
        "PlanCampaign" => {
            let message = pb::PlanCampaignRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.plan_campaign(message), token)
        }
        "EndCampaign" => {
            let message = pb::EndCampaignRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.end_campaign(message), token)
        }
        "ListAlerts" => {
            let message = pb::ListAlertsRequest::default();
            send!(client.list_alerts(message), token)
        }
        other => bail!("no message for {other}: extend rescue/patrols.rs"),
    })
}
