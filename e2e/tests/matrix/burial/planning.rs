//! What a county asks the burial service: `rpc Planning.X`. Things of nobody and empty forms.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_e2e::TOWNSHIP;
use yiwang_proto::burial::v1::{self as pb, planning_client::PlanningClient};

use crate::{
    rpc::{self, Outcome, send},
    scene::Ids,
};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
    ids: &Ids,
) -> anyhow::Result<Outcome> {
    let mut client = PlanningClient::new(channel);
    let idempotency_key = rpc::key();
    let id = ids.session.clone();
    let county = TOWNSHIP.get(..6).unwrap_or_default().to_owned();
    let division = county.clone();
    Ok(match rpc {
        "GetFigures" => {
            let message = pb::GetBurialFiguresRequest::default();
            send!(client.get_figures(message), token)
        }
        "GetCoverage" => {
            let message = pb::GetCoverageRequest { division };
            send!(client.get_coverage(message), token)
        }
        "ListFacilities" => {
            let message = pb::ListFacilitiesRequest { division };
            send!(client.list_facilities(message), token)
        }
        "ListZones" => send!(client.list_zones(pb::ListZonesRequest { division }), token),
        "ListPlans" => send!(client.list_plans(pb::ListPlansRequest { division }), token),
        "ListDraws" => send!(client.list_draws(pb::ListDrawsRequest { division }), token),
        "ReplayDraw" => send!(client.replay_draw(pb::ReplayDrawRequest { id }), token),
        "GetGraveProgress" => {
            let message = pb::GetGraveProgressRequest { division };
            send!(client.get_grave_progress(message), token)
        }
        "SaveFacility" => {
            let message = pb::SaveFacilityRequest {
                idempotency_key,
                ..Default::default()
            };
            send!(client.save_facility(message), token)
        }
        "SaveZone" => {
            let message = pb::SaveZoneRequest {
                idempotency_key,
                ..Default::default()
            };
            send!(client.save_zone(message), token)
        }
        "AnnounceZone" => {
            let message = pb::AnnounceZoneRequest {
                idempotency_key,
                id,
                ..Default::default()
            };
            send!(client.announce_zone(message), token)
        }
        "EndZone" => {
            let message = pb::EndZoneRequest {
                idempotency_key,
                id,
                ..Default::default()
            };
            send!(client.end_zone(message), token)
        }
        "SavePlan" => {
            let message = pb::SavePlanRequest {
                idempotency_key,
                county,
                ..Default::default()
            };
            send!(client.save_plan(message), token)
        }
        "ReportYear" => {
            let message = pb::ReportYearRequest {
                idempotency_key,
                county,
                year: 1949,
            };
            send!(client.report_year(message), token)
        }
        "PrepareDraw" => {
            let message = pb::PrepareDrawRequest {
                idempotency_key,
                county,
                ..Default::default()
            };
            send!(client.prepare_draw(message), token)
        }
        "RunDraw" => {
            let message = pb::RunDrawRequest {
                idempotency_key,
                id,
            };
            send!(client.run_draw(message), token)
        }
        other => bail!("no message for {other}: extend planning.rs"),
    })
}
