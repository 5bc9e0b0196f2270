//! The item 站外托养 over its table: one placement for each stay.

use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime, system};
use yiwang_chassis::fault::Fault;

use super::{guest, institutions};
use crate::{
    domain::{
        FosterPlacement,
        foster_placement::{Effect, State, World},
    },
    stays::{refuse, violates},
};

#[tonic::async_trait]
impl Registered for FosterPlacement {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let stay = question.form.stay.trim();
        let open = match question.case {
            Some(_) => None,
            None => of_stay(conn, stay).await?,
        };
        Ok(World {
            stay: guest::read(rt, conn, stay).await?,
            institution: institutions::find(conn, question.form.institution.trim()).await?,
            open,
        })
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
        let cause = format!("站外托养（{number}）");
        for effect in effects {
            let (act, place) = match effect {
                Effect::Follow => {
                    follow(conn, case).await?;
                    continue;
                }
                Effect::In(place) if place.is_empty() => (
                    "to_foster",
                    own_place(conn, case).await?.unwrap_or_default(),
                ),
                Effect::In(place) => ("to_foster", place),
                Effect::Out(place) => ("from_foster", place),
            };
            let data = json!({ "place": place, "case_number": number });
            guest::acts(rt, conn, &case.form.stay, act, data, &cause).await?;
        }
        Ok(())
    }
}

async fn of_stay(conn: &mut PgConnection, stay: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "select case_number from rescue.placement where stay = $1 and state <> 'ended'",
    )
    .bind(stay.trim())
    .fetch_optional(conn)
    .await
}

/// The place of the station that bears the institution's name, as long as there is room.
async fn own_place(
    conn: &mut PgConnection,
    case: &Case<FosterPlacement>,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "select p.id::text from rescue.place p join rescue.stay s on s.station = p.station
          where s.case_number = $1 and p.kind = 'foster' and p.active and p.label = $2
            and p.berths > (select count(*) from rescue.occupancy o
                             where o.place = p.id and upper_inf(o.during))",
    )
    .bind(case.form.stay.trim())
    .bind(case.facts.institution.trim())
    .fetch_optional(conn)
    .await
}

/// The county found an institution unfit: everybody who lives there is looked at.
pub(super) async fn institution_failed(
    rt: &Runtime,
    conn: &mut PgConnection,
    code: &str,
) -> Result<(), Fault> {
    let numbers: Vec<String> = sqlx::query_scalar(
        "select case_number from rescue.placement
          where institution = $1 and state = 'placed' order by case_number",
    )
    .bind(code)
    .fetch_all(&mut *conn)
    .await?;
    let data = json!({ "reasons": "资质核查不合格" });
    for number in numbers {
        let cause = "县级民政部门核查托养机构";
        system::act(rt, conn, &number, "institution_failed", data.clone(), cause).await?;
    }
    Ok(())
}

/// The stay ends by another case: its placement ends with it.
pub(super) async fn stay_ends(
    rt: &Runtime,
    conn: &mut PgConnection,
    stay: &str,
    cause: &str,
) -> Result<(), ApplyError> {
    let Some(number) = of_stay(conn, stay).await? else {
        return Ok(());
    };
    let data = json!({ "reasons": cause });
    guest::acts(rt, conn, &number, "stay_ended", data, cause).await
}

async fn follow(conn: &mut PgConnection, case: &Case<FosterPlacement>) -> Result<(), ApplyError> {
    let state = match case.state {
        State::Opened | State::Assessed => "open",
        State::Placed => "placed",
        State::Ended | State::Cancelled => "ended",
    };
    let saved = sqlx::query(
        "insert into rescue.placement (case_number, stay, institution, state)
         values ($1, $2, $3, $4)
         on conflict (case_number) do update set state = excluded.state",
    )
    .bind(&case.number)
    .bind(case.form.stay.trim())
    .bind(case.form.institution.trim())
    .bind(state)
    .execute(conn)
    .await;
    match saved {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "one_placement") => {
            let message = "这名受助人员的托养正在办理，请刷新后打开原来的办件。";
            Err(refuse("PLACEMENT_OPEN", message))
        }
        Err(error) => Err(error.into()),
    }
}
