//! Our own cases: whoever is the child of an open one is known to child protection.

use std::sync::Arc;

use prost::Message as _;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    inbox::{Handler, HandlerError, Incoming},
};
use yiwang_proto::event::v1::CaseChanged;

use super::{benefits, later};
use crate::tasks;

/// A case opens, ends, or learns who its child is: the others learn that somebody is involved.
pub struct Involvements {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

#[tonic::async_trait]
impl Handler for Involvements {
    fn name(&self) -> &'static str {
        "child-involvements"
    }

    fn wants(&self, event_type: &str) -> bool {
        event_type.starts_with("yiwang.child.case.")
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let changed = CaseChanged::decode(event.payload.as_slice())?;
        if changed.version == 1 {
            let known = benefits::known(&self.runtime, conn, &changed.number);
            known.await.map_err(later)?;
        }
        let counted = count(&self.runtime, conn, &changed.number);
        counted.await.map_err(later)
    }
}

/// What the case counts for now, whatever the event was.
async fn count(rt: &Runtime, conn: &mut PgConnection, number: &str) -> Result<(), Fault> {
    // The event of a closed case does not say where it is.
    let county: Option<String> =
        sqlx::query_scalar("select county from casework.case_file where number = $1")
            .bind(number)
            .fetch_optional(&mut *conn)
            .await?;
    let Some(county) = county else {
        return Ok(());
    };
    let begun: Vec<String> = sqlx::query_scalar(
        "insert into child.involved (case_number, person_key)
         select f.number, p.person_key
           from casework.case_file f join casework.case_person p on p.case_id = f.id
          where f.number = $1 and not f.closed and p.relation = 'child'
         on conflict do nothing returning person_key",
    )
    .bind(number)
    .fetch_all(&mut *conn)
    .await?;
    for person in begun {
        tasks::involve(rt, conn, &person, &county, true).await?;
    }
    let ended: Vec<String> = sqlx::query_scalar(
        "delete from child.involved i where i.case_number = $1 and not exists (
             select from casework.case_file f join casework.case_person p on p.case_id = f.id
              where f.number = $1 and not f.closed and p.relation = 'child'
                and p.person_key = i.person_key)
         returning person_key",
    )
    .bind(number)
    .fetch_all(&mut *conn)
    .await?;
    for person in ended {
        tasks::involve(rt, conn, &person, &county, false).await?;
    }
    Ok(())
}
