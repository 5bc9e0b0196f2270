//! The item 接送返回 over its table: one open journey for each stay.

use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};

use super::{guest, placements};
use crate::{
    domain::{
        EscortedReturn,
        escorted_return::{Effect, State, World},
    },
    stays::{refuse, violates},
};

#[tonic::async_trait]
impl Registered for EscortedReturn {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let stay = question.form.stay.trim();
        let mut world = World {
            stay: guest::read(rt, conn, stay).await?,
            open: None,
        };
        if question.case.is_none() {
            world.open = sqlx::query_scalar(
                "select case_number from rescue.journey where stay = $1 and state = 'open'",
            )
            .bind(stay)
            .fetch_optional(conn)
            .await?;
        }
        Ok(world)
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Effect>,
        _: Timestamp,
    ) -> Result<(), ApplyError> {
        let number = case.number.as_str();
        let stay = case.form.stay.as_str();
        let cause = format!("接送返回（{number}）");
        for effect in effects {
            match effect {
                Effect::Follow => follow(conn, case).await?,
                Effect::Depart(trip) => {
                    let data = json!({ "place": trip.place.trim(), "case_number": number });
                    guest::acts(rt, conn, stay, "depart", data, &cause).await?;
                }
                Effect::Back(reasons) => {
                    let data = json!({ "place": "", "case_number": number, "reasons": reasons });
                    guest::acts(rt, conn, stay, "back", data, &cause).await?;
                }
                Effect::Home(how) => {
                    // Fetched from the institution itself.
                    placements::stay_ends(rt, conn, stay, &cause).await?;
                    let data = json!({ "leave_type": how, "case_number": number,
                        "across_provinces": case.facts.across_provinces });
                    guest::acts(rt, conn, stay, "arrive_home", data, &cause).await?;
                }
            }
        }
        Ok(())
    }
}

async fn follow(conn: &mut PgConnection, case: &Case<EscortedReturn>) -> Result<(), ApplyError> {
    let state = match case.state {
        State::Home => "home",
        State::Ended => "ended",
        _ => "open",
    };
    let saved = sqlx::query(
        "insert into rescue.journey (case_number, stay, state, across_provinces, origin)
         values ($1, $2, $3, $4, $5)
         on conflict (case_number) do update set state = excluded.state",
    )
    .bind(&case.number)
    .bind(case.form.stay.trim())
    .bind(state)
    .bind(case.facts.across_provinces)
    .bind(case.form.origin.trim())
    .execute(conn)
    .await;
    match saved {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "one_journey") => {
            let message = "这名受助人员的接送返回正在办理，请刷新后打开原来的办件。";
            Err(refuse("JOURNEY_OPEN", message))
        }
        Err(error) => Err(error.into()),
    }
}
