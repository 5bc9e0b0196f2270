//! The gRPC service `Visits`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_civic::{division, time};
use yiwang_proto::burial::v1::{self as pb, visits_server};

use super::{book, cancel, day, day_of, enter, facility_unknown, rules, store, view, window};

pub use visits_server::VisitsServer;

/// Serves visits.
#[derive(Clone)]
pub struct VisitsService {
    runtime: Arc<Runtime>,
}

impl VisitsService {
    /// Serves the visits of `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }

    async fn facilities(
        &self,
        request: pb::ListVisitFacilitiesRequest,
    ) -> Result<pb::ListVisitFacilitiesResponse, Fault> {
        let rt = &self.runtime;
        let scope = match request.division.trim() {
            "" => "",
            code => division::scope_prefix(code),
        };
        let mut conn = rt.pool.acquire().await?;
        let mut facilities = Vec::new();
        for one in store::facilities(&mut conn, scope).await? {
            let rules = rules(rt, &one)?;
            facilities.push(view::facility(one, &rules));
        }
        Ok(pb::ListVisitFacilitiesResponse { facilities })
    }

    async fn days(
        &self,
        request: pb::ListVisitDaysRequest,
    ) -> Result<pb::ListVisitDaysResponse, Fault> {
        let rt = &self.runtime;
        let mut conn = rt.pool.acquire().await?;
        let facility = store::facility(&mut conn, &request.facility).await?;
        let facility = facility.ok_or_else(facility_unknown)?;
        let window = window(rt, &facility)?;
        let (from, to) = (rt.now(), time::end_of_day(window.last_day()));
        let taken = store::taken(&mut conn, &facility.code, from, to).await?;
        let days = window.days(&taken);
        Ok(pb::ListVisitDaysResponse {
            days: days.iter().map(view::day).collect(),
        })
    }

    async fn slots(
        &self,
        request: pb::ListVisitSlotsRequest,
    ) -> Result<pb::ListVisitSlotsResponse, Fault> {
        let rt = &self.runtime;
        let mut conn = rt.pool.acquire().await?;
        let facility = store::facility(&mut conn, &request.facility).await?;
        let facility = facility.ok_or_else(facility_unknown)?;
        let day = day_of(&request.day)?;
        let window = window(rt, &facility)?;
        if let Some((_, why)) = window.refusal(day) {
            return Ok(pb::ListVisitSlotsResponse {
                slots: vec![],
                closed: why,
            });
        }
        let (from, to) = (time::start_of_day(day), time::end_of_day(day));
        let taken = store::taken(&mut conn, &facility.code, from, to).await?;
        let slots = window.slots(day, &taken);
        let closed = match slots.is_empty() {
            true => "今天的时间都过了，请换一天。".to_owned(),
            false => String::new(),
        };
        Ok(pb::ListVisitSlotsResponse {
            slots: slots.iter().map(view::slot).collect(),
            closed,
        })
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
impl visits_server::Visits for VisitsService {
    async fn list_visit_facilities(
        &self,
        request: Request<pb::ListVisitFacilitiesRequest>,
    ) -> Result<Response<pb::ListVisitFacilitiesResponse>, Status> {
        answer(self.facilities(request.into_inner()).await)
    }

    async fn list_visit_days(
        &self,
        request: Request<pb::ListVisitDaysRequest>,
    ) -> Result<Response<pb::ListVisitDaysResponse>, Status> {
        answer(self.days(request.into_inner()).await)
    }

    async fn list_visit_slots(
        &self,
        request: Request<pb::ListVisitSlotsRequest>,
    ) -> Result<Response<pb::ListVisitSlotsResponse>, Status> {
        answer(self.slots(request.into_inner()).await)
    }

    async fn book_visit(
        &self,
        request: Request<pb::BookVisitRequest>,
    ) -> Result<Response<pb::Visit>, Status> {
        let (caller, message) = signed(request)?;
        answer(book::run(&self.runtime, &caller, message).await)
    }

    async fn cancel_visit(
        &self,
        request: Request<pb::CancelVisitRequest>,
    ) -> Result<Response<pb::Visit>, Status> {
        let (caller, message) = signed(request)?;
        answer(cancel::run(&self.runtime, &caller, message).await)
    }

    async fn list_own_visits(
        &self,
        request: Request<pb::ListOwnVisitsRequest>,
    ) -> Result<Response<pb::VisitList>, Status> {
        let (caller, _) = signed(request)?;
        answer(day::own(&self.runtime, &caller).await)
    }

    async fn enter_visit(
        &self,
        request: Request<pb::EnterVisitRequest>,
    ) -> Result<Response<pb::Visit>, Status> {
        let (caller, message) = signed(request)?;
        answer(enter::run(&self.runtime, &caller, message).await)
    }

    async fn list_visits_of_day(
        &self,
        request: Request<pb::ListVisitsOfDayRequest>,
    ) -> Result<Response<pb::VisitList>, Status> {
        let (caller, message) = signed(request)?;
        answer(day::list(&self.runtime, &caller, message).await)
    }
}
