//! The item 散埋乱葬、违规墓整治 over the map of graves.

use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};
use yiwang_chassis::db::to_chrono_date;

use crate::domain::grave_remediation::{Action, Effect, GraveRemediation, World, place::Place};

/// About five metres, in millionths of a degree.
const SAME: i32 = 50;

#[tonic::async_trait]
impl Registered for GraveRemediation {
    async fn world(
        _: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let mut world = World::default();
        match (question.case, question.action) {
            (None, _) => {
                if let Some(at) = question.form.position() {
                    world.same_place = same_place(conn, at).await?;
                }
            }
            (Some(_), Some(Action::Treat(data))) => {
                world.cemetery = cemetery(conn, data.cemetery.trim()).await?;
            }
            _ => {}
        }
        Ok(world)
    }

    async fn apply(
        _: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Effect>,
        _: Timestamp,
    ) -> Result<(), ApplyError> {
        for effect in effects {
            match effect {
                Effect::Open { at, priority } => open(conn, case, at, priority).await?,
                Effect::Close { outcome, on } => close(conn, &case.number, outcome, on).await?,
                Effect::Reopen => reopen(conn, &case.number).await?,
                Effect::Exempt => exempt(conn, &case.number).await?,
            }
        }
        Ok(())
    }
}

/// Number of an open case at the very place. Two patrols at the same instant wait for each other.
async fn same_place(conn: &mut PgConnection, at: Place) -> sqlx::Result<Option<String>> {
    let cell = i64::from(at.longitude / 1_000) * 1_000_000 + i64::from(at.latitude / 1_000);
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('grave', $1))")
        .bind(cell)
        .execute(&mut *conn)
        .await?;
    sqlx::query_scalar(
        "select case_number from burial.illegal_grave
          where longitude between $1 - $3 and $1 + $3 and latitude between $2 - $3 and $2 + $3
          order by case_number limit 1",
    )
    .bind(at.longitude)
    .bind(at.latitude)
    .bind(SAME)
    .fetch_optional(conn)
    .await
}

async fn cemetery(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "select name from burial.facility
          where active and code = $1 and kind <> 'funeral_home'",
    )
    .bind(code)
    .fetch_optional(conn)
    .await
}

async fn open(
    conn: &mut PgConnection,
    case: &Case<GraveRemediation>,
    at: Place,
    priority: bool,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into burial.illegal_grave
             (case_number, division, kind, priority, longitude, latitude, state, found_on)
         values ($1, $2, $3, $4, $5, $6, 'open', $7)",
    )
    .bind(&case.number)
    .bind(&case.division)
    .bind(case.form.kind.code())
    .bind(priority)
    .bind(at.longitude)
    .bind(at.latitude)
    .bind(to_chrono_date(case.form.found_on))
    .execute(conn)
    .await?;
    Ok(())
}

async fn close(conn: &mut PgConnection, number: &str, outcome: &str, on: Date) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.illegal_grave set state = 'closed', outcome = $2, closed_on = $3
          where case_number = $1",
    )
    .bind(number)
    .bind(outcome)
    .bind(to_chrono_date(on))
    .execute(conn)
    .await?;
    Ok(())
}

async fn reopen(conn: &mut PgConnection, number: &str) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.illegal_grave
            set state = 'open', outcome = '', closed_on = null, reopened = reopened + 1
          where case_number = $1",
    )
    .bind(number)
    .execute(conn)
    .await?;
    Ok(())
}

async fn exempt(conn: &mut PgConnection, number: &str) -> sqlx::Result<()> {
    sqlx::query("update burial.illegal_grave set state = 'exempt' where case_number = $1")
        .bind(number)
        .execute(conn)
        .await?;
    Ok(())
}
