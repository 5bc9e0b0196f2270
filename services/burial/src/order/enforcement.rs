//! The item 殡葬联合执法 over its list.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{
    ApplyError, Awaiting, Case, KeyedPerson, Question, Registered, Runtime, State as _,
};
use yiwang_chassis::db::to_chrono_date;
use yiwang_civic::time;

use crate::domain::enforcement::{BurialEnforcement, Effect, World};

#[tonic::async_trait]
impl Registered for BurialEnforcement {
    async fn world(
        _: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let grave: bool = sqlx::query_scalar(
            "select exists (select 1 from burial.illegal_grave where case_number = $1)",
        )
        .bind(question.form.grave_case.trim())
        .fetch_one(conn)
        .await?;
        Ok(World { grave })
    }

    async fn apply(
        _: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        for Effect::Keep in effects {
            keep(conn, case, now).await?;
        }
        Ok(())
    }
}

async fn keep(
    conn: &mut PgConnection,
    case: &Case<BurialEnforcement>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let spec = case.state.spec();
    let today = to_chrono_date(time::beijing_date(now));
    let closed = (spec.awaiting == Awaiting::Nobody).then_some(today);
    let decided = case
        .facts
        .ruling
        .as_ref()
        .map(|(_, _, on)| to_chrono_date(*on));
    let grave = Some(case.form.grave_case.trim()).filter(|number| !number.is_empty());
    sqlx::query(
        "insert into burial.enforcement
             (case_number, division, matter, state, opened_on, decided_on, closed_on, grave_case)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (case_number) do update
            set state = $4, decided_on = $6, closed_on = $7",
    )
    .bind(&case.number)
    .bind(&case.division)
    .bind(case.form.matter.code())
    .bind(spec.code)
    .bind(to_chrono_date(case.submitted_on))
    .bind(decided)
    .bind(closed)
    .bind(grave)
    .execute(conn)
    .await?;
    Ok(())
}
