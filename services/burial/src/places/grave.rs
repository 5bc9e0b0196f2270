//! The item 骨灰安放（葬） over places, urns, deaths and cremations.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Refusal, Registered, Runtime};
use yiwang_civic::time;

use super::{
    facility,
    store::{self, Place},
};
use crate::{
    ashes::ledger::{self, Move, New},
    chain::cremation,
    deaths,
    domain::{
        death::DeathState,
        grave::{
            Action, Grave,
            world::{self, Cremation, Death, Effect, Signed, World},
        },
        ledger::{SpotError, Whereabouts},
        rest,
    },
    money,
    planning::zones,
};

/// What is read of the papers that form or act name.
struct Papers<'a> {
    death: &'a str,
    cremation: &'a str,
    urn: &'a str,
}

impl<'a> Papers<'a> {
    fn of(question: &'a Question<'_, Grave>) -> Self {
        let form = question.form;
        let mut papers = Self {
            death: &form.death_certificate,
            cremation: &form.cremation_certificate,
            urn: "",
        };
        if let Some(laid) = question.case.and_then(|case| case.facts.laid.as_ref()) {
            papers.urn = &laid.urn;
        }
        if let Some(Action::Lay(data)) = question.action {
            papers.urn = &data.urn;
            if form.living() {
                papers.death = &data.death_certificate;
                papers.cremation = &data.cremation_certificate;
            }
        }
        papers
    }
}

#[tonic::async_trait]
impl Registered for Grave {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let (form, now) = (question.form, question.now);
        let own_case = question.case.map_or("", |case| case.number.as_str());
        let facility = facility::find(conn, &form.facility).await?;
        let place = match form.spot() {
            Some(id) => store::lock(conn, id).await?,
            None => None,
        };
        let free = match &place {
            Some(place) => store::next_free(conn, place, now).await?,
            None => Vec::new(),
        };
        let user = user(rt, &question);
        let papers = Papers::of(&question);
        let death = match papers.death.trim() {
            "" => None,
            number => deaths::read::by_number(rt, conn, number).await?,
        };
        let cremation = match papers.cremation.trim() {
            "" => None,
            number => cremation::by_certificate(conn, number).await?,
        };
        let urn = match papers.urn.trim() {
            "" => None,
            number => ledger::lock(conn, number).await?,
        };
        let lays = matches!(question.action, Some(Action::Lay(_)));
        let next_urn = match lays && papers.urn.trim().is_empty() {
            true => Some(ledger::next_number(conn, &form.facility, now).await?),
            false => None,
        };
        let rests = match &user {
            Some(user) => store::rests(conn, user, own_case).await?,
            None => None,
        };
        let died_on = death.as_ref().map(deaths::read::Death::died_on);
        let day = died_on.unwrap_or_else(|| time::beijing_date(now));
        let household = form.user.household.trim();
        let zone = match household.is_empty() {
            true => None,
            false => zones::on(conn, household, day).await?,
        };
        Ok(World {
            facility: facility.map(|one| world::Facility {
                code: one.code,
                name: one.name,
                kind: one.kind,
                division: one.division,
                serves: one.serves,
            }),
            place: place.map(|place| world::Place {
                id: place.id,
                label: place.label(),
                facility: place.facility,
                price: place.price,
                spot: place.spot,
            }),
            free,
            user,
            death: death.map(|death| Death {
                died_on: death.died_on(),
                voided: death.state == DeathState::Voided,
                person: death.person,
            }),
            cremation: cremation.map(|done| Cremation {
                person: done.person,
            }),
            urn: urn.map(|urn| world::Urn {
                number: urn.number,
                person: urn.person,
                at: urn.at,
            }),
            next_urn,
            rests,
            zone,
            bill_settled: money::store::settled(conn, own_case).await?,
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
        let user = person_key(people, case);
        let unknown = || ApplyError::Refused(Refusal::new("SPOT_UNKNOWN", "没有找到这个位置。"));
        let id: Uuid = case.form.spot().ok_or_else(unknown)?;
        for effect in effects {
            if let Effect::Receive {
                urn,
                certificate,
                signed,
            } = &effect
            {
                let new = New {
                    body: None,
                    person: user.as_deref(),
                    facility: &case.form.facility,
                    case_number: &case.number,
                    signed: (&signed.first, &signed.second),
                    name: &case.form.user.name,
                    receipt: certificate,
                };
                ledger::receive(rt, conn, urn, new, now).await?;
                continue;
            }
            let place = store::lock(conn, id).await?.ok_or_else(unknown)?;
            if matches!(effect, Effect::Reserve(_) | Effect::Join { .. }) {
                money::placement::bill(conn, case, &place, user.as_deref(), now).await?;
            }
            change(conn, case, user.as_deref(), place, effect, now).await?;
        }
        Ok(())
    }
}

/// Key of the person the place is for.
fn user(rt: &Runtime, question: &Question<'_, Grave>) -> Option<String> {
    let person = question.form.user.person()?;
    Some(rt.keyer.document_key(&person.id).as_str().to_owned())
}

/// The same from the keyed people; who applies for themselves stands there once.
fn person_key(people: &[KeyedPerson], case: &Case<Grave>) -> Option<String> {
    let own = case.form.user.person()?;
    let same = |one: &&KeyedPerson| one.person.relation == rest::USER || one.person.id == own.id;
    people.iter().find(same).map(|one| one.key.clone())
}

/// One change of the place, and of the urn with it.
async fn change(
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
        Effect::Receive { .. } => return Ok(()),
    }
    store::save(conn, &before, &place, contract.as_ref()).await
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
