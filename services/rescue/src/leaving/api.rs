//! The gRPC service `Leaving`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_proto::rescue::v1::{self as pb, leaving_server};

use super::{figures, institutions, list};
use crate::stays::{WATCHERS, not_theirs};

/// Serves what is open, foster institutions and the return rate.
#[derive(Clone)]
pub struct LeavingService {
    runtime: Arc<Runtime>,
}

impl LeavingService {
    /// Over `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }
}

fn signed<T>(request: Request<T>) -> Result<(Caller, T), Status> {
    let caller = identity::caller(&request).map_err(Status::from)?;
    Ok((caller, request.into_inner()))
}

/// Whoever works in all of this division.
fn watches(caller: &Caller, division: &str) -> Result<(), Fault> {
    let theirs = WATCHERS
        .iter()
        .any(|role| caller.has(*role, division.trim()));
    if theirs { Ok(()) } else { Err(not_theirs()) }
}

fn answer<T>(result: Result<T, Fault>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(Status::from)
}

#[tonic::async_trait]
impl leaving_server::Leaving for LeavingService {
    async fn list_leaving(
        &self,
        request: Request<pb::ListLeavingRequest>,
    ) -> Result<Response<pb::LeavingList>, Status> {
        let (caller, message) = signed(request)?;
        watches(&caller, &message.division)?;
        answer(list::open(&self.runtime, message).await)
    }

    async fn list_institutions(
        &self,
        request: Request<pb::ListInstitutionsRequest>,
    ) -> Result<Response<pb::InstitutionList>, Status> {
        let (caller, message) = signed(request)?;
        watches(&caller, &message.division)?;
        answer(institutions::list(&self.runtime, message).await)
    }

    async fn save_institution(
        &self,
        request: Request<pb::SaveInstitutionRequest>,
    ) -> Result<Response<pb::Institution>, Status> {
        let (caller, message) = signed(request)?;
        answer(institutions::save(&self.runtime, &caller, message).await)
    }

    async fn check_institution(
        &self,
        request: Request<pb::CheckInstitutionRequest>,
    ) -> Result<Response<pb::Institution>, Status> {
        let (caller, message) = signed(request)?;
        answer(institutions::check(&self.runtime, &caller, message).await)
    }

    async fn get_return_figures(
        &self,
        request: Request<pb::GetReturnFiguresRequest>,
    ) -> Result<Response<pb::ReturnFigures>, Status> {
        let (caller, message) = signed(request)?;
        watches(&caller, &message.division)?;
        answer(figures::returns(&self.runtime, message).await)
    }
}
