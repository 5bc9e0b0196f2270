//! Files of children, visits, entrusted care, directors and stations (rules B2.4 to B2.6).
//!
//! | where | what |
//! |---|---|
//! | `files`, `visits` | the item 关爱服务 over its tables; visits and the plan |
//! | `entrusts`, [`bars`] | the item 委托照护; who is barred from caring for children |
//! | `alarms` | tasks that a file raises |
//! | `sync`, `day`, `lists` | a director's phone and day; files and late visits |
//! | `network` | who stands around a child |
//! | `roster`, `places`, `coverage` | directors, stations, and what is not there |
//! | `sight`, `trail` | where a caller stands; what a call leaves behind |
//! | `api` | the gRPC service `Welfare` |
//!
//! Locks are taken in one order: case, file, visit, carer.

mod alarms;
mod api;
pub mod bars;
mod coverage;
mod day;
mod entrusts;
mod families;
mod files;
mod lists;
mod network;
mod places;
pub(crate) mod roster;
mod sight;
mod sync;
mod trail;
mod visits;

pub use api::WelfareService;
pub use bars::{bar, barred};
pub use families::{families_of_parent, files_of_child};

use std::sync::Arc;

use tonic::service::Routes;
use yiwang_casework::{ApplyError, Refusal, Runtime, host::Host};
use yiwang_chassis::{fault::Fault, lifecycle::Lifecycle};
use yiwang_proto::child::v1::welfare_server::WelfareServer;

use crate::domain::welfare::{ChildFile, EntrustedCare};

/// The items, one line each.
pub(crate) fn offer(runtime: Runtime) -> anyhow::Result<Runtime> {
    let runtime = runtime.offer::<ChildFile>()?;
    runtime.offer::<EntrustedCare>()
}

/// The gRPC beyond casework.
pub(crate) fn routes(runtime: &Arc<Runtime>, routes: Routes) -> Routes {
    routes.add_service(WelfareServer::new(WelfareService::new(runtime.clone())))
}

/// What runs beside the cases: nothing, the clocks of the cases do it all.
pub(crate) fn run(_host: &Host, _runtime: &Arc<Runtime>, _lifecycle: &Lifecycle) {}

fn refuse(code: &'static str, message: impl Into<String>) -> ApplyError {
    ApplyError::Refused(Refusal::new(code, message))
}

/// What fails inside is the system's failure.
fn failed(fault: Fault) -> ApplyError {
    ApplyError::Database(broken(fault))
}

fn broken(fault: Fault) -> sqlx::Error {
    sqlx::Error::Encode(fault.into())
}

/// Whether a statement failed by this constraint.
fn violates(error: &sqlx::Error, constraint: &str) -> bool {
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    violated == Some(constraint)
}
