//! What a file asks of somebody at once: a late visit, a child in danger, a child without a director.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{Case, Runtime};
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_civic::time::{beijing_date, end_of_day};

use crate::{
    domain::{
        task::Kind,
        welfare::{ChildFile, child_file::State},
    },
    tasks::{self, NewTask},
};

/// The tasks follow the file.
pub(super) async fn follow(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<ChildFile>,
    now: Timestamp,
) -> Result<(), Fault> {
    let open = case.state.is_open();
    let late = open && case.facts.alarm.is_some();
    let risk = case.state == State::AtRisk;
    let lost = open && !owned(conn, &case.division).await?;
    let wanted = [
        (
            Kind::VisitOverdue,
            late,
            Role::ChildSupervisor,
            "走访没有按期做。",
        ),
        (
            Kind::UrgentVisit,
            risk,
            Role::ChildSupervisor,
            "走访或者其他办件发现孩子可能有危险。",
        ),
        (
            Kind::NoOwner,
            lost,
            Role::ChildCounty,
            "孩子所在的村（社区）没有儿童主任。",
        ),
    ];
    for (kind, wanted, role, because) in wanted {
        if !wanted {
            tasks::done(rt, conn, kind, &case.number, "已经办理").await?;
            continue;
        }
        let task = NewTask {
            kind,
            role,
            division: case.division.clone(),
            subject: case.number.clone(),
            case_number: Some(case.number.clone()),
            because: because.to_owned(),
            from: None,
            due_at: end_of_day(beijing_date(now)),
        };
        tasks::raise(rt, conn, task).await?;
    }
    Ok(())
}

/// Whether a director answers for the village.
async fn owned(conn: &mut PgConnection, division: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from child.director
                         where until is null and post = 'director' and division = $1)",
    )
    .bind(division)
    .fetch_one(conn)
    .await
}

/// A village has a director now: nobody looks for one any more.
pub(super) async fn found(
    rt: &Runtime,
    conn: &mut PgConnection,
    division: &str,
) -> Result<(), Fault> {
    if !owned(conn, division).await? {
        return Ok(());
    }
    let files: Vec<String> = sqlx::query_scalar(
        "select case_number from child.file where open and division = $1 order by case_number",
    )
    .bind(division)
    .fetch_all(&mut *conn)
    .await?;
    for number in files {
        tasks::done(rt, conn, Kind::NoOwner, &number, "已经有儿童主任").await?;
    }
    Ok(())
}
