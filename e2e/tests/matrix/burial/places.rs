//! Cemeteries: what everybody sees, and what their staff and county do.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::burial::v1::{self as pb, places_client::PlacesClient};

use super::CEMETERY;
use crate::rpc::{self, Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
) -> anyhow::Result<Outcome> {
    let mut client = PlacesClient::new(channel);
    Ok(match rpc {
        "ListCemeteries" => {
            let message = pb::ListCemeteriesRequest::default();
            send!(client.list_cemeteries(message), token)
        }
        "GetCemetery" => {
            let message = pb::GetCemeteryRequest {
                code: CEMETERY.to_owned(),
            };
            send!(client.get_cemetery(message), token)
        }
        "GetPlan" => {
            let message = pb::GetPlanRequest {
                facility: CEMETERY.to_owned(),
                ..Default::default()
            };
            send!(client.get_plan(message), token)
        }
        "HoldSpot" => {
            let message = pb::HoldSpotRequest {
                idempotency_key: rpc::key(),
                spot: "0".to_owned(),
            };
            send!(client.hold_spot(message), token)
        }
        "ReleaseHold" => {
            let message = pb::ReleaseHoldRequest {
                idempotency_key: rpc::key(),
                spot: "0".to_owned(),
            };
            send!(client.release_hold(message), token)
        }
        "ListOwnHolds" => {
            let message = pb::ListOwnHoldsRequest {};
            send!(client.list_own_holds(message), token)
        }
        "SaveArea" => {
            let message = pb::SaveAreaRequest {
                idempotency_key: rpc::key(),
                facility: CEMETERY.to_owned(),
                ..Default::default()
            };
            send!(client.save_area(message), token)
        }
        "OpenArea" => {
            let message = pb::OpenAreaRequest {
                idempotency_key: rpc::key(),
                facility: CEMETERY.to_owned(),
                area: "无此区".to_owned(),
            };
            send!(client.open_area(message), token)
        }
        "EditArea" => {
            let message = pb::EditAreaRequest {
                idempotency_key: rpc::key(),
                facility: CEMETERY.to_owned(),
                area: "无此区".to_owned(),
                ..Default::default()
            };
            send!(client.edit_area(message), token)
        }
        "CloseArea" => {
            let message = pb::CloseAreaRequest {
                idempotency_key: rpc::key(),
                facility: CEMETERY.to_owned(),
                area: "无此区".to_owned(),
                reason: "改建".to_owned(),
            };
            send!(client.close_area(message), token)
        }
        "BlockSpot" => {
            let message = pb::BlockSpotRequest {
                idempotency_key: rpc::key(),
                spot: "0".to_owned(),
                ..Default::default()
            };
            send!(client.block_spot(message), token)
        }
        "InspectSpot" => {
            let message = pb::InspectSpotRequest {
                idempotency_key: rpc::key(),
                spot: "0".to_owned(),
                note: "已清理".to_owned(),
            };
            send!(client.inspect_spot(message), token)
        }
        "TakeStock" => {
            let message = pb::TakeStockRequest {
                idempotency_key: rpc::key(),
                facility: "0".to_owned(),
                ..Default::default()
            };
            send!(client.take_stock(message), token)
        }
        "ListStockTakings" => {
            let message = pb::ListStockTakingsRequest {
                facility: CEMETERY.to_owned(),
            };
            send!(client.list_stock_takings(message), token)
        }
        "GetKeeperList" => {
            let message = pb::GetKeeperListRequest {
                facility: CEMETERY.to_owned(),
            };
            send!(client.get_keeper_list(message), token)
        }
        other => bail!("no message for {other}: extend burial/places.rs"),
    })
}
