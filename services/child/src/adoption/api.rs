//! The gRPC service `Adoption`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_proto::child::v1::{self as pb, adoption_server};

use super::{archive, figures, lists};

/// Serves matching, notices, the archive and figures.
#[derive(Clone)]
pub struct AdoptionService {
    runtime: Arc<Runtime>,
}

impl AdoptionService {
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

fn answer<T>(result: Result<T, Fault>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(Status::from)
}

#[tonic::async_trait]
impl adoption_server::Adoption for AdoptionService {
    async fn list_matching(
        &self,
        request: Request<pb::ListMatchingRequest>,
    ) -> Result<Response<pb::MatchingList>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::matching(&self.runtime, &caller, message).await)
    }

    async fn list_search_notices(
        &self,
        request: Request<pb::ListSearchNoticesRequest>,
    ) -> Result<Response<pb::SearchNoticeList>, Status> {
        answer(lists::notices(&self.runtime, request.into_inner()).await)
    }

    async fn request_archive(
        &self,
        request: Request<pb::RequestArchiveRequest>,
    ) -> Result<Response<pb::ArchiveRequest>, Status> {
        let (caller, message) = signed(request)?;
        answer(archive::ask(&self.runtime, &caller, message).await)
    }

    async fn approve_archive(
        &self,
        request: Request<pb::ApproveArchiveRequest>,
    ) -> Result<Response<pb::ArchiveRequest>, Status> {
        let (caller, message) = signed(request)?;
        answer(archive::approve(&self.runtime, &caller, message).await)
    }

    async fn open_archive(
        &self,
        request: Request<pb::OpenArchiveRequest>,
    ) -> Result<Response<pb::Archive>, Status> {
        let (caller, message) = signed(request)?;
        answer(archive::open(&self.runtime, &caller, message).await)
    }

    async fn list_archive_requests(
        &self,
        request: Request<pb::ListArchiveRequestsRequest>,
    ) -> Result<Response<pb::ArchiveRequestList>, Status> {
        let (caller, message) = signed(request)?;
        answer(archive::requests(&self.runtime, &caller, message).await)
    }

    async fn get_figures(
        &self,
        request: Request<pb::GetFiguresRequest>,
    ) -> Result<Response<pb::AdoptionFigures>, Status> {
        let (caller, message) = signed(request)?;
        answer(figures::of(&self.runtime, &caller, message).await)
    }
}
