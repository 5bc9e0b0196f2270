//! Lists of cases: keyset-paged, region scope in SQL, one index read per page.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::to_chrono;

use super::case::CaseFile;

/// What a page of work is asked for.
#[derive(Debug, Clone)]
pub(crate) struct WorkQuery<'a> {
    /// Beginning of the division codes, 0 to 12 digits.
    pub(crate) scope: &'a str,
    /// Exact value of `awaiting`.
    pub(crate) awaiting: &'a str,
    /// Only this item, or all.
    pub(crate) item: Option<&'a str>,
    /// Only this state, or all.
    pub(crate) state: Option<&'a str>,
    /// Only cases due before this instant.
    pub(crate) due_before: Timestamp,
    /// Last case of the page before.
    pub(crate) after: Option<(Timestamp, Uuid)>,
    /// Leave out what is assigned to anybody but this officer.
    pub(crate) not_assigned_away_from: Option<Uuid>,
    /// Rows at most.
    pub(crate) limit: i64,
}

// One text per region level: the planner reads `(level, awaiting, due_at, id)` in order.
macro_rules! work_sql {
    ($scope:literal) => {
        concat!(
            "select * from casework.case_file where not closed and ",
            $scope,
            " and awaiting = $2",
            " and (due_at, id) > ($3, $4) and due_at < $5",
            " and ($6::text is null or item = $6) and ($7::text is null or state = $7)",
            " and ($8::uuid is null or assignee is null or assignee = $8)",
            " order by due_at, id limit $9"
        )
    };
}

/// Open cases of one region that await one group, nearest deadline first.
pub(crate) async fn work(
    conn: &mut PgConnection,
    query: &WorkQuery<'_>,
) -> sqlx::Result<Vec<CaseFile>> {
    let sql = match query.scope.len() {
        0 => work_sql!("division like $1 || '%'"),
        2 => work_sql!("province = $1"),
        4 => work_sql!("prefecture = $1"),
        6 => work_sql!("county = $1"),
        9 => work_sql!("township = $1"),
        _ => work_sql!("township = left($1, 9) and division like $1 || '%'"),
    };
    let (at, id) = query.after.unwrap_or((Timestamp::UNIX_EPOCH, Uuid::nil()));
    let rows = sqlx::query(sql)
        .bind(query.scope)
        .bind(query.awaiting)
        .bind(to_chrono(at))
        .bind(id)
        .bind(to_chrono(query.due_before))
        .bind(query.item)
        .bind(query.state)
        .bind(query.not_assigned_away_from)
        .bind(query.limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(CaseFile::from_row).collect()
}

/// Cases a person applied for or an account filed, newest first.
pub(crate) async fn own(
    conn: &mut PgConnection,
    person_key: Option<&str>,
    account: Uuid,
    before: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<CaseFile>> {
    let (at, id) = before.unwrap_or((crate::FAR_FUTURE, Uuid::max()));
    let rows = sqlx::query(
        r"
        select * from (
          (select * from casework.case_file
            where applicant_key = $1 and (submitted_at, id) < ($3, $4)
            order by submitted_at desc, id desc limit $5)
          union
          (select file.* from casework.case_person on_it
             join casework.case_file file on file.id = on_it.case_id
            where on_it.person_key = $1 and on_it.party and (submitted_at, file.id) < ($3, $4)
            order by submitted_at desc, file.id desc limit $5)
          union
          (select * from casework.case_file
            where account = $2 and (submitted_at, id) < ($3, $4)
            order by submitted_at desc, id desc limit $5)
        ) mine
        order by submitted_at desc, id desc limit $5
        ",
    )
    .bind(person_key.unwrap_or_default())
    .bind(account)
    .bind(to_chrono(at))
    .bind(id)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(CaseFile::from_row).collect()
}
