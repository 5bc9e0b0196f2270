//! Whether another service of civil affairs is involved with somebody: whom to ask, never which
//! service or why. Officers of a case that names the person see a line; the family does not.

use std::sync::Arc;

use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{Item, Runtime, system};
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_proto::child::v1::InvolvementChanged;

use crate::domain::MinimumLiving;

/// Keeps who else is involved.
pub struct Elsewhere {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

#[tonic::async_trait]
impl Handler for Elsewhere {
    fn name(&self) -> &'static str {
        "assistance-elsewhere"
    }

    fn wants(&self, event_type: &str) -> bool {
        matches!(
            event_type,
            "yiwang.child.involvement.started.v1" | "yiwang.child.involvement.ended.v1"
        )
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let changed = InvolvementChanged::decode(event.payload.as_slice())?;
        let started = event.event_type == "yiwang.child.involvement.started.v1";
        if !keep(conn, &changed, started).await? {
            return Ok(());
        }
        let rt = &self.runtime;
        let cause = "民政部门内部提示";
        for number in system::open_cases_naming(conn, MinimumLiving::CODE, &changed.person).await? {
            match system::act(rt, conn, &number, "elsewhere", json!({}), cause).await {
                Ok(()) => {}
                // The case has ended meanwhile.
                Err(fault) if fault.reason == "WRONG_STATE" => {}
                Err(fault) => return Err(HandlerError::Retry(fault.into())),
            }
        }
        Ok(())
    }
}

/// Whether anything is new.
async fn keep(
    conn: &mut PgConnection,
    changed: &InvolvementChanged,
    started: bool,
) -> sqlx::Result<bool> {
    let query = match started {
        true => sqlx::query(
            "insert into assistance.elsewhere (person_key, county) values ($1, $2)
             on conflict (person_key) do update set county = excluded.county
              where elsewhere.county <> excluded.county",
        )
        .bind(&changed.person)
        .bind(&changed.county),
        false => sqlx::query("delete from assistance.elsewhere where person_key = $1")
            .bind(&changed.person),
    };
    Ok(query.execute(conn).await?.rows_affected() > 0)
}

/// Whether another service is involved with one of these people.
pub(crate) async fn involved(conn: &mut PgConnection, keys: &[String]) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select 1 from assistance.elsewhere where person_key = any($1))",
    )
    .bind(keys)
    .fetch_one(conn)
    .await
}
