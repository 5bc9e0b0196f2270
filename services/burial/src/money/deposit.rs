//! Fees of ashes on deposit (rules B3.4, B3.6): so many months by the list, the free ones of
//! the region taken off once for each dead person.

use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case};

use super::{
    benefits::{self, Benefit, Kind},
    catalogue, charge,
    store::New,
};
use crate::domain::{
    ashes_deposit::{AshesDeposit, PRICE},
    benefit::Waiver,
    bill::{Quantity, Service},
    price,
    wish::Rate,
};

/// Whether the free months are still to be had: no other county has waived for this person, and
/// no deposit before took them.
///
/// # Errors
/// The database does not answer.
pub async fn untouched(
    conn: &mut PgConnection,
    person: &str,
    division: &str,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select not exists (select from burial.benefit
                             where person_key = $1 and kind = 'waiver'
                               and left(division, 6) <> left($2, 6))
            and not exists (select from burial.bill
                              join burial.bill_line line on line.bill = bill.number
                             where bill.person_key = $1 and line.code = $3
                               and line.waived_fen > 0)",
    )
    .bind(person)
    .bind(division)
    .bind(PRICE)
    .fetch_one(conn)
    .await
}

/// What a month costs that day, for whoever thinks of a renewal.
///
/// # Errors
/// The database does not answer.
pub async fn rate(conn: &mut PgConnection, facility: &str, on: Date) -> sqlx::Result<Option<Rate>> {
    let division = facility.get(..9).unwrap_or_default();
    let prices = catalogue::of_facility(conn, division, facility, on).await?;
    Ok(price::find(&prices, PRICE, on).map(Rate::of_list))
}

/// Records the bill of the contract, or of the last renewal.
///
/// # Errors
/// What the price list refuses.
pub async fn bill(
    conn: &mut PgConnection,
    case: &Case<AshesDeposit>,
    person: Option<&str>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let facts = &case.facts;
    let (paid, free) = match facts.renewals.last() {
        Some(renewal) => (renewal.months, 0),
        None => (
            case.form.months,
            facts.contract.as_ref().map_or(0, |one| one.free_months),
        ),
    };
    let services = [Service {
        code: PRICE.to_owned(),
        quantity: Quantity::units(paid + free),
        unit_fen: None,
    }];
    let waiver = Waiver {
        title: "骨灰寄存".to_owned(),
        codes: vec![PRICE.to_owned()],
        quantity: Some(Quantity::units(free)),
        fen: None,
        groups: Vec::new(),
    };
    let new = New {
        case_number: &case.number,
        facility: case.form.facility.trim(),
        person,
        round: 1 + facts.renewals.len(),
    };
    let bill = charge(conn, new, &services, &[waiver], now).await?;
    let Some(person) = person.filter(|_| bill.waived() > 0) else {
        return Ok(());
    };
    // The funeral of the same county has taken the waiver already, this is part of it.
    if benefits::granted(conn, person, Kind::Waiver)
        .await?
        .is_some()
    {
        return Ok(());
    }
    let benefit = Benefit {
        person,
        kind: Kind::Waiver,
        case_number: &case.number,
        division: &case.division,
        fen: bill.waived(),
        at_once: true,
    };
    benefits::grant(conn, benefit, now).await
}
