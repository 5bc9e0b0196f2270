//! The item 回归稳固 over its table: one open file for each person.

use jiff::Timestamp;
use serde_json::Value;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime, system};

use super::easily_lost;
use crate::{
    domain::{
        ReturnSupport,
        return_support::{Effect, State, World},
    },
    stays::{failed, refuse, violates},
};

#[tonic::async_trait]
impl Registered for ReturnSupport {
    async fn world(
        _: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let mut world = World::default();
        if let (None, Some(person)) = (question.case, question.people.first()) {
            world.open = of_person(conn, &person.key).await?;
        }
        Ok(world)
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        people: &[KeyedPerson],
        effects: Vec<Effect>,
        _: Timestamp,
    ) -> Result<(), ApplyError> {
        let person = people
            .first()
            .map_or(case.applicant.as_str(), |person| person.key.as_str());
        for effect in effects {
            match effect {
                Effect::Follow => follow(conn, case, person).await?,
                Effect::Raise => raise(rt, conn, person).await?,
            }
        }
        Ok(())
    }
}

/// The open file of somebody.
pub(super) async fn of_person(
    conn: &mut PgConnection,
    person_key: &str,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "select case_number from rescue.homecoming where person_key = $1 and state = 'open'",
    )
    .bind(person_key)
    .fetch_optional(conn)
    .await
}

async fn follow(
    conn: &mut PgConnection,
    case: &Case<ReturnSupport>,
    person: &str,
) -> Result<(), ApplyError> {
    let state = match case.state {
        State::Stable => "stable",
        State::Closed => "closed",
        _ => "open",
    };
    let saved = sqlx::query(
        "insert into rescue.homecoming (case_number, person_key, county, township, stay, state)
         values ($1, $2, left($3, 6), $3, $4, $5)
         on conflict (case_number) do update
            set stay = excluded.stay, state = excluded.state",
    )
    .bind(&case.number)
    .bind(person)
    .bind(&case.division)
    .bind(case.facts.stays.last())
    .bind(state)
    .execute(conn)
    .await;
    match saved {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "one_homecoming") => {
            let message = "这个人的返乡帮扶正在办理，请刷新后打开原来的办件。";
            Err(refuse("HOMECOMING_OPEN", message))
        }
        Err(error) => Err(error.into()),
    }
}

/// On the register of people easily lost, one level up; who is not on it, or is missing, stays so.
async fn raise(rt: &Runtime, conn: &mut PgConnection, person: &str) -> Result<(), ApplyError> {
    let Some(entry) = easily_lost::of_person(conn, person).await? else {
        return Ok(());
    };
    let cause = "返乡后又外出流浪";
    match system::act(rt, conn, &entry, "raise", Value::Null, cause).await {
        Err(fault) if fault.reason != "WRONG_STATE" => Err(failed(fault)),
        _ => Ok(()),
    }
}
