//! The gRPC service `Halls`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::{Runtime, department::Client};
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_civic::{division, time};
use yiwang_proto::marriage::v1::{self as pb, halls_server};

use super::{
    Room, book, cancel, card, counselling, day, day_of, hall_unknown, manage, store, view, window,
    with_places_of,
};

pub use halls_server::HallsServer;

/// Serves halls and appointments.
#[derive(Clone)]
pub struct HallsService {
    runtime: Arc<Runtime>,
    reader: Client,
}

impl HallsService {
    /// Serves the halls of `runtime`'s database; `reader` is the department of the ID-card
    /// readers on their counters.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>, reader: Client) -> Self {
        Self { runtime, reader }
    }

    async fn halls(&self, request: pb::ListHallsRequest) -> Result<pb::ListHallsResponse, Fault> {
        let scope = match request.division.trim() {
            "" => "",
            code => division::scope_prefix(code),
        };
        let mut conn = self.runtime.pool.acquire().await?;
        let halls = store::halls(&mut conn, scope).await?;
        let halls = halls.into_iter().map(view::hall).collect();
        Ok(pb::ListHallsResponse { halls })
    }

    async fn days(&self, request: pb::ListDaysRequest) -> Result<pb::ListDaysResponse, Fault> {
        let rt = &self.runtime;
        let mut conn = rt.pool.acquire().await?;
        let room = Room::of(&request.kind);
        let hall = store::hall(&mut conn, &request.hall).await?;
        let hall = with_places_of(rt, room, hall.ok_or_else(hall_unknown)?)?;
        let window = window(rt, &mut conn, room, &hall).await?;
        let last = window.last_day();
        let (from, to) = (rt.now(), time::end_of_day(last));
        let taken = store::taken(&mut conn, room, &hall.code, from, to).await?;
        let days = window.days(&taken);
        Ok(pb::ListDaysResponse {
            days: days.iter().map(view::day).collect(),
        })
    }

    async fn slots(&self, request: pb::ListSlotsRequest) -> Result<pb::ListSlotsResponse, Fault> {
        let rt = &self.runtime;
        let mut conn = rt.pool.acquire().await?;
        let room = Room::of(&request.kind);
        let hall = store::hall(&mut conn, &request.hall).await?;
        let hall = with_places_of(rt, room, hall.ok_or_else(hall_unknown)?)?;
        let day = day_of(&request.day)?;
        let window = window(rt, &mut conn, room, &hall).await?;
        if let Some((_, why)) = window.refusal(day) {
            return Ok(pb::ListSlotsResponse {
                slots: vec![],
                closed: why.into_owned(),
            });
        }
        let (from, to) = (time::start_of_day(day), time::end_of_day(day));
        let taken = store::taken(&mut conn, room, &hall.code, from, to).await?;
        let slots = window.schedule.slots(day, &taken);
        Ok(pb::ListSlotsResponse {
            slots: slots.iter().map(view::slot).collect(),
            closed: String::new(),
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
impl halls_server::Halls for HallsService {
    async fn list_halls(
        &self,
        request: Request<pb::ListHallsRequest>,
    ) -> Result<Response<pb::ListHallsResponse>, Status> {
        answer(self.halls(request.into_inner()).await)
    }

    async fn list_days(
        &self,
        request: Request<pb::ListDaysRequest>,
    ) -> Result<Response<pb::ListDaysResponse>, Status> {
        answer(self.days(request.into_inner()).await)
    }

    async fn list_slots(
        &self,
        request: Request<pb::ListSlotsRequest>,
    ) -> Result<Response<pb::ListSlotsResponse>, Status> {
        answer(self.slots(request.into_inner()).await)
    }

    async fn book(
        &self,
        request: Request<pb::BookRequest>,
    ) -> Result<Response<pb::Appointment>, Status> {
        let (caller, message) = signed(request)?;
        answer(book::run(&self.runtime, &caller, message).await)
    }

    async fn cancel_appointment(
        &self,
        request: Request<pb::CancelAppointmentRequest>,
    ) -> Result<Response<pb::Appointment>, Status> {
        let (caller, message) = signed(request)?;
        answer(cancel::run(&self.runtime, &caller, message).await)
    }

    async fn list_own_appointments(
        &self,
        request: Request<pb::ListOwnAppointmentsRequest>,
    ) -> Result<Response<pb::AppointmentList>, Status> {
        let (caller, _) = signed(request)?;
        answer(day::own(&self.runtime, &caller).await)
    }

    async fn list_appointments(
        &self,
        request: Request<pb::ListAppointmentsRequest>,
    ) -> Result<Response<pb::AppointmentList>, Status> {
        let (caller, message) = signed(request)?;
        answer(day::list(&self.runtime, &caller, message).await)
    }

    async fn get_appointment(
        &self,
        request: Request<pb::GetAppointmentRequest>,
    ) -> Result<Response<pb::Appointment>, Status> {
        let (caller, message) = signed(request)?;
        answer(day::get(&self.runtime, &caller, message).await)
    }

    async fn read_card(
        &self,
        request: Request<pb::ReadCardRequest>,
    ) -> Result<Response<pb::Card>, Status> {
        let (caller, message) = signed(request)?;
        answer(card::read(&self.runtime, &self.reader, &caller, message).await)
    }

    async fn record_counselling(
        &self,
        request: Request<pb::RecordCounsellingRequest>,
    ) -> Result<Response<pb::Appointment>, Status> {
        let (caller, message) = signed(request)?;
        answer(counselling::record(&self.runtime, &caller, message).await)
    }

    async fn list_managed_halls(
        &self,
        request: Request<pb::ListManagedHallsRequest>,
    ) -> Result<Response<pb::ManagedHalls>, Status> {
        let (caller, _) = signed(request)?;
        answer(manage::halls(&self.runtime, &caller).await)
    }

    async fn get_hall(
        &self,
        request: Request<pb::GetHallRequest>,
    ) -> Result<Response<pb::HallSetup>, Status> {
        let (caller, message) = signed(request)?;
        answer(manage::hall(&self.runtime, &caller, message).await)
    }

    async fn save_hall(
        &self,
        request: Request<pb::SaveHallRequest>,
    ) -> Result<Response<pb::HallSetup>, Status> {
        let (caller, message) = signed(request)?;
        answer(manage::save_hall(&self.runtime, &caller, message).await)
    }

    async fn list_registrars(
        &self,
        request: Request<pb::ListRegistrarsRequest>,
    ) -> Result<Response<pb::RegistrarList>, Status> {
        let (caller, message) = signed(request)?;
        answer(manage::registrars(&self.runtime, &caller, message).await)
    }

    async fn save_registrar(
        &self,
        request: Request<pb::SaveRegistrarRequest>,
    ) -> Result<Response<pb::Registrar>, Status> {
        let (caller, message) = signed(request)?;
        answer(manage::save_registrar(&self.runtime, &caller, message).await)
    }

    async fn get_calendar(
        &self,
        request: Request<pb::GetCalendarRequest>,
    ) -> Result<Response<pb::HallCalendar>, Status> {
        let (caller, message) = signed(request)?;
        answer(manage::calendar(&self.runtime, &caller, message).await)
    }

    async fn set_day(
        &self,
        request: Request<pb::SetDayRequest>,
    ) -> Result<Response<pb::HallDay>, Status> {
        let (caller, message) = signed(request)?;
        answer(manage::set_day(&self.runtime, &caller, message).await)
    }
}
