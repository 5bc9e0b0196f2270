//! The item 异地火化费用报销 over benefits and cremations.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};

use super::{
    benefits::{self, Benefit, Kind},
    subsidy::dead,
};
use crate::{
    chain::cremation,
    deaths::uses,
    domain::{
        cremation_refund::{
            CremationRefund,
            world::{Effect, World},
        },
        death::UsedFor,
    },
};

#[tonic::async_trait]
impl Registered for CremationRefund {
    async fn world(
        _: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let Some(person) = dead(question.people) else {
            return Ok(World::default());
        };
        let cremated = cremation::of_person(conn, person).await?;
        let own = question.case.map_or("", |case| case.number.as_str());
        let waived = benefits::granted(conn, person, Kind::Waiver).await?;
        Ok(World {
            person: Some(person.to_owned()),
            waived: waived.filter(|number| number != own),
            cremated_in: cremated.map(|done| done.county),
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
        for effect in effects {
            match effect {
                Effect::Grant { fen } => {
                    let benefit = Benefit {
                        person: dead(people).unwrap_or_default(),
                        kind: Kind::Waiver,
                        case_number: &case.number,
                        division: &case.division,
                        fen,
                        at_once: false,
                    };
                    benefits::grant(conn, benefit, now).await?;
                    let by = case.facts.approved.as_ref().map_or("", |(by, _)| by);
                    let (used, by) = (UsedFor::Refund, (by, case.number.as_str()));
                    uses::take_of_person(rt, conn, benefit.person, used, by, now).await?;
                }
                Effect::Paid => benefits::paid(conn, &case.number, now).await?,
            }
        }
        Ok(())
    }
}
