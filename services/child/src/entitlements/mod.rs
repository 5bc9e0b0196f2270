//! Orphans and children in fact unattended 孤儿、事实无人抚养儿童 (rules B2.1 to B2.3, B3).
//!
//! | where | what |
//! |---|---|
//! | `cases`, `effects` | both items over their tables |
//! | [`review`] | a case that nobody applied for |
//! | `api`, `runs`, `lists` | the gRPC service `Entitlements` |

mod api;
mod cases;
mod effects;
mod lists;
mod review;
mod runs;

use std::sync::Arc;

use tonic::service::Routes;
use yiwang_casework::{Runtime, host::Host};
use yiwang_chassis::lifecycle::Lifecycle;
use yiwang_proto::child::v1::entitlements_server::EntitlementsServer;

pub use self::{
    api::EntitlementsService,
    review::{review, review_of},
};
use crate::{
    domain::entitlements::{Orphan, Unattended},
    payment::Payments,
};

/// The items, one line each.
pub(crate) fn offer(runtime: Runtime) -> anyhow::Result<Runtime> {
    runtime.offer::<Orphan>()?.offer::<Unattended>()
}

/// The gRPC beyond casework.
pub(crate) fn routes(runtime: &Arc<Runtime>, routes: Routes) -> Routes {
    let service = EntitlementsService::new(runtime.clone());
    routes.add_service(EntitlementsServer::new(service))
}

/// What runs beside the cases.
pub(crate) fn run(_: &Host, runtime: &Arc<Runtime>, lifecycle: &Lifecycle) {
    let payments = Payments::new(runtime.clone());
    lifecycle.spawn("child payments", payments.run(lifecycle.token()));
}
