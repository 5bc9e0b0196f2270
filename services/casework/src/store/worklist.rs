//! Lists of cases: keyset-paged, region scope in SQL, one index read per page.

use jiff::Timestamp;
use sqlx::{Arguments as _, PgConnection, postgres::PgArguments};
use uuid::Uuid;
use yiwang_chassis::db::to_chrono;

use super::case::CaseFile;
use crate::access::reach::{Reach, stands};

/// What a page of work is asked for.
#[derive(Debug, Clone)]
pub(crate) struct WorkQuery<'a> {
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

// The page of a list; `$1` to `$7` say what the caller reaches.
macro_rules! page_sql {
    ($which:expr) => {
        concat!(
            "select case_file.* from casework.case_file where not closed and ",
            $which,
            " and (due_at, id) > ($10, $11) and due_at < $12",
            " and ($13::text is null or item = $13) and ($14::text is null or state = $14)",
            " and ($15::uuid is null or assignee is null or assignee = $15) and ",
            stands!(),
            " order by due_at, id limit $16"
        )
    };
}

// One text per region level: the planner reads `(level, awaiting, due_at, id)` in order.
macro_rules! work_sql {
    ($scope:literal) => {
        page_sql!(concat!($scope, " and awaiting = $9"))
    };
}

/// Open cases of one region that await one group, nearest deadline first.
pub(crate) async fn work(
    conn: &mut PgConnection,
    reach: &Reach,
    (scope, awaiting): (&str, &str),
    query: &WorkQuery<'_>,
) -> sqlx::Result<Vec<CaseFile>> {
    let sql = match scope.len() {
        0 => work_sql!("division like $8 || '%'"),
        2 => work_sql!("province = $8"),
        4 => work_sql!("prefecture = $8"),
        6 => work_sql!("county = $8"),
        9 => work_sql!("township = $8"),
        _ => work_sql!("township = left($8, 9) and division like $8 || '%'"),
    };
    let mut arguments = reach.arguments()?;
    arguments.add(scope).map_err(sqlx::Error::Encode)?;
    arguments.add(awaiting).map_err(sqlx::Error::Encode)?;
    page(conn, sql, arguments, query).await
}

/// Open cases on which an office of the caller stands by name, wherever they are: `every` one, or
/// those that await one of the caller's roles.
pub(crate) async fn named(
    conn: &mut PgConnection,
    reach: &Reach,
    every: bool,
    query: &WorkQuery<'_>,
) -> sqlx::Result<Vec<CaseFile>> {
    let sql = page_sql!(
        "id in (select named.case_id
                  from unnest($5::text[], $6::text[]) office (role, scope)
                  join casework.standing named on named.role = office.role
                   and named.division >= office.scope and named.division < office.scope || ':')
         and ($9 or string_to_array(awaiting, '+') && $8::text[])"
    );
    let mut arguments = reach.arguments()?;
    let roles = reach.roles();
    arguments.add(roles).map_err(sqlx::Error::Encode)?;
    arguments.add(every).map_err(sqlx::Error::Encode)?;
    page(conn, sql, arguments, query).await
}

async fn page(
    conn: &mut PgConnection,
    sql: &'static str,
    arguments: PgArguments,
    query: &WorkQuery<'_>,
) -> sqlx::Result<Vec<CaseFile>> {
    let (at, id) = query.after.unwrap_or((Timestamp::UNIX_EPOCH, Uuid::nil()));
    let rows = sqlx::query_with(sql, arguments)
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

/// Whose own cases are listed.
#[derive(Debug, Clone)]
pub(crate) struct Owner<'a> {
    /// A person whose card was seen.
    pub(crate) person: Option<&'a str>,
    /// The same, seen or only typed.
    pub(crate) typed: Option<&'a str>,
    /// The account.
    pub(crate) account: Uuid,
    /// Where the account may file for others.
    pub(crate) files_in: &'a [String],
    /// Closed items.
    pub(crate) closed: &'a [String],
    /// Those of which a filer sees nothing afterwards.
    pub(crate) filer_decides: &'a [String],
}

/// Cases a person applied for or an account filed, newest first. What is closed an account lists
/// as long as it may still file there.
pub(crate) async fn own(
    conn: &mut PgConnection,
    owner: &Owner<'_>,
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
              and (item <> all($6)
                   or item <> all($7)
                      and exists (select from unnest($8::text[]) scope
                                   where division like scope || '%')
                   or applicant_key = $9
                   or exists (select from casework.case_person on_it
                               where on_it.case_id = case_file.id and on_it.party
                                 and on_it.person_key = $9))
            order by submitted_at desc, id desc limit $5)
        ) mine
        order by submitted_at desc, id desc limit $5
        ",
    )
    // Nobody's key is empty, that of a case without applicant is.
    .bind(owner.person)
    .bind(owner.account)
    .bind(to_chrono(at))
    .bind(id)
    .bind(limit)
    .bind(owner.closed)
    .bind(owner.filer_decides)
    .bind(owner.files_in)
    .bind(owner.typed)
    .fetch_all(conn)
    .await?;
    rows.iter().map(CaseFile::from_row).collect()
}
