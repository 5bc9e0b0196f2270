//! Fees of a grave (rules B3.4): the place and its maintenance at the contract, maintenance at a
//! renewal; and what goes back of a place that nobody ever lay in.

use jiff::{Timestamp, Unit, civil::Date};
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case};

use super::{
    catalogue, charge,
    refund::{self, Refund},
    store::{self, New},
};
use crate::{
    domain::{
        bill::{Prepaid, Quantity, Service},
        grave::{
            Grave,
            facts::Contract,
            world::{Paid, Returned},
        },
        price::{self, Price},
        wish::Rate,
    },
    places::{facility, store::Place},
};

/// 维护管理费, per year.
pub const MAINTENANCE: &str = "maintenance";

fn service(code: &str, hundredths: i64, unit_fen: Option<i64>) -> Service {
    Service {
        code: code.to_owned(),
        quantity: Quantity(hundredths),
        unit_fen,
    }
}

/// Whole years from a day to a last day.
fn years(from: Date, until: Option<Date>) -> i64 {
    let Some(until) = until else { return 0 };
    let end = until.tomorrow().unwrap_or(until);
    let span = from.until((Unit::Year, end));
    span.map_or(0, |span| i64::from(span.get_years()).max(0))
}

/// Records the bill of a contract. A place without a price costs nothing; who joins kin pays no
/// second time for the place they lie in.
///
/// # Errors
/// What the price list refuses.
pub async fn contract(
    conn: &mut PgConnection,
    case: &Case<Grave>,
    place: &Place,
    person: Option<&str>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let Some(contract) = &case.facts.contract else {
        return Ok(());
    };
    let mut services = Vec::new();
    let code = place.price.trim();
    if !code.is_empty() && case.form.joins().is_none() {
        let prices = prices(conn, &place.facility).await?;
        let share = of_the_period(price::find(&prices, code, contract.from), contract);
        services.push(service(code, share, contract.agreed_fen));
    }
    let maintained = years(contract.from, contract.maintained_until);
    if maintained > 0 {
        services.push(service(MAINTENANCE, 100 * maintained, None));
    }
    charge(conn, new(case, person, 1), &services, &[], now).await?;
    Ok(())
}

/// How much of the listed unit a contract takes: half of it for ten years of twenty.
fn of_the_period(price: Option<&Price>, contract: &Contract) -> i64 {
    let listed = price.and_then(Price::years).map(i64::from);
    match (listed, years(contract.from, contract.until)) {
        (Some(listed), taken @ 1..) => (100 * taken / listed).max(1),
        _ => 100,
    }
}

async fn prices(conn: &mut PgConnection, facility: &str) -> sqlx::Result<Vec<Price>> {
    let found = facility::find(conn, facility).await?;
    let division = found.map(|one| one.division).unwrap_or_default();
    catalogue::versions(conn, &division, facility).await
}

/// What a year of maintenance costs that day, for whoever thinks of a renewal.
///
/// # Errors
/// The database does not answer.
pub async fn rate(conn: &mut PgConnection, facility: &str, on: Date) -> sqlx::Result<Option<Rate>> {
    let prices = prices(conn, facility).await?;
    Ok(price::find(&prices, MAINTENANCE, on).map(Rate::of_list))
}

fn new<'a>(case: &'a Case<Grave>, person: Option<&'a str>, round: usize) -> New<'a> {
    New {
        case_number: &case.number,
        facility: case.form.facility.trim(),
        person,
        round,
    }
}

/// Records the bill of the last renewal: its maintenance.
///
/// # Errors
/// What the price list refuses.
pub async fn renewal(
    conn: &mut PgConnection,
    case: &Case<Grave>,
    person: Option<&str>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let renewals = &case.facts.renewals;
    let years = renewals.last().map_or(0, |last| last.maintenance_years);
    let services = match years {
        0 => Vec::new(),
        years => vec![service(MAINTENANCE, 100 * i64::from(years), None)],
    };
    let round = 1 + renewals.len();
    charge(conn, new(case, person, round), &services, &[], now).await?;
    Ok(())
}

/// What the family paid with the contract, by what it was for.
///
/// # Errors
/// The database does not answer.
pub async fn paid(conn: &mut PgConnection, case: &Case<Grave>) -> sqlx::Result<Option<Paid>> {
    let Some(contract) = &case.facts.contract else {
        return Ok(None);
    };
    let bills = store::bills_of_case(conn, &case.number).await?;
    let Some(bill) = bills.into_iter().next() else {
        return Ok(None);
    };
    let lines = store::lines(conn, &bill.number).await?;
    let (care, place): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| line.code == MAINTENANCE);
    let prepaid = |lines: Vec<store::ShownLine>, until| Prepaid {
        fen: lines.iter().map(|line| line.charged_fen).sum(),
        from: contract.from,
        until,
    };
    Ok(Some(Paid {
        bill: bill.number,
        place: prepaid(place, contract.until),
        maintenance: prepaid(care, contract.maintained_until),
        left: bill.charged_fen - bill.refunded_fen,
    }))
}

/// Gives back, under both signatures.
///
/// # Errors
/// What the refund refuses.
pub async fn give_back(
    conn: &mut PgConnection,
    case: &Case<Grave>,
    back: &Returned,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let [first, second] = &back.signed;
    let refund = Refund {
        bill: &back.bill,
        fen: back.fen,
        reason: &back.reason,
        case_number: &case.number,
        signed: [(first.account, &first.name), (second.account, &second.name)],
    };
    refund::refund(conn, refund, now).await
}
