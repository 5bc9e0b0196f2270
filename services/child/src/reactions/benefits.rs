//! Benefits of social assistance that the child itself draws.

use std::sync::Arc;

use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    inbox::{Handler, HandlerError, Incoming},
};
use yiwang_proto::assistance::v1::StatusChanged;

use super::{later, naming};

/// What a child draws has changed: its top-up is computed anew (rules B3.2).
pub struct Benefits {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

#[tonic::async_trait]
impl Handler for Benefits {
    fn name(&self) -> &'static str {
        "child-benefits"
    }

    fn wants(&self, event_type: &str) -> bool {
        event_type.starts_with("yiwang.assistance.status.")
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let status = StatusChanged::decode(event.payload.as_slice())?;
        let label = match status.benefit.as_str() {
            "DB" => "最低生活保障",
            "TK" => "特困人员救助供养",
            "CJ" => "困难残疾人生活补贴",
            // Paid once, or nothing to do with the child's own.
            _ => return Ok(()),
        };
        let ended = event.event_type == "yiwang.assistance.status.ended.v1";
        let aid = Aid {
            benefit: status.benefit.clone(),
            from_month: status.from_month.clone(),
            fen: if ended { 0 } else { status.monthly_fen },
        };
        keep(conn, &status.person, &aid).await?;
        let cause = format!("{label}有变化，{}起", aid.from_month);
        for case in naming::cases(conn, &status.person, false).await? {
            if case.is_child() {
                let acted = told(&self.runtime, conn, &case.number, &aid, &cause);
                acted.await.map_err(later)?;
            }
        }
        Ok(())
    }
}

/// What somebody draws from a month on.
#[derive(sqlx::FromRow)]
struct Aid {
    benefit: String,
    from_month: String,
    fen: i64,
}

async fn keep(conn: &mut PgConnection, person: &str, aid: &Aid) -> sqlx::Result<()> {
    sqlx::query(
        "insert into child.aid (person, benefit, from_month, fen) values ($1, $2, $3, $4)
         on conflict (person, benefit, from_month) do update set fen = excluded.fen",
    )
    .bind(person)
    .bind(&aid.benefit)
    .bind(&aid.from_month)
    .bind(aid.fen)
    .execute(conn)
    .await?;
    Ok(())
}

async fn told(
    rt: &Runtime,
    conn: &mut PgConnection,
    number: &str,
    aid: &Aid,
    cause: &str,
) -> Result<(), Fault> {
    let data = json!({ "benefit": aid.benefit, "from_month": aid.from_month,
                       "monthly_fen": aid.fen });
    naming::act(rt, conn, number, "aid_changed", data, cause).await
}

/// A case that was opened just now hears what the child draws already.
pub(super) async fn known(
    rt: &Runtime,
    conn: &mut PgConnection,
    number: &str,
) -> Result<(), Fault> {
    let known: Vec<Aid> = sqlx::query_as(
        "select a.benefit, a.from_month, a.fen
           from casework.case_file f join casework.case_person p on p.case_id = f.id
           join child.aid a on a.person = p.person_key
          where f.number = $1 and p.relation = 'child' and f.item in ('orphan', 'unattended-child')
          order by a.from_month, a.benefit",
    )
    .bind(number)
    .fetch_all(&mut *conn)
    .await?;
    for aid in known {
        let cause = format!("已经享受的社会救助，{}起", aid.from_month);
        told(rt, conn, number, &aid, &cause).await?;
    }
    Ok(())
}
