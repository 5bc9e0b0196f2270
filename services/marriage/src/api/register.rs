//! The Register gRPC service.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_proto::marriage::v1::{self as pb, register_server};

use crate::register::{conflict, declined, dishonesty, figures, inquiry, own};

/// Serves who is married to whom.
#[derive(Clone)]
pub struct RegisterService {
    runtime: Arc<Runtime>,
}

impl RegisterService {
    /// Serves the register of `runtime`'s database.
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
impl register_server::Register for RegisterService {
    async fn ask_status(
        &self,
        request: Request<pb::AskStatusRequest>,
    ) -> Result<Response<pb::MaritalStatus>, Status> {
        let (caller, message) = signed(request)?;
        answer(inquiry::ask(&self.runtime, &caller, message).await)
    }

    async fn list_own_records(
        &self,
        request: Request<pb::ListOwnRecordsRequest>,
    ) -> Result<Response<pb::RecordList>, Status> {
        let (caller, _) = signed(request)?;
        answer(own::list(&self.runtime, &caller).await)
    }

    async fn get_figures(
        &self,
        request: Request<pb::GetFiguresRequest>,
    ) -> Result<Response<pb::Figures>, Status> {
        let (caller, message) = signed(request)?;
        answer(figures::count(&self.runtime, &caller, &message).await)
    }

    async fn list_conflicts(
        &self,
        request: Request<pb::ListConflictsRequest>,
    ) -> Result<Response<pb::ConflictList>, Status> {
        let (caller, message) = signed(request)?;
        answer(conflict::list(&self.runtime, &caller, &message.cursor).await)
    }

    async fn settle_conflict(
        &self,
        request: Request<pb::SettleConflictRequest>,
    ) -> Result<Response<pb::Conflict>, Status> {
        let (caller, message) = signed(request)?;
        answer(conflict::settle(&self.runtime, &caller, message).await)
    }

    async fn decline_restoration(
        &self,
        request: Request<pb::DeclineRestorationRequest>,
    ) -> Result<Response<pb::Record>, Status> {
        let (caller, message) = signed(request)?;
        answer(declined::note(&self.runtime, &caller, message).await)
    }

    async fn list_dishonest(
        &self,
        request: Request<pb::ListDishonestRequest>,
    ) -> Result<Response<pb::DishonestList>, Status> {
        let (caller, message) = signed(request)?;
        answer(dishonesty::list(&self.runtime, &caller, &message).await)
    }

    async fn contest_dishonesty(
        &self,
        request: Request<pb::ContestDishonestyRequest>,
    ) -> Result<Response<pb::Dishonesty>, Status> {
        let (caller, message) = signed(request)?;
        answer(dishonesty::contest(&self.runtime, &caller, message).await)
    }

    async fn lift_dishonesty(
        &self,
        request: Request<pb::LiftDishonestyRequest>,
    ) -> Result<Response<pb::Dishonesty>, Status> {
        let (caller, message) = signed(request)?;
        answer(dishonesty::lift(&self.runtime, &caller, message).await)
    }
}
