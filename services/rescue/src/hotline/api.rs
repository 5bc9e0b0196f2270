//! The gRPC service `Calls`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_proto::rescue::v1::{self as pb, calls_server};

use super::{lists, write};

/// Serves the calls of the stations.
#[derive(Clone)]
pub struct CallsService {
    runtime: Arc<Runtime>,
}

impl CallsService {
    /// Serves the calls of `runtime`'s database.
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
impl calls_server::Calls for CallsService {
    async fn list_calls(
        &self,
        request: Request<pb::ListCallsRequest>,
    ) -> Result<Response<pb::CallList>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::list(&self.runtime, &caller, message).await)
    }

    async fn get_call(
        &self,
        request: Request<pb::GetCallRequest>,
    ) -> Result<Response<pb::Call>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::get(&self.runtime, &caller, &message.id).await)
    }

    async fn record_call(
        &self,
        request: Request<pb::RecordCallRequest>,
    ) -> Result<Response<pb::Call>, Status> {
        let (caller, message) = signed(request)?;
        answer(write::record(&self.runtime, &caller, message).await)
    }

    async fn follow_call(
        &self,
        request: Request<pb::FollowCallRequest>,
    ) -> Result<Response<pb::Call>, Status> {
        let (caller, message) = signed(request)?;
        answer(write::follow(&self.runtime, &caller, message).await)
    }

    async fn erase_recording(
        &self,
        request: Request<pb::EraseRecordingRequest>,
    ) -> Result<Response<pb::Call>, Status> {
        let (caller, message) = signed(request)?;
        answer(write::erase(&self.runtime, &caller, message).await)
    }
}
