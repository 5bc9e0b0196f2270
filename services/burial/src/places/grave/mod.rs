//! The item 骨灰安放（葬） over places, urns, deaths and cremations.

mod change;

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Refusal, Registered, Runtime};
use yiwang_civic::time;

use super::{facility, store};
use crate::{
    ashes::ledger::{self, New},
    chain::cremation,
    deaths,
    domain::{
        death::{DeathState, UsedFor},
        grave::{
            self, Action, Grave,
            action::Lay,
            world::{self, Cremation, Death, Effect, World},
        },
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
        if let Some(data) = laying(question) {
            papers.urn = &data.urn;
            if form.living() {
                papers.death = &data.death_certificate;
                papers.cremation = &data.cremation_certificate;
            }
        }
        papers
    }
}

/// What is said of a burial: now, or by whoever signed first.
fn laying<'a>(question: &'a Question<'_, Grave>) -> Option<&'a Lay> {
    match question.action? {
        Action::Lay(data) => Some(data),
        Action::Countersign(_) | Action::FamilySign(_) => {
            match &question.case?.facts.pending.as_ref()?.step {
                grave::facts::Move::Lay(data) => Some(data),
                _ => None,
            }
        }
        _ => None,
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
        let lays = laying(&question).is_some();
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
                name: death.name.clone(),
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
            paid: match (question.case, question.action) {
                (Some(case), Some(Action::GiveBack(_))) => {
                    money::placement::paid(conn, case).await?
                }
                _ => None,
            },
            rate: match question.action {
                Some(Action::AskRenewal(_)) => {
                    money::placement::rate(conn, &form.facility, time::beijing_date(now)).await?
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
            if let Effect::Refund(back) = &effect {
                money::placement::give_back(conn, case, back, now).await?;
                continue;
            }
            let place = store::lock(conn, id).await?.ok_or_else(unknown)?;
            let person = user.as_deref();
            match &effect {
                Effect::Reserve(_) | Effect::Join { .. } => {
                    use_death(rt, conn, case, person, now).await?;
                    money::placement::contract(conn, case, &place, person, now).await?;
                }
                // Whoever lived when the contract was signed has a certificate now.
                Effect::Lay { .. } => use_death(rt, conn, case, person, now).await?,
                Effect::Renew(_) => money::placement::renewal(conn, case, person, now).await?,
                Effect::TakeOut { .. } | Effect::GiveBack => {
                    deaths::uses::end(conn, UsedFor::Grave, &case.number).await?;
                }
                _ => {}
            }
            change::change(conn, case, user.as_deref(), place, effect, now).await?;
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

/// The certificate serves for one grave at a time; one that the register does not have was
/// shown on paper.
async fn use_death(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<Grave>,
    user: Option<&str>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let death = match user {
        Some(user) => deaths::read::of_person(rt, conn, user).await?,
        None => deaths::read::by_number(rt, conn, &case.form.death_certificate).await?,
    };
    let Some(death) = death else { return Ok(()) };
    let by = case.facts.contract.as_ref().map_or("", |one| &one.by);
    let (key, number) = (&death.number_key, &case.number);
    deaths::uses::take(conn, key, UsedFor::Grave, by, number, now).await
}
