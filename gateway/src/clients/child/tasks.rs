//! What somebody must look at.

use yiwang_chassis::fault::Fault;
use yiwang_proto::child::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Tasks of the caller, the most urgent first.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_tasks(
        &self,
        who: impl Into<Identity>,
        request: pb::ListTasksRequest,
    ) -> Result<pb::TaskList, Fault> {
        let who = who.into();
        rpc!(self.child.tasks.list_tasks, Some(&who), request)
    }

    /// The caller takes one.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn take_child_task(
        &self,
        who: impl Into<Identity>,
        request: pb::TakeTaskRequest,
    ) -> Result<pb::Task, Fault> {
        let who = who.into();
        rpc!(self.child.tasks.take_task, Some(&who), request)
    }

    /// It is done.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn finish_child_task(
        &self,
        who: impl Into<Identity>,
        request: pb::DoneTaskRequest,
    ) -> Result<pb::Task, Fault> {
        let who = who.into();
        rpc!(self.child.tasks.done_task, Some(&who), request)
    }
}
