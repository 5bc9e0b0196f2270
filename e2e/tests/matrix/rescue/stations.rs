//! Stations: places, belongings, articles, the board of the day.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::rescue::v1::{self as pb, stations_client::StationsClient};

use super::{NOBODY, STATION};
use crate::rpc::{self, Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
) -> anyhow::Result<Outcome> {
    let mut client = StationsClient::new(channel);
    Ok(match rpc {
        "ListStations" => {
            let message = pb::ListStationsRequest::default();
            send!(client.list_stations(message), token)
        }
        "GetBoard" => {
            let message = pb::GetBoardRequest {
                station: STATION.to_owned(),
            };
            send!(client.get_board(message), token)
        }
        "ListPlaces" => {
            let message = pb::ListPlacesRequest {
                station: STATION.to_owned(),
                case_number: NOBODY.to_owned(),
                ..Default::default()
            };
            send!(client.list_places(message), token)
        }
        "GetHeadCount" => {
            let message = pb::GetHeadCountRequest {
                station: STATION.to_owned(),
                ..Default::default()
            };
            send!(client.get_head_count(message), token)
        }
        "ListArticles" => {
            let message = pb::ListArticlesRequest {
                station: STATION.to_owned(),
            };
            send!(client.list_articles(message), token)
        }
        "ListArticleMoves" => {
            let message = pb::ListArticleMovesRequest::default();
            send!(client.list_article_moves(message), token)
        }
        "MoveStock" => {
            let message = pb::MoveStockRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.move_stock(message), token)
        }
        "ServeMeal" => {
            let message = pb::ServeMealRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.serve_meal(message), token)
        }
        "ListCare" => {
            let message = pb::ListCareRequest {
                case_number: NOBODY.to_owned(),
            };
            send!(client.list_care(message), token)
        }
        "ListBelongings" => {
            let message = pb::ListBelongingsRequest {
                case_number: NOBODY.to_owned(),
            };
            send!(client.list_belongings(message), token)
        }
        "SaveStation" => {
            let message = pb::SaveStationRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.save_station(message), token)
        }
        "SavePlace" => {
            let message = pb::SavePlaceRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.save_place(message), token)
        }
        "SaveArticle" => {
            let message = pb::SaveArticleRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.save_article(message), token)
        }
        other => bail!("no message for {other}: extend rescue/stations.rs"),
    })
}
