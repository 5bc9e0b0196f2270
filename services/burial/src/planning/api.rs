//! The gRPC service `Planning`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_proto::burial::v1::{self as pb, planning_server};

use super::{coverage, facilities, graves, plans, report, zone_book};
use crate::{figures, inspection};

pub use planning_server::PlanningServer;

/// Serves plans, zones, figures and inspections.
#[derive(Clone)]
pub struct PlanningService {
    runtime: Arc<Runtime>,
}

impl PlanningService {
    /// Serves the plans of `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
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
impl planning_server::Planning for PlanningService {
    async fn get_figures(
        &self,
        request: Request<pb::GetBurialFiguresRequest>,
    ) -> Result<Response<pb::BurialFigures>, Status> {
        answer(figures::get(&self.runtime, request.into_inner()).await)
    }

    async fn get_coverage(
        &self,
        request: Request<pb::GetCoverageRequest>,
    ) -> Result<Response<pb::Coverage>, Status> {
        answer(coverage::get(&self.runtime, request.into_inner()).await)
    }

    async fn list_facilities(
        &self,
        request: Request<pb::ListFacilitiesRequest>,
    ) -> Result<Response<pb::FacilityList>, Status> {
        answer(facilities::list(&self.runtime, request.into_inner()).await)
    }

    async fn list_zones(
        &self,
        request: Request<pb::ListZonesRequest>,
    ) -> Result<Response<pb::ZoneList>, Status> {
        let caller = identity::maybe_caller(&request);
        answer(zone_book::list(&self.runtime, caller.as_ref(), request.into_inner()).await)
    }

    async fn list_plans(
        &self,
        request: Request<pb::ListPlansRequest>,
    ) -> Result<Response<pb::PlanList>, Status> {
        answer(plans::list(&self.runtime, request.into_inner()).await)
    }

    async fn list_draws(
        &self,
        request: Request<pb::ListDrawsRequest>,
    ) -> Result<Response<pb::DrawList>, Status> {
        answer(inspection::list(&self.runtime, request.into_inner()).await)
    }

    async fn replay_draw(
        &self,
        request: Request<pb::ReplayDrawRequest>,
    ) -> Result<Response<pb::DrawReplay>, Status> {
        answer(inspection::replay(&self.runtime, request.into_inner()).await)
    }

    async fn get_grave_progress(
        &self,
        request: Request<pb::GetGraveProgressRequest>,
    ) -> Result<Response<pb::GraveProgress>, Status> {
        answer(graves::progress(&self.runtime, request.into_inner()).await)
    }

    async fn save_facility(
        &self,
        request: Request<pb::SaveFacilityRequest>,
    ) -> Result<Response<pb::PlannedFacility>, Status> {
        let (caller, message) = signed(request)?;
        answer(facilities::save(&self.runtime, &caller, message).await)
    }

    async fn save_zone(
        &self,
        request: Request<pb::SaveZoneRequest>,
    ) -> Result<Response<pb::Zone>, Status> {
        let (caller, message) = signed(request)?;
        answer(zone_book::save(&self.runtime, &caller, message).await)
    }

    async fn announce_zone(
        &self,
        request: Request<pb::AnnounceZoneRequest>,
    ) -> Result<Response<pb::Zone>, Status> {
        let (caller, message) = signed(request)?;
        answer(zone_book::announce(&self.runtime, &caller, message).await)
    }

    async fn end_zone(
        &self,
        request: Request<pb::EndZoneRequest>,
    ) -> Result<Response<pb::Zone>, Status> {
        let (caller, message) = signed(request)?;
        answer(zone_book::end(&self.runtime, &caller, message).await)
    }

    async fn save_plan(
        &self,
        request: Request<pb::SavePlanRequest>,
    ) -> Result<Response<pb::Plan>, Status> {
        let (caller, message) = signed(request)?;
        answer(plans::save(&self.runtime, &caller, message).await)
    }

    async fn report_year(
        &self,
        request: Request<pb::ReportYearRequest>,
    ) -> Result<Response<pb::Plan>, Status> {
        let (caller, message) = signed(request)?;
        answer(report::make(&self.runtime, &caller, message).await)
    }

    async fn prepare_draw(
        &self,
        request: Request<pb::PrepareDrawRequest>,
    ) -> Result<Response<pb::Draw>, Status> {
        let (caller, message) = signed(request)?;
        answer(inspection::prepare(&self.runtime, &caller, message).await)
    }

    async fn run_draw(
        &self,
        request: Request<pb::RunDrawRequest>,
    ) -> Result<Response<pb::Draw>, Status> {
        let (caller, message) = signed(request)?;
        answer(inspection::run(&self.runtime, &caller, message).await)
    }
}
