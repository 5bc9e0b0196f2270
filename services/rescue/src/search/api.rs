//! The gRPC service `Notices`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_proto::rescue::v1::{self as pb, notices_server};

use super::{board, duties, photo};

/// Serves notices and the clocks of the search.
#[derive(Clone)]
pub struct NoticesService {
    runtime: Arc<Runtime>,
}

impl NoticesService {
    /// Serves the notices of `runtime`'s database.
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
impl notices_server::Notices for NoticesService {
    async fn list_notices(
        &self,
        request: Request<pb::ListNoticesRequest>,
    ) -> Result<Response<pb::NoticeList>, Status> {
        answer(board::list(&self.runtime, request.into_inner()).await)
    }

    async fn get_notice(
        &self,
        request: Request<pb::GetNoticeRequest>,
    ) -> Result<Response<pb::Notice>, Status> {
        let message = request.into_inner();
        answer(board::get(&self.runtime, &message.id).await)
    }

    async fn get_notice_photo(
        &self,
        request: Request<pb::GetNoticePhotoRequest>,
    ) -> Result<Response<pb::NoticePhoto>, Status> {
        let message = request.into_inner();
        answer(photo::get(&self.runtime, &message.reference).await)
    }

    async fn list_search_duties(
        &self,
        request: Request<pb::ListSearchDutiesRequest>,
    ) -> Result<Response<pb::SearchDutyList>, Status> {
        let (caller, message) = signed(request)?;
        answer(duties::of_case(&self.runtime, &caller, &message.case_number).await)
    }

    async fn list_late_search_duties(
        &self,
        request: Request<pb::ListLateSearchDutiesRequest>,
    ) -> Result<Response<pb::SearchDutyList>, Status> {
        let (caller, message) = signed(request)?;
        answer(duties::late(&self.runtime, &caller, message).await)
    }
}
