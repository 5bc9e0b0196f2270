//! The item 骨灰寄存 over the ledger.

mod change;

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};
use yiwang_civic::time;

use self::change::{paid, settle, signed_move};
use super::ledger::{self, New, Place};
use crate::{
    chain::cremation,
    deaths,
    domain::{
        ashes_deposit::{
            self, Action, AshesDeposit,
            action::{Settle, Store},
            world::{Effect, World},
        },
        grave::world::{self as seen, Cremation, Facility, Urn},
        rest,
    },
    money,
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
        let step = step(&question);
        let named = match step {
            Some(Step::Settle(data)) => data.spot.trim().parse().ok(),
            _ => None,
        };
        // The place before the urn: one order of locks.
        let place = match named {
            Some(id) => store::lock(conn, id).await?,
            None => None,
        };
        let urn = urn(conn, &question, dead.as_deref(), cremation.as_ref()).await?;
        let stores = matches!(step, Some(Step::Store(_)));
        let deposited = match (&urn, stores) {
            (Some(urn), true) => running(conn, urn, question.case).await?,
            _ => None,
        };
        let next_urn = match stores && urn.is_none() && form.cremated_elsewhere {
            true => Some(ledger::next_number(conn, &form.facility, now).await?),
            false => None,
        };
        let enters = |case: &Case<Self>| case.facts.contract.is_none();
        let free_taken = match (&dead, question.case.is_some_and(enters)) {
            (Some(dead), true) => !money::deposit::untouched(conn, dead, &form.facility).await?,
            _ => false,
        };
        let county = form.facility.get(..6);
        let registered = match (&dead, question.action) {
            (Some(dead), Some(Action::Correct(_))) => {
                let death = deaths::read::of_person(rt, conn, dead).await?;
                death.map(|death| death.name)
            }
            _ => None,
        };
        Ok(World {
            cremated_here: cremation.as_ref().map(|done| done.county.as_str()) == county,
            free_taken,
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
            registered,
            rate: match question.action {
                Some(Action::AskRenewal(_)) => {
                    money::deposit::rate(conn, &form.facility, time::beijing_date(now)).await?
                }
                _ => None,
            },
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
                Effect::Paid {
                    urn,
                    until,
                    stored_by,
                } => {
                    paid(conn, case, (&urn, until), stored_by.as_ref()).await?;
                    let dead = dead_key(people, case);
                    money::deposit::bill(conn, case, dead.as_deref(), now).await?;
                }
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

/// What ashes go through: now, or by whoever signed first.
enum Step<'a> {
    Store(&'a Store),
    Settle(&'a Settle),
}

fn step<'a>(question: &'a Question<'_, AshesDeposit>) -> Option<Step<'a>> {
    match question.action? {
        Action::Store(data) => Some(Step::Store(data)),
        Action::Settle(data) => Some(Step::Settle(data)),
        Action::Countersign(_) | Action::FamilySign(_) => {
            match &question.case?.facts.pending.as_ref()?.step {
                ashes_deposit::facts::Move::Store(data) => Some(Step::Store(data)),
                ashes_deposit::facts::Move::Settle(data) => Some(Step::Settle(data)),
                ashes_deposit::facts::Move::HandOut(_) => None,
            }
        }
        _ => None,
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
    let scanned = match step(question) {
        Some(Step::Store(data)) => data.urn.trim(),
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

fn dead_key(people: &[KeyedPerson], case: &Case<AshesDeposit>) -> Option<String> {
    let own = case.form.user.person()?;
    let same = |one: &&KeyedPerson| one.person.relation == rest::USER || one.person.id == own.id;
    people.iter().find(same).map(|one| one.key.clone())
}
