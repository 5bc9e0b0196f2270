//! The item 长期监护 over its tables.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{
    ApplyError, Awaiting, Case, KeyedPerson, Question, Registered, Runtime, State as _,
};

use super::{
    barred,
    custody::{self, Guarded},
    guardianships::Stands,
};
use crate::domain::{
    adoption::law::child::of_ward,
    protection::{
        LongGuardianship,
        long_guardianship::{Action, Effect, World},
        placing::Placing,
    },
};

#[tonic::async_trait]
impl Registered for LongGuardianship {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let mut world = World::default();
        let placing = match (question.case, question.action) {
            (None, _) => Some(&question.form.placing),
            (_, Some(Action::Move(moves))) => Some(&moves.placing),
            _ => None,
        };
        if let Some(carer) = placing.and_then(Placing::id) {
            let key = rt.keyer.key(&carer);
            world.barred = barred::is_barred(conn, key.as_str()).await?;
        }
        if let (None, Some(child)) = (question.case, question.people.first()) {
            let custody = custody::of_child(conn, &child.key).await?;
            world.custody = custody.map(|custody| custody.case_number);
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
        let stands = stands(case);
        stands.follow(rt, conn).await?;
        let number = case.number.as_str();
        for effect in effects {
            match effect {
                Effect::Follow => {}
                Effect::Start(placing) => {
                    let key = stands.key(rt);
                    let guarded = Guarded {
                        case_number: number,
                        long: true,
                        child: key.as_deref(),
                        division: &case.division,
                    };
                    let event = begin(rt, conn, case, guarded, &placing, now).await?;
                    stands.tell(rt, conn, event, now).await?;
                }
                Effect::Move(placing) => {
                    custody::moves(rt, conn, number, &placing, now).await?;
                    stands.tell(rt, conn, "moved", now).await?;
                }
                Effect::Known(_) => {
                    let key = stands.key(rt);
                    custody::identified(conn, number, key.as_deref()).await?;
                }
                Effect::End => {
                    custody::end(conn, number, now).await?;
                    stands.tell(rt, conn, "ended", now).await?;
                }
            }
        }
        Ok(())
    }
}

/// From a temporary guardianship without a gap, or anew.
async fn begin(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<LongGuardianship>,
    guarded: Guarded<'_>,
    placing: &Placing,
    now: Timestamp,
) -> Result<&'static str, ApplyError> {
    let from = case.form.from_case.trim();
    if custody::of_case(conn, from).await?.is_some() {
        custody::to_long(rt, conn, from, guarded, placing, now).await?;
        return Ok("moved");
    }
    custody::open(rt, conn, guarded, placing, now).await?;
    Ok("started")
}

fn stands(case: &Case<LongGuardianship>) -> Stands<'_> {
    let spec = case.state.spec();
    Stands {
        case_number: &case.number,
        division: &case.division,
        long: true,
        from_case: &case.form.from_case,
        child: &case.form.child,
        open: spec.awaiting != Awaiting::Nobody,
        state: spec.code,
        suspicion: case.form.crime,
        adoptable: of_ward(case.form.ground).is_some(),
    }
}
