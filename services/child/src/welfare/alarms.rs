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
        (Kind::VisitOverdue, late),
        (Kind::UrgentVisit, risk),
        (Kind::NoOwner, lost),
    ];
    for (kind, wanted) in wanted {
        if wanted {
            let task = task(kind, (&case.division, &case.number), now);
            tasks::raise(rt, conn, task).await?;
        } else {
            tasks::done(rt, conn, kind, &case.number, "已经办理").await?;
        }
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

/// Directors of a village came or went: its files find their owner, or look for one.
pub(super) async fn owner_changed(
    rt: &Runtime,
    conn: &mut PgConnection,
    division: &str,
) -> Result<(), Fault> {
    let owned = owned(conn, division).await?;
    let files: Vec<String> = sqlx::query_scalar(
        "select case_number from child.file where open and division = $1 order by case_number",
    )
    .bind(division)
    .fetch_all(&mut *conn)
    .await?;
    for number in files {
        if owned {
            tasks::done(rt, conn, Kind::NoOwner, &number, "已经有儿童主任").await?;
        } else {
            let task = task(Kind::NoOwner, (division, &number), rt.now());
            tasks::raise(rt, conn, task).await?;
        }
    }
    Ok(())
}

/// A task about a file, to be done the same day.
fn task(kind: Kind, (division, number): (&str, &str), now: Timestamp) -> NewTask {
    let (role, because) = match kind {
        Kind::VisitOverdue => (Role::ChildSupervisor, "走访没有按期做。"),
        Kind::NoOwner => (Role::ChildCounty, "孩子所在的村（社区）没有儿童主任。"),
        _ => (
            Role::ChildSupervisor,
            "走访或者其他办件发现孩子可能有危险。",
        ),
    };
    NewTask {
        kind,
        role,
        division: division.to_owned(),
        subject: number.to_owned(),
        case_number: Some(number.to_owned()),
        because: because.to_owned(),
        from: None,
        due_at: end_of_day(beijing_date(now)),
    }
}
