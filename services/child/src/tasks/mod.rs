//! Tasks: what somebody must look at, raised by events and late clocks; and who else is involved.
//!
//! | where | what |
//! |---|---|
//! | `raise` | a task begins, or ends by itself |
//! | `list`, `take` | whose it is; somebody takes it, somebody has done it |
//! | `pass_on` | nobody did it in time: the next role up stands by |
//! | `involve` | whether child protection knows somebody, told to the others without a why |
//! | `api` | the gRPC service `Tasks` |

mod api;
mod involve;
mod list;
mod pass_on;
mod raise;
mod row;
mod take;

pub use api::TaskService;
pub use involve::involve;
pub use pass_on::pass_on;
pub use raise::{NewTask, done, moved, raise, revisit};

use std::sync::Arc;

use tonic::service::Routes;
use yiwang_casework::Runtime;
use yiwang_chassis::lifecycle::Lifecycle;
use yiwang_proto::child::v1::tasks_server::TasksServer;

/// The gRPC of tasks.
pub(crate) fn routes(runtime: &Arc<Runtime>, routes: Routes) -> Routes {
    routes.add_service(TasksServer::new(TaskService::new(runtime.clone())))
}

/// Passes on what nobody did in time.
pub(crate) fn run(runtime: &Arc<Runtime>, lifecycle: &Lifecycle) {
    let watch = pass_on::run(runtime.clone(), lifecycle.token());
    lifecycle.spawn("child tasks", watch);
}
