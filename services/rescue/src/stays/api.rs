//! The gRPC service `Stations`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_civic::division;
use yiwang_proto::rescue::v1::{self as pb, stations_server};

use super::{WATCHERS, board, lists, save, stations, worked_at};

/// Serves stations, boards, places, articles, care and belongings.
#[derive(Clone)]
pub struct StationsService {
    runtime: Arc<Runtime>,
}

impl StationsService {
    /// Serves the stations of `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }

    async fn stations(&self, request: pb::ListStationsRequest) -> Result<pb::StationList, Fault> {
        let scope = match request.division.trim() {
            "" => "",
            code => division::scope_prefix(code),
        };
        let mut conn = self.runtime.pool.acquire().await?;
        let stations = stations::list(&mut conn, scope).await?;
        Ok(pb::StationList {
            stations: stations.into_iter().map(save::station_out).collect(),
        })
    }

    async fn board(
        &self,
        caller: &Caller,
        request: pb::GetBoardRequest,
    ) -> Result<pb::StationBoard, Fault> {
        let rt = &self.runtime;
        let mut conn = rt.pool.acquire().await?;
        let station = worked_at(&mut conn, caller, &request.station, &WATCHERS).await?;
        board::of_station(rt, &mut conn, &station.code).await
    }
}

fn signed<T>(request: Request<T>) -> Result<(Caller, T), Fault> {
    let caller = identity::caller(&request)?;
    Ok((caller, request.into_inner()))
}

fn answer<T>(result: Result<T, Fault>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(Status::from)
}

#[tonic::async_trait]
impl stations_server::Stations for StationsService {
    async fn list_stations(
        &self,
        request: Request<pb::ListStationsRequest>,
    ) -> Result<Response<pb::StationList>, Status> {
        answer(self.stations(request.into_inner()).await)
    }

    async fn get_board(
        &self,
        request: Request<pb::GetBoardRequest>,
    ) -> Result<Response<pb::StationBoard>, Status> {
        let (caller, message) = signed(request)?;
        answer(self.board(&caller, message).await)
    }

    async fn list_places(
        &self,
        request: Request<pb::ListPlacesRequest>,
    ) -> Result<Response<pb::PlaceList>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::of_station(&self.runtime, &caller, message).await)
    }

    async fn get_head_count(
        &self,
        request: Request<pb::GetHeadCountRequest>,
    ) -> Result<Response<pb::HeadCount>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::head_count(&self.runtime, &caller, message).await)
    }

    async fn list_articles(
        &self,
        request: Request<pb::ListArticlesRequest>,
    ) -> Result<Response<pb::ArticleList>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::articles(&self.runtime, &caller, message).await)
    }

    async fn list_article_moves(
        &self,
        request: Request<pb::ListArticleMovesRequest>,
    ) -> Result<Response<pb::ArticleMoveList>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::moves(&self.runtime, &caller, message).await)
    }

    async fn move_stock(
        &self,
        request: Request<pb::MoveStockRequest>,
    ) -> Result<Response<pb::Article>, Status> {
        let (caller, message) = signed(request)?;
        answer(save::stock(&self.runtime, &caller, message).await)
    }

    async fn serve_meal(
        &self,
        request: Request<pb::ServeMealRequest>,
    ) -> Result<Response<pb::MealServed>, Status> {
        let (caller, message) = signed(request)?;
        answer(save::serve(&self.runtime, &caller, message).await)
    }

    async fn list_care(
        &self,
        request: Request<pb::ListCareRequest>,
    ) -> Result<Response<pb::CareList>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::care(&self.runtime, &caller, message).await)
    }

    async fn list_belongings(
        &self,
        request: Request<pb::ListBelongingsRequest>,
    ) -> Result<Response<pb::BelongingList>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::belongings(&self.runtime, &caller, message).await)
    }

    async fn save_station(
        &self,
        request: Request<pb::SaveStationRequest>,
    ) -> Result<Response<pb::Station>, Status> {
        let (caller, message) = signed(request)?;
        answer(save::station(&self.runtime, &caller, message).await)
    }

    async fn save_place(
        &self,
        request: Request<pb::SavePlaceRequest>,
    ) -> Result<Response<pb::Place>, Status> {
        let (caller, message) = signed(request)?;
        answer(save::place(&self.runtime, &caller, message).await)
    }

    async fn save_article(
        &self,
        request: Request<pb::SaveArticleRequest>,
    ) -> Result<Response<pb::Article>, Status> {
        let (caller, message) = signed(request)?;
        answer(save::save_article(&self.runtime, &caller, message).await)
    }
}
