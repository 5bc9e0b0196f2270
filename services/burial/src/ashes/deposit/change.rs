//! What a deposit changes: the contract as its keeper reads it, the urn with both who moved it.

use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, Refusal};
use yiwang_chassis::db::to_chrono_date;
use yiwang_civic::time;

use crate::{
    ashes::ledger::{self, Move, Place},
    domain::{
        ashes_deposit::AshesDeposit,
        grave::world::{Signed, Terms},
        ledger::{SpotError, Whereabouts},
        signer::Signer,
    },
    places::store,
};

/// The contract as the keeper's list reads it.
pub(super) async fn paid(
    conn: &mut PgConnection,
    case: &Case<AshesDeposit>,
    (urn, until): (&str, Date),
    stored_by: Option<&[Signer; 2]>,
) -> Result<(), ApplyError> {
    let written = sqlx::query(
        "insert into burial.deposit
             (case_number, urn, facility, paid_until, first_account, second_account)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (case_number) do update set paid_until = excluded.paid_until",
    )
    .bind(&case.number)
    .bind(urn)
    .bind(case.form.facility.trim())
    .bind(to_chrono_date(until))
    .bind(stored_by.map(|[first, _]| first.account))
    .bind(stored_by.map(|[_, second]| second.account))
    .execute(conn)
    .await;
    match written {
        Ok(_) => Ok(()),
        Err(sqlx::Error::Database(error)) if error.constraint() == Some("one_deposit") => {
            let message = "这份骨灰已经在寄存，请在原来的办件里续存。";
            Err(ApplyError::Refused(Refusal::new(
                "ALREADY_DEPOSITED",
                message,
            )))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) fn signed_move<'a>(
    urn: &'a str,
    to: Place<'a>,
    signed: &'a Signed,
    case: &'a Case<AshesDeposit>,
) -> Move<'a> {
    Move {
        urn,
        to,
        first: &signed.first,
        second: &signed.second,
        case_number: &case.number,
        receipt: &signed.receipt,
    }
}

/// The unclaimed urn takes a free ecological place, in one step.
pub(super) async fn settle(
    conn: &mut PgConnection,
    case: &Case<AshesDeposit>,
    dead: Option<String>,
    (urn, spot): (&str, uuid::Uuid),
    signed: &Signed,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let no = |error: SpotError| ApplyError::Refused(error.into());
    let place = store::lock(conn, spot).await?;
    let mut place = place.ok_or_else(|| no(SpotError::State))?;
    let before = place.spot.clone();
    let number = case.number.as_str();
    place
        .spot
        .hold(number, time::end_of_day(time::beijing_date(now)), now)
        .map_err(no)?;
    let reserved = place.spot.reserve(number, dead.as_deref(), None, now);
    reserved.map_err(no)?;
    place.spot.occupy(number).map_err(no)?;
    let terms = Terms {
        from: time::beijing_date(now),
        until: None,
        exception: None,
        approved_by: None,
    };
    store::save(conn, &before, &place, Some(&terms)).await?;
    store::laid_by(conn, spot, number, signed).await?;
    let form = place.spot.kind.code();
    let at = Whereabouts::placed(place.spot.kind, &place.facility, place.id);
    let to = match at {
        Whereabouts::Scattered => Place::Scattered { form },
        _ => Place::InPlot {
            facility: &place.facility,
            spot,
            form,
        },
    };
    ledger::move_to(conn, signed_move(urn, to, signed, case), now).await
}
