//! The gRPC service `Places`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_civic::division;
use yiwang_proto::burial::v1::{self as pb, places_server};

use super::{area, edit, facility, facility_unknown, hold, keeper, stock, store, upkeep, view};

pub use places_server::PlacesServer;

/// Serves cemeteries and their places.
#[derive(Clone)]
pub struct PlacesService {
    runtime: Arc<Runtime>,
}

impl PlacesService {
    /// Serves the places of `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }

    async fn cemeteries(
        &self,
        request: pb::ListCemeteriesRequest,
    ) -> Result<pb::ListCemeteriesResponse, Fault> {
        let rt = &self.runtime;
        let scope = match request.division.trim() {
            "" => "",
            code => division::scope_prefix(code),
        };
        let mut conn = rt.pool.acquire().await?;
        let found = facility::list(&mut conn, scope, rt.now()).await?;
        let found = found
            .into_iter()
            .map(|(one, free)| view::cemetery(one, free));
        Ok(pb::ListCemeteriesResponse {
            cemeteries: found.collect(),
        })
    }

    async fn cemetery(&self, request: pb::GetCemeteryRequest) -> Result<pb::CemeteryDetail, Fault> {
        let rt = &self.runtime;
        let mut conn = rt.pool.acquire().await?;
        let found = facility::find(&mut conn, &request.code).await?;
        let found = found.ok_or_else(facility_unknown)?;
        let areas = store::areas(&mut conn, &found.code, None, rt.now()).await?;
        let free = areas.iter().map(|area| area.free).sum();
        let code = found.code.clone();
        let areas = areas.into_iter().map(|one| view::area(&code, one));
        Ok(pb::CemeteryDetail {
            areas: areas.collect(),
            cemetery: Some(view::cemetery(found, free)),
        })
    }

    async fn plan(&self, request: pb::GetPlanRequest) -> Result<pb::PlacePlan, Fault> {
        let rt = &self.runtime;
        let mut conn = rt.pool.acquire().await?;
        let found = facility::find(&mut conn, &request.facility).await?;
        let found = found.ok_or_else(facility_unknown)?;
        let name = request.area.trim();
        let area = area::shown(rt, &mut conn, &found, name).await?;
        let places = store::of_area(&mut conn, &found.code, name, rt.now()).await?;
        Ok(view::plan(area, &places))
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
impl places_server::Places for PlacesService {
    async fn list_cemeteries(
        &self,
        request: Request<pb::ListCemeteriesRequest>,
    ) -> Result<Response<pb::ListCemeteriesResponse>, Status> {
        answer(self.cemeteries(request.into_inner()).await)
    }

    async fn get_cemetery(
        &self,
        request: Request<pb::GetCemeteryRequest>,
    ) -> Result<Response<pb::CemeteryDetail>, Status> {
        answer(self.cemetery(request.into_inner()).await)
    }

    async fn get_plan(
        &self,
        request: Request<pb::GetPlanRequest>,
    ) -> Result<Response<pb::PlacePlan>, Status> {
        answer(self.plan(request.into_inner()).await)
    }

    async fn hold_spot(
        &self,
        request: Request<pb::HoldSpotRequest>,
    ) -> Result<Response<pb::SpotHold>, Status> {
        let (caller, message) = signed(request)?;
        answer(hold::take(&self.runtime, &caller, message).await)
    }

    async fn release_hold(
        &self,
        request: Request<pb::ReleaseHoldRequest>,
    ) -> Result<Response<pb::SpotHold>, Status> {
        let (caller, message) = signed(request)?;
        answer(hold::release(&self.runtime, &caller, message).await)
    }

    async fn list_own_holds(
        &self,
        request: Request<pb::ListOwnHoldsRequest>,
    ) -> Result<Response<pb::SpotHoldList>, Status> {
        let (caller, _) = signed(request)?;
        answer(hold::own(&self.runtime, &caller).await)
    }

    async fn save_area(
        &self,
        request: Request<pb::SaveAreaRequest>,
    ) -> Result<Response<pb::PlaceArea>, Status> {
        let (caller, message) = signed(request)?;
        answer(area::save(&self.runtime, &caller, message).await)
    }

    async fn open_area(
        &self,
        request: Request<pb::OpenAreaRequest>,
    ) -> Result<Response<pb::PlaceArea>, Status> {
        let (caller, message) = signed(request)?;
        answer(area::open(&self.runtime, &caller, message).await)
    }

    async fn edit_area(
        &self,
        request: Request<pb::EditAreaRequest>,
    ) -> Result<Response<pb::PlaceArea>, Status> {
        let (caller, message) = signed(request)?;
        answer(edit::edit(&self.runtime, &caller, message).await)
    }

    async fn close_area(
        &self,
        request: Request<pb::CloseAreaRequest>,
    ) -> Result<Response<pb::PlaceArea>, Status> {
        let (caller, message) = signed(request)?;
        answer(edit::close(&self.runtime, &caller, message).await)
    }

    async fn block_spot(
        &self,
        request: Request<pb::BlockSpotRequest>,
    ) -> Result<Response<pb::PlacedSpot>, Status> {
        let (caller, message) = signed(request)?;
        answer(upkeep::block(&self.runtime, &caller, message).await)
    }

    async fn inspect_spot(
        &self,
        request: Request<pb::InspectSpotRequest>,
    ) -> Result<Response<pb::PlacedSpot>, Status> {
        let (caller, message) = signed(request)?;
        answer(upkeep::inspect(&self.runtime, &caller, message).await)
    }

    async fn take_stock(
        &self,
        request: Request<pb::TakeStockRequest>,
    ) -> Result<Response<pb::StockTaking>, Status> {
        let (caller, message) = signed(request)?;
        answer(stock::take(&self.runtime, &caller, message).await)
    }

    async fn list_stock_takings(
        &self,
        request: Request<pb::ListStockTakingsRequest>,
    ) -> Result<Response<pb::StockTakingList>, Status> {
        let (caller, message) = signed(request)?;
        answer(stock::list(&self.runtime, &caller, message).await)
    }

    async fn get_keeper_list(
        &self,
        request: Request<pb::GetKeeperListRequest>,
    ) -> Result<Response<pb::KeeperList>, Status> {
        let (caller, message) = signed(request)?;
        answer(keeper::list(&self.runtime, &caller, message).await)
    }
}
