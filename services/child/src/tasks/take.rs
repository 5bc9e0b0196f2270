//! Somebody takes a task, or has done it.

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::to_chrono,
    fault::{Code, Fault},
    identity::Caller,
};
use yiwang_civic::time::beijing_date;
use yiwang_proto::child::v1 as pb;

use super::{
    raise::{by, revisit},
    row::{COLUMNS, Changed, Row, TABLE, THEIRS, grants, known},
};
use crate::domain::task::Kind;

/// Longest result.
const RESULT: usize = 500;

/// The others see who looks after it.
pub(super) async fn take(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::TakeTaskRequest,
) -> Result<pb::Task, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "take_task", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let task = locked(&mut tx, caller, &request.id).await?;
    sqlx::query("update child.task set state = 'taken', account = $2, officer = $3 where id = $1")
        .bind(task.id)
        .bind(caller.account)
        .bind(&caller.name)
        .execute(&mut *tx)
        .await?;
    told(rt, &mut tx, caller, &task, "taken").await?;
    let answer = shown(rt, &mut tx, caller, task.id).await?;
    claim.finish(rt, tx, answer).await
}

/// What came of it; whoever has it may, whether it was taken before or not.
pub(super) async fn done(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::DoneTaskRequest,
) -> Result<pb::Task, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "done_task", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let task = locked(&mut tx, caller, &request.id).await?;
    let result = request.result.trim();
    let length = result.chars().count();
    if length == 0 || length > RESULT || !is_readable(result) {
        let message = "请写明办理结果，不超过500字。";
        return Err(Fault::invalid_field("/result", "REQUIRED", message));
    }
    let sealed = rt.seal(TABLE, &task.id.to_string(), &result)?;
    sqlx::query(
        "update child.task set state = 'done', account = $2, officer = $3, result = $4,
             done_at = $5 where id = $1",
    )
    .bind(task.id)
    .bind(caller.account)
    .bind(&caller.name)
    .bind(sealed)
    .bind(to_chrono(rt.now()))
    .execute(&mut *tx)
    .await?;
    told(rt, &mut tx, caller, &task, "done").await?;
    if task.kind == Kind::Revisit.code() {
        // One a quarter: the next counts from this one.
        let today = beijing_date(rt.now());
        revisit(rt, &mut tx, &task.subject, &task.division, today).await?;
    }
    let answer = shown(rt, &mut tx, caller, task.id).await?;
    claim.finish(rt, tx, answer).await
}

async fn told(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    task: &Row,
    what: &'static str,
) -> sqlx::Result<()> {
    let changed = Changed {
        id: task.id,
        kind: &task.kind,
        division: &task.division,
        role: task.roles.last().map_or("", String::as_str),
    };
    changed.told(rt, conn, what, &by(caller)).await
}

/// A task of the caller's that the caller may take or end now.
async fn locked(conn: &mut PgConnection, caller: &Caller, id: &str) -> Result<Row, Fault> {
    let id: Uuid = id.parse().map_err(|_| unknown())?;
    let task = find(conn, caller, id, "for update of t").await?;
    if task.state == "done" {
        let message = "这项任务已经办完，请刷新页面。";
        return Err(Fault::precondition("TASK_DONE", message));
    }
    let other = task
        .account
        .is_some_and(|account| account != caller.account);
    if task.state == "taken" && other && !task.passed_on_to(caller) {
        let who = task.officer.clone().unwrap_or_default();
        let message = format!("这项任务已由{who}领取，请先和{who}联系。");
        return Err(Fault::precondition("TASK_TAKEN", message));
    }
    Ok(task)
}

async fn find(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    lock: &str,
) -> Result<Row, Fault> {
    let (roles, scopes) = grants(caller)?;
    let sql = format!("select {COLUMNS} from child.task t where t.id = $3 and {THEIRS} {lock}");
    let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(roles)
        .bind(scopes)
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.ok_or_else(unknown)
}

async fn shown(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
) -> Result<pb::Task, Fault> {
    let rows = [find(conn, caller, id, "").await?];
    let known = known(rt, conn, caller, &rows).await?;
    let [row] = rows;
    row.shown(rt, caller, &known)
}

fn unknown() -> Fault {
    let message = "没有找到这项任务，请刷新页面。";
    Fault::new(Code::NotFound, "TASK_NOT_FOUND", message)
}
