//! The chain of a body 遗体, from the notice to the ashes (rules F02 to F07, B5.1).
//!
//! | where | what |
//! |---|---|
//! | [`slots`] | times of a day, pure |
//! | [`resources`], [`reservations`], [`free_times`] | vehicles, cells, halls, furnaces and who has them when |
//! | [`bodies`] | bodies by tag, every hand-over signed by two |
//! | [`holds`] | 不得火化, by police and courts |
//! | [`cremation`], [`numbers`] | one cremation for each body, one number for each certificate |
//! | [`homes`] | funeral homes |
//! | [`known`] | what a decision on a funeral must know |
//! | [`billing`] | the services used become a bill |
//! | `funeral`, `unclaimed` | the two items over these tables |
//! | `board`, `equipment`, `api` | the gRPC service `Funerals` |
//!
//! Locks are taken in one order: case, body, resource, serials.

mod api;
pub mod billing;
mod board;
pub mod bodies;
pub mod cremation;
pub mod demo;
mod equipment;
pub mod free_times;
mod funeral;
pub mod holds;
pub mod homes;
pub mod known;
pub mod numbers;
pub mod reservations;
pub mod resources;
pub mod slots;
mod unclaimed;
pub mod unclaimed_file;

pub use api::FuneralsService;

use yiwang_casework::{ApplyError, Refusal};
use yiwang_chassis::fault::Fault;

fn refuse(code: &'static str, message: impl Into<String>) -> ApplyError {
    ApplyError::Refused(Refusal::new(code, message))
}

/// What fails inside is the system's failure, not the family's.
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
