//! Money (rules F09, F10, F15): no item and no fee outside the list, what is charged, waived and
//! subsidised is the bill, a waiver and a subsidy once for each dead person in all counties.
//!
//! | where | what |
//! |---|---|
//! | [`catalogue`] | the price list in its table |
//! | [`store`], [`refund`] | bills, and what was given back of them |
//! | [`benefits`] | waivers and subsidies granted |
//! | [`placement`] | fees of a grave: contract, renewal, what goes back unused |
//! | [`deposit`] | fees of ashes on deposit: contract, renewal, what is free |
//! | `save` | a new version of a price |
//! | `subsidy`, `cremation_refund`, `complaint` | the three items over these tables |
//! | `api` | the gRPC service `Prices` |

mod api;
pub mod benefits;
pub mod catalogue;
mod complaint;
mod cremation_refund;
pub mod demo;
pub mod deposit;
pub mod placement;
pub mod refund;
mod save;
pub mod store;
mod subsidy;

pub use api::PricesService;

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Refusal};
use yiwang_civic::time;

use self::store::New;
use crate::{
    domain::{
        benefit::Waiver,
        bill::{self, Bill, Service},
    },
    places::facility,
};

/// Charges services by the list of a facility that day, after the waivers; nothing is recorded
/// where nothing was used.
async fn charge(
    conn: &mut PgConnection,
    new: New<'_>,
    services: &[Service],
    waivers: &[Waiver],
    now: Timestamp,
) -> Result<Bill, ApplyError> {
    if services.is_empty() {
        return Ok(Bill::default());
    }
    let found = facility::find(conn, new.facility).await?;
    let division = found.map(|one| one.division).unwrap_or_default();
    let prices = catalogue::versions(conn, &division, new.facility).await?;
    let on = time::beijing_date(now);
    let bill = bill::draw_up(services, &prices, waivers, None, None, on).map_err(here)?;
    store::record(conn, new, &bill, now).await?;
    Ok(bill)
}

/// No field of the act has this name; the list is what is wrong.
fn here(refusal: Refusal) -> ApplyError {
    ApplyError::Refused(Refusal {
        fields: Vec::new(),
        ..refusal
    })
}

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
