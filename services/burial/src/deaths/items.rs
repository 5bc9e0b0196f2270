//! The item SW over the register.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};

use super::{By, asked, change::Why, correct, number, read, record, void};
use crate::domain::{
    DeathCertificate,
    dead::DEAD,
    death_certificate::{
        Form,
        facts::Step,
        law::number::Scheme,
        world::{Effect, Known, World},
    },
};

/// Acts that must know the register.
const KNOWING: [&str; 5] = ["check", "correct", "reissue", "ask_void", "void"];

#[tonic::async_trait]
impl Registered for DeathCertificate {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let act = question.action.map_or("submit", |action| action.code());
        let (Some(case), true) = (question.case, KNOWING.contains(&act)) else {
            return Ok(World::default());
        };
        let form = question.form;
        let mut world = World::default();
        let number = match case.facts.number.as_str() {
            "" => form.paper.number.as_str(),
            number => number,
        };
        if !number.trim().is_empty() {
            let key = number::key(rt, number, form.paper.signed_on.year());
            world.known = read::by_key(rt, conn, &key).await?.map(|death| Known {
                state: death.state,
                uses: death.uses,
            });
        }
        if act == "check" {
            let dead = question
                .people
                .iter()
                .find(|one| one.person.relation == DEAD);
            if let Some(dead) = dead {
                let other = read::of_person(rt, conn, &dead.key).await?;
                world.dead_already = other.is_some();
            }
            if number.trim().is_empty() {
                world.next_number = own_number(rt, conn, form, &case.division).await?;
            }
        }
        Ok(world)
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let year = case.form.paper.signed_on.year();
        for effect in effects {
            match effect {
                Effect::Record(death) => {
                    let (actor, name) = signed(case.facts.checked.as_ref());
                    record(rt, conn, &death, by(&actor, &name), now).await?;
                }
                Effect::Correct {
                    number,
                    event,
                    reason,
                } => {
                    let (actor, name) = signed(case.facts.corrected.last());
                    let why = why(by(&actor, &name), &reason, now);
                    let key = number::key(rt, &number, year);
                    correct(rt, conn, &key, &event, why).await?;
                }
                Effect::Void {
                    number,
                    asked_by,
                    reason,
                } => {
                    let (actor, name) = signed(case.facts.voided.as_ref());
                    let why = why(by(&actor, &name), &reason, now);
                    let key = number::key(rt, &number, year);
                    void(rt, conn, &key, &asked_by, why).await?;
                    let account = case.facts.voided.as_ref();
                    let account = account.map(|step| step.account).unwrap_or_default();
                    asked::done(conn, &key, (account, &name, &reason), now).await?;
                }
            }
        }
        Ok(())
    }
}

/// The next serial of the signer, for somebody without any document (DC26).
async fn own_number(
    rt: &Runtime,
    conn: &mut PgConnection,
    form: &Form,
    division: &str,
) -> sqlx::Result<Option<String>> {
    let signed_on = form.paper.signed_on;
    let scheme = Scheme::load(&rt.rules, division, signed_on);
    match (scheme, form.paper.issuer.parse()) {
        (Ok(Scheme::Identity), Ok(issuer)) if form.dead.is_nameless() => {
            number::next(conn, &issuer, signed_on.year()).await
        }
        _ => Ok(None),
    }
}

fn signed(step: Option<&Step>) -> (String, String) {
    step.map_or_else(Default::default, |step| {
        (step.account.to_string(), step.by.clone())
    })
}

fn by<'a>(actor: &'a str, name: &'a str) -> By<'a> {
    By { actor, name }
}

fn why<'a>(by: By<'a>, reason: &'a str, now: Timestamp) -> Why<'a> {
    Why { by, reason, now }
}
