//! Whose tasks there are: those of the caller's roles and divisions, and no others.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    page::{Cursor, limit_of},
};
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::Fault,
    identity::Caller,
};
use yiwang_civic::division;
use yiwang_proto::child::v1 as pb;

use super::row::{COLUMNS, Row, THEIRS, grants, known};

/// The caller's tasks, the most urgent first.
pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListTasksRequest,
) -> Result<pb::TaskList, Fault> {
    let (roles, scopes) = grants(caller)?;
    let limit = limit_of(request.limit);
    let place = match request.division.trim() {
        "" => "",
        code => division::scope_prefix(code),
    };
    let (after, after_id): (DateTime<Utc>, Uuid) = match Cursor::parse(&request.cursor)? {
        Some((at, id)) => (to_chrono(at), id),
        None => (DateTime::UNIX_EPOCH, Uuid::nil()),
    };
    let mut conn = rt.pool.acquire().await?;
    let sql = format!(
        "select {COLUMNS} from child.task t
          where (t.state = 'done') = $3 and starts_with(t.division, $4) and t.shown_from <= $8
            and (t.due_at, t.id) > ($5, $6) and {THEIRS}
          order by t.due_at, t.id limit $7"
    );
    let mut rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(&roles)
        .bind(&scopes)
        .bind(request.done)
        .bind(place)
        .bind(after)
        .bind(after_id)
        .bind(limit + 1)
        .bind(to_chrono(rt.now()))
        .fetch_all(&mut *conn)
        .await?;
    let sql = format!(
        "select count(*), count(*) filter (where t.due_at <= $4) from child.task t
          where t.state <> 'done' and starts_with(t.division, $3) and t.shown_from <= $4
            and {THEIRS}"
    );
    let (open, late): (i64, i64) = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(&roles)
        .bind(&scopes)
        .bind(place)
        .bind(to_chrono(rt.now()))
        .fetch_one(&mut *conn)
        .await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let last = rows.last().filter(|_| more);
    let next_cursor = last.map(|row| Cursor::print(from_chrono(row.due_at), row.id));
    let known = known(rt, &mut conn, caller, &rows).await?;
    let tasks = rows.into_iter().map(|row| row.shown(rt, caller, &known));
    Ok(pb::TaskList {
        tasks: tasks.collect::<Result<_, _>>()?,
        next_cursor: next_cursor.unwrap_or_default(),
        open,
        late,
    })
}
