//! 明天计划 and 助学工程 (rules B2.12).
//!
//! | where | what |
//! |---|---|
//! | `medical`, `study` | the items over their tables |
//! | `payments` | what was paid: kept, listed, counted |
//! | `api` | the gRPC service `Projects` |

mod api;
mod medical;
mod payments;
mod study;

pub use api::ProjectService;

use std::sync::Arc;

use tonic::service::Routes;
use yiwang_casework::{ApplyError, Refusal, Runtime, host::Host};
use yiwang_chassis::lifecycle::Lifecycle;
use yiwang_civic::citizen_id::CitizenId;
use yiwang_proto::child::v1::projects_server::ProjectsServer;

use crate::domain::projects::{MedicalProject, StudyProject};

/// The items, one line each.
pub(crate) fn offer(runtime: Runtime) -> anyhow::Result<Runtime> {
    runtime.offer::<MedicalProject>()?.offer::<StudyProject>()
}

/// The gRPC beyond casework.
pub(crate) fn routes(runtime: &Arc<Runtime>, routes: Routes) -> Routes {
    routes.add_service(ProjectsServer::new(ProjectService::new(runtime.clone())))
}

/// What runs beside the cases: nothing.
pub(crate) fn run(_host: &Host, _runtime: &Arc<Runtime>, _lifecycle: &Lifecycle) {}

/// The key of whose account it is; empty: an institution's.
fn own_key(rt: &Runtime, id_number: &str) -> String {
    let id = id_number.trim().parse::<CitizenId>().ok();
    id.map_or_else(String::new, |id| rt.keyer.key(&id).as_str().to_owned())
}

/// A rule of the database, in words.
fn refused(error: sqlx::Error, rules: &[(&str, &'static str, &str)]) -> ApplyError {
    let broken = error.as_database_error().and_then(|it| it.constraint());
    let rule = broken.and_then(|broken| rules.iter().find(|rule| rule.0 == broken));
    match rule {
        Some((_, code, message)) => ApplyError::Refused(Refusal::new(code, *message)),
        None => error.into(),
    }
}
