//! Money (rules F09, F10, F15): no item and no fee outside the list, what is charged, waived and
//! subsidised is the bill, a waiver and a subsidy once for each dead person in all counties.
//!
//! | where | what |
//! |---|---|
//! | [`catalogue`] | the price list in its table |
//! | [`store`], [`refund`] | bills, and what was given back of them |
//! | [`benefits`] | waivers and subsidies granted |
//! | [`placement`] | fees of a grave's contract |
//! | `save` | a new version of a price |
//! | `subsidy`, `cremation_refund`, `complaint` | the three items over these tables |
//! | `api` | the gRPC service `Prices` |

mod api;
pub mod benefits;
pub mod catalogue;
mod complaint;
mod cremation_refund;
pub mod demo;
pub mod placement;
pub mod refund;
mod save;
pub mod store;
mod subsidy;

pub use api::PricesService;

use yiwang_casework::{ApplyError, Refusal};

fn refuse(code: &'static str, message: impl Into<String>) -> ApplyError {
    ApplyError::Refused(Refusal::new(code, message))
}

/// Whether a statement failed by this constraint.
fn violates(error: &sqlx::Error, constraint: &str) -> bool {
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    violated == Some(constraint)
}
