//! The item 骨灰寄存 over the ledger.

use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Refusal, Registered, Runtime};
use yiwang_chassis::db::to_chrono_date;
use yiwang_civic::time;

use super::ledger::{self, Move, New, Place};
use crate::{
    chain::cremation,
    domain::{
        ashes_deposit::{
            Action, AshesDeposit,
            world::{Effect, World},
        },
        grave::world::{self as seen, Cremation, Facility, Signed, Terms, Urn},
        ledger::{SpotError, Whereabouts},
        rest,
    },
    places::{facility, store},
};

#[tonic::async_trait]
impl Registered for AshesDeposit {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let (form, now) = (question.form, question.now);
        let facility = facility::find(conn, &form.facility).await?;
        let dead = form.user.person();
        let dead = dead.map(|dead| rt.keyer.document_key(&dead.id).as_str().to_owned());
        let cremation = match form.cremation_certificate.trim() {
            "" => None,
            number => cremation::by_certificate(conn, number).await?,
        };
        let named = match question.action {
            Some(Action::Settle(data)) => data.spot.trim().parse().ok(),
            _ => None,
        };
        // The place before the urn: one order of locks.
        let place = match named {
            Some(id) => store::lock(conn, id).await?,
            None => None,
        };
        let urn = urn(conn, &question, dead.as_deref(), cremation.as_ref()).await?;
        let stores = matches!(question.action, Some(Action::Store(_)));
        let deposited = match (&urn, stores) {
            (Some(urn), true) => running(conn, urn, question.case).await?,
            _ => None,
        };
        let next_urn = match stores && urn.is_none() && form.cremated_elsewhere {
            true => Some(ledger::next_number(conn, &form.facility, now).await?),
            false => None,
        };
        Ok(World {
            facility: facility.map(|one| Facility {
                code: one.code,
                name: one.name,
                kind: one.kind,
                division: one.division,
                serves: one.serves,
            }),
            dead,
            cremation: cremation.map(|done| Cremation {
                person: done.person,
            }),
            urn: urn.map(|urn| Urn {
                number: urn.number,
                person: urn.person,
                at: urn.at,
            }),
            deposited,
            next_urn,
            place: place.map(|place| seen::Place {
                id: place.id,
                label: place.label(),
                facility: place.facility,
                price: place.price,
                spot: place.spot,
            }),
        })
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        people: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let facility = case.form.facility.trim();
        for effect in effects {
            match effect {
                Effect::Receive {
                    urn,
                    certificate,
                    signed,
                } => {
                    let dead = dead_key(people, case);
                    let new = New {
                        body: None,
                        person: dead.as_deref(),
                        facility,
                        case_number: &case.number,
                        signed: (&signed.first, &signed.second),
                        name: &case.form.user.name,
                        receipt: &certificate,
                    };
                    ledger::receive(rt, conn, &urn, new, now).await?;
                }
                Effect::Store { urn, signed } => {
                    let to = Place::InHall { facility };
                    ledger::move_to(conn, signed_move(&urn, to, &signed, case), now).await?;
                }
                Effect::Paid { urn, until } => paid(conn, case, &urn, until).await?,
                Effect::HandOut { urn, signed } => {
                    let to = Place::WithFamily;
                    ledger::move_to(conn, signed_move(&urn, to, &signed, case), now).await?;
                }
                Effect::Settle { urn, spot, signed } => {
                    let dead = dead_key(people, case);
                    settle(conn, case, dead, (&urn, spot), &signed, now).await?;
                }
            }
        }
        Ok(())
    }
}

/// The urn of the case, locked: the contract's, the one named, or the dead's.
async fn urn(
    conn: &mut PgConnection,
    question: &Question<'_, AshesDeposit>,
    dead: Option<&str>,
    cremation: Option<&cremation::Cremated>,
) -> sqlx::Result<Option<ledger::Urn>> {
    let contract = question.case.and_then(|case| case.facts.contract.as_ref());
    let scanned = match question.action {
        Some(Action::Store(data)) => data.urn.trim(),
        _ => "",
    };
    let named = match contract {
        Some(contract) => contract.urn.as_str(),
        None if scanned.is_empty() => question.form.urn.trim(),
        None => scanned,
    };
    if !named.is_empty() {
        return ledger::lock(conn, named).await;
    }
    let known = match (cremation, dead) {
        (Some(done), _) => ledger::of_body(conn, &done.body).await?,
        (None, Some(dead)) => ledger::of_person(conn, dead).await?,
        (None, None) => None,
    };
    match known {
        Some(urn) => ledger::lock(conn, &urn.number).await,
        None => Ok(None),
    }
}

/// Another deposit of the urn that runs.
async fn running(
    conn: &mut PgConnection,
    urn: &ledger::Urn,
    case: Option<&Case<AshesDeposit>>,
) -> sqlx::Result<Option<String>> {
    let own = case.map_or("", |case| case.number.as_str());
    sqlx::query_scalar(
        "select case_number from burial.deposit
          where urn = $1 and case_number <> $2 and ended_at is null",
    )
    .bind(&urn.number)
    .bind(own)
    .fetch_optional(conn)
    .await
}

/// The contract as the keeper's list reads it.
async fn paid(
    conn: &mut PgConnection,
    case: &Case<AshesDeposit>,
    urn: &str,
    until: Date,
) -> Result<(), ApplyError> {
    let written = sqlx::query(
        "insert into burial.deposit (case_number, urn, facility, paid_until)
         values ($1, $2, $3, $4)
         on conflict (case_number) do update set paid_until = excluded.paid_until",
    )
    .bind(&case.number)
    .bind(urn)
    .bind(case.form.facility.trim())
    .bind(to_chrono_date(until))
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

fn dead_key(people: &[KeyedPerson], case: &Case<AshesDeposit>) -> Option<String> {
    let own = case.form.user.person()?;
    let same = |one: &&KeyedPerson| one.person.relation == rest::USER || one.person.id == own.id;
    people.iter().find(same).map(|one| one.key.clone())
}

fn signed_move<'a>(
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
async fn settle(
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
