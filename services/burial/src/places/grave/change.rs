//! One change of a place, and of the urn with it: the pure model decides, the tables keep it.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case};

use crate::{
    ashes::ledger::{self, Move},
    domain::{
        grave::{
            Grave,
            world::{Effect, Signed},
        },
        ledger::{SpotError, Whereabouts},
    },
    places::store::{self, Place},
};

/// One change of the place, and of the urn with it.
pub(super) async fn change(
    conn: &mut PgConnection,
    case: &Case<Grave>,
    user: Option<&str>,
    mut place: Place,
    effect: Effect,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let number = case.number.as_str();
    let before = place.spot.clone();
    let spot = &mut place.spot;
    let no = |error: SpotError| ApplyError::Refused(error.into());
    let mut contract = None;
    let mut laid_by = None;
    match effect {
        Effect::Hold { from, until } => match from {
            Some(from) => spot.pass_on(&from, number, until, now).map_err(no)?,
            None => spot.hold(number, until, now).map_err(no)?,
        },
        // Not the case's any more: there is nothing to let go.
        Effect::LetGo => {
            if spot.let_go(number).is_err() {
                return Ok(());
            }
        }
        Effect::Reserve(terms) => {
            spot.reserve(number, user, terms.until, now).map_err(no)?;
            contract = Some(terms);
        }
        Effect::Join { beside, terms } => {
            spot.join(&beside, number, user, terms.until).map_err(no)?;
            contract = Some(terms);
        }
        Effect::Lay { urn, signed } => {
            spot.occupy(number).map_err(no)?;
            laid_by = Some(signed.clone());
            if let Some(urn) = urn {
                let at = Whereabouts::placed(spot.kind, &place.facility, place.id);
                let form = spot.kind.code();
                let to = match at {
                    Whereabouts::Scattered => ledger::Place::Scattered { form },
                    _ => ledger::Place::InPlot {
                        facility: &place.facility,
                        spot: place.id,
                        form,
                    },
                };
                ledger::move_to(conn, signed_move(&urn, to, &signed, number), now).await?;
            }
        }
        Effect::TakeOut {
            urn,
            to_hall,
            signed,
        } => {
            spot.move_out(number).map_err(no)?;
            if let Some(urn) = urn {
                let to = match to_hall {
                    true => ledger::Place::InHall {
                        facility: &place.facility,
                    },
                    false => ledger::Place::WithFamily,
                };
                ledger::move_to(conn, signed_move(&urn, to, &signed, number), now).await?;
            }
        }
        Effect::GiveBack => spot.give_back(number).map_err(no)?,
        Effect::Renew(until) => spot.renew(number, until).map_err(no)?,
        // Kin of the same place may have come to this before.
        Effect::Expire => {
            if spot.expire().is_err() {
                return Ok(());
            }
        }
        // Handled before any place is read.
        Effect::Receive { .. } | Effect::Refund(_) => return Ok(()),
    }
    store::save(conn, &before, &place, contract.as_ref()).await?;
    if let Some(signed) = laid_by {
        store::laid_by(conn, place.id, number, &signed).await?;
    }
    Ok(())
}

fn signed_move<'a>(
    urn: &'a str,
    to: ledger::Place<'a>,
    signed: &'a Signed,
    case_number: &'a str,
) -> Move<'a> {
    Move {
        urn,
        to,
        first: &signed.first,
        second: &signed.second,
        case_number,
        receipt: &signed.receipt,
    }
}
