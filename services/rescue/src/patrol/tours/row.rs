//! Patrols in their table.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_chassis::{
    db::from_chrono,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::rescue::v1 as pb;

use super::super::patrol_unknown;
use crate::stays::{stations::Station, wire, worked_at};

#[derive(FromRow)]
pub(in super::super) struct Row {
    id: Uuid,
    pub(in super::super) station: String,
    campaign: Option<Uuid>,
    area: String,
    route: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    partners: Vec<String>,
    leader_name: String,
    state: String,
    started_at: Option<DateTime<Utc>>,
    done_at: Option<DateTime<Utc>>,
    summary: String,
    version: i64,
    encounters: i64,
    check_ins: i64,
}

/// Patrols with what was done on them.
macro_rules! patrols {
    ($rest:literal) => {
        concat!(
            "select p.*,
                    (select count(*) from rescue.encounter e where e.patrol = p.id) as encounters,
                    (select count(*) from rescue.check_in c where c.patrol = p.id) as check_ins
               from rescue.patrol p ",
            $rest
        )
    };
}

/// A patrol on the wire.
pub(super) fn out(row: Row) -> pb::Patrol {
    let time = |at: Option<DateTime<Utc>>| at.map(|at| wire(from_chrono(at))).unwrap_or_default();
    pb::Patrol {
        id: row.id.to_string(),
        station: row.station,
        campaign: row.campaign.map(|id| id.to_string()).unwrap_or_default(),
        area: row.area,
        route: row.route,
        starts_at: time(Some(row.starts_at)),
        ends_at: time(Some(row.ends_at)),
        partners: row.partners,
        leader_name: row.leader_name,
        state: row.state,
        started_at: time(row.started_at),
        done_at: time(row.done_at),
        summary: row.summary,
        version: row.version,
        encounters: row.encounters,
        check_ins: row.check_ins,
        planned: 0,
    }
}

pub(in super::super) async fn find(conn: &mut PgConnection, id: Uuid) -> Result<Row, Fault> {
    let row: Option<Row> = sqlx::query_as(patrols!("where p.id = $1"))
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.ok_or_else(patrol_unknown)
}

pub(super) use patrols;

/// A patrol, locked, for who works at its station; whoever may not see it learns no more than of
/// none.
pub(in super::super) async fn lock(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    roles: &[Role],
) -> Result<(Station, String), Fault> {
    let found: Option<(String, String)> =
        sqlx::query_as("select station, state from rescue.patrol where id = $1 for update")
            .bind(id)
            .fetch_optional(&mut *conn)
            .await?;
    let (station, state) = found.ok_or_else(patrol_unknown)?;
    Ok((worked_at(conn, caller, &station, roles).await?, state))
}
