//! Tasks: what somebody must look at, raised by events and late clocks; and who else is involved.

use std::sync::Arc;

use tonic::service::Routes;
use yiwang_casework::Runtime;

/// The gRPC of tasks.
pub(crate) fn routes(_runtime: &Arc<Runtime>, routes: Routes) -> Routes {
    routes
}
