//! Reports, the four-step case, guardianship by civil affairs, where a child is (rules B2.7 to B2.9).
//!
//! | where | what |
//! |---|---|
//! | `cases`, `rows` | the item 未成年人保护个案 and one row for each case |
//! | `temporary`, `long`, `guardianships` | the items 临时监护, 长期监护 and one row for each |
//! | [`custody`] | from the first day to the last one body answers and the child is in one place |
//! | `barred` | who may not care for a child, nor receive its money |
//! | `report`, `reporter` | a report by anybody; who reported, sealed |
//! | `placements`, `wards` | where children in care are and were |
//! | `lists`, `board`, `steps`, `network` | what is open; one case on one page |
//! | `api` | the gRPC service `Protection` |
//!
//! Locks are taken in one order: protection case, temporary, long-term guardianship, custody.

mod api;
pub mod barred;
mod board;
mod cases;
pub mod custody;
mod guardianships;
mod lists;
mod long;
mod network;
mod placements;
mod report;
mod reporter;
mod rows;
mod steps;
mod temporary;
pub(crate) mod wards;

pub use api::ProtectionService;
pub use guardianships::of_child as guardianships_of;
pub use temporary::{Found, handed_over, open_temporary};

use std::sync::Arc;

use jiff::{Timestamp, tz};
use tonic::service::Routes;
use yiwang_casework::{ApplyError, Refusal, Runtime, host::Host};
use yiwang_chassis::{
    fault::{Code, Fault},
    lifecycle::Lifecycle,
};
use yiwang_proto::child::v1::protection_server::ProtectionServer;

use crate::domain::protection::{LongGuardianship, ProtectionCase, TemporaryGuardianship};

/// The items, one line each.
pub(crate) fn offer(runtime: Runtime) -> anyhow::Result<Runtime> {
    runtime
        .offer::<ProtectionCase>()?
        .offer::<TemporaryGuardianship>()?
        .offer::<LongGuardianship>()
}

/// The gRPC beyond casework.
pub(crate) fn routes(runtime: &Arc<Runtime>, routes: Routes) -> Routes {
    routes.add_service(ProtectionServer::new(ProtectionService::new(
        runtime.clone(),
    )))
}

/// What runs beside the cases.
pub(crate) fn run(_host: &Host, _runtime: &Arc<Runtime>, _lifecycle: &Lifecycle) {}

/// What fails inside is the system's failure.
fn failed(fault: Fault) -> ApplyError {
    ApplyError::Database(sqlx::Error::Encode(fault.into()))
}

/// Whether a statement failed by this constraint.
fn violates(error: &sqlx::Error, constraint: &str) -> bool {
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    violated == Some(constraint)
}

/// The no of another case that has to act in the same instant is a no of this one.
fn refused(fault: Fault) -> ApplyError {
    let known = [
        "ASSESSMENT_NEEDED",
        "GUARDIAN_NOT_FIT",
        "ASSESSOR_DECIDES",
        "CHILD_IN_CARE",
        "NOT_A_CHILD",
        "CARER_BARRED",
    ];
    let code = match &*fault.reason {
        "WRONG_STATE" => "OTHER_CASE_STATE",
        reason => match known.into_iter().find(|known| *known == reason) {
            Some(known) => known,
            None if matches!(fault.code, Code::InvalidInput | Code::PreconditionFailed) => {
                "OTHER_CASE"
            }
            None => return failed(fault),
        },
    };
    ApplyError::Refused(Refusal {
        code,
        message: fault.message,
        fields: fault.fields,
    })
}

/// A Beijing time as it goes over the wire: 2026-05-20T09:00.
fn wire(at: Timestamp) -> String {
    tz::offset(8)
        .to_datetime(at)
        .strftime("%Y-%m-%dT%H:%M")
        .to_string()
}
