//! Fees of a grave's contract: the place and its maintenance, both from the list (rules B3.4).

use jiff::{Timestamp, Unit};
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, Refusal};
use yiwang_civic::time;

use super::{
    catalogue,
    store::{self, New},
};
use crate::{
    domain::{
        bill::{self, Quantity, Service},
        grave::{Grave, facts::Contract},
    },
    places::{facility, store::Place},
};

/// 维护管理费, per year.
pub const MAINTENANCE: &str = "maintenance";

/// Records the bill of a contract; a place without a price costs nothing.
///
/// # Errors
/// What the price list refuses.
pub async fn bill(
    conn: &mut PgConnection,
    case: &Case<Grave>,
    place: &Place,
    person: Option<&str>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let Some(contract) = &case.facts.contract else {
        return Ok(());
    };
    let services = services(contract, place.price.trim());
    if services.is_empty() {
        return Ok(());
    }
    let found = facility::find(conn, &place.facility).await?;
    let division = found.map(|one| one.division).unwrap_or_default();
    let prices = catalogue::versions(conn, &division, &place.facility).await?;
    let on = time::beijing_date(now);
    let bill = bill::draw_up(&services, &prices, &[], None, None, on).map_err(here)?;
    let new = New {
        case_number: &case.number,
        facility: &place.facility,
        person,
    };
    store::record(conn, new, &bill, now).await?;
    Ok(())
}

/// No field of the contract is wrong; the list is.
fn here(refusal: Refusal) -> ApplyError {
    ApplyError::Refused(Refusal {
        fields: Vec::new(),
        ..refusal
    })
}

fn services(contract: &Contract, price: &str) -> Vec<Service> {
    let service = |code: &str, units: u32| Service {
        code: code.to_owned(),
        quantity: Quantity::units(units),
        unit_fen: None,
    };
    let place = (!price.is_empty()).then(|| service(price, 1));
    let years = contract.maintained_until.map_or(0, |until| {
        let end = until.tomorrow().unwrap_or(until);
        let span = contract.from.until((Unit::Year, end));
        span.map_or(0, |span| u32::try_from(span.get_years()).unwrap_or(0))
    });
    let maintenance = (years > 0).then(|| service(MAINTENANCE, years));
    place.into_iter().chain(maintenance).collect()
}
