//! The gRPC service `Tasks`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::identity;
use yiwang_proto::child::v1::{self as pb, tasks_server::Tasks};

use super::{list, take};

/// Serves tasks.
#[derive(Clone)]
pub struct TaskService {
    runtime: Arc<Runtime>,
}

impl TaskService {
    /// Over `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }
}

#[tonic::async_trait]
impl Tasks for TaskService {
    async fn list_tasks(
        &self,
        request: Request<pb::ListTasksRequest>,
    ) -> Result<Response<pb::TaskList>, Status> {
        let caller = identity::caller(&request)?;
        let listed = list::list(&self.runtime, &caller, request.into_inner()).await?;
        Ok(Response::new(listed))
    }

    async fn take_task(
        &self,
        request: Request<pb::TakeTaskRequest>,
    ) -> Result<Response<pb::Task>, Status> {
        let caller = identity::caller(&request)?;
        let taken = take::take(&self.runtime, &caller, request.into_inner()).await?;
        Ok(Response::new(taken))
    }

    async fn done_task(
        &self,
        request: Request<pb::DoneTaskRequest>,
    ) -> Result<Response<pb::Task>, Status> {
        let caller = identity::caller(&request)?;
        let done = take::done(&self.runtime, &caller, request.into_inner()).await?;
        Ok(Response::new(done))
    }
}
