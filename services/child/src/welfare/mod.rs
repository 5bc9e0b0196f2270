//! Files of children, visits, entrusted care, directors and stations (rules B2.4 to B2.6).

use std::sync::Arc;

use tonic::service::Routes;
use yiwang_casework::{Runtime, host::Host};
use yiwang_chassis::lifecycle::Lifecycle;

/// The items, one line each.
pub(crate) fn offer(runtime: Runtime) -> anyhow::Result<Runtime> {
    Ok(runtime)
}

/// The gRPC beyond casework.
pub(crate) fn routes(_runtime: &Arc<Runtime>, routes: Routes) -> Routes {
    routes
}

/// What runs beside the cases.
pub(crate) fn run(_host: &Host, _runtime: &Arc<Runtime>, _lifecycle: &Lifecycle) {}
