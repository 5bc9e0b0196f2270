//! The two items that read what stands on records: corrections and proofs.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};
use yiwang_civic::{identity_document::IdentityDocument, time};

use super::{Ask, Needs, Subject, apply, entries, number, read, world};
use crate::domain::{
    RecordCorrection, RecordProof,
    record_correction::{self, Action},
    world::{Effect, World},
};

#[tonic::async_trait]
impl Registered for RecordCorrection {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let form = question.form;
        let agreed = matches!(question.action, Some(Action::Approve(data)) if data.agree);
        let ask = Ask {
            hall: &form.hall,
            people: question.people,
            actor: question.actor,
            now: question.now,
            needs: if agreed {
                Needs::Entries
            } else {
                Needs::Nothing
            },
        };
        let mut world = world(rt, conn, ask).await?;
        // What old papers have instead of an ID number has a key of its own.
        if let Some(wrong) = form.wrong_number()
            && wrong.parse::<IdentityDocument>().is_err()
        {
            let key = rt.keyer.blind_index("marriage.paper", wrong);
            let found = read::known(conn, std::slice::from_ref(&key)).await?;
            world.keys.push(key);
            world.people.extend(found);
        }
        world.registered = entries::of(rt, conn, &world.people).await?;
        if agreed {
            let target = record_correction::find(form, &world).ok();
            let prefix = target.and_then(|target| target.certificate(form.wrong));
            if let (Some(prefix), Some(hall)) = (prefix, &world.hall) {
                let today = time::beijing_date(question.now);
                world.next_number = number::next(rt, conn, prefix, &hall.division, today).await?;
            }
        }
        Ok(world)
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        people: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let subject = Subject {
            case_number: &case.number,
            hall: &case.form.hall,
            division: &case.division,
            people,
            residences: [""; 2],
        };
        apply(rt, conn, subject, effects, now).await
    }
}

#[tonic::async_trait]
impl Registered for RecordProof {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let ask = Ask {
            hall: &question.form.hall,
            people: question.people,
            actor: question.actor,
            now: question.now,
            needs: Needs::Nothing,
        };
        let mut world = world(rt, conn, ask).await?;
        if question.action.is_none() {
            world.registered = entries::of(rt, conn, &world.people).await?;
            world.next_number = Some(number::of_proof(conn, question.now).await?);
        }
        Ok(world)
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        people: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let subject = Subject {
            case_number: &case.number,
            hall: &case.form.hall,
            division: &case.division,
            people,
            residences: [""; 2],
        };
        apply(rt, conn, subject, effects, now).await
    }
}
