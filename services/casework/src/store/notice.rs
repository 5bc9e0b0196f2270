//! Public notices 公示 and the objections 异议 to them.

use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, Row, postgres::PgRow};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, from_chrono_date, to_chrono, to_chrono_date};
use yiwang_civic::time;

use crate::{case::NoticeFacts, decision::PostNotice};

/// A notice as posted.
#[derive(Debug, Clone)]
pub(crate) struct NoticeRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) rows: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) division: String,
    pub(crate) posted_at: Timestamp,
    pub(crate) last_day: Date,
    pub(crate) ends_at: Timestamp,
    pub(crate) withdrawn: bool,
    pub(crate) objections: i64,
    pub(crate) open_objections: i64,
}

impl NoticeRow {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let rows: sqlx::types::Json<Vec<(String, String)>> = row.try_get("rows")?;
        let withdrawn_at: Option<chrono::DateTime<chrono::Utc>> = row.try_get("withdrawn_at")?;
        Ok(Self {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            kind: row.try_get("kind")?,
            title: row.try_get("title")?,
            rows: rows.0,
            body: row.try_get("body")?,
            division: row.try_get("division")?,
            posted_at: from_chrono(row.try_get("posted_at")?),
            last_day: from_chrono_date(row.try_get("last_day")?),
            ends_at: from_chrono(row.try_get("ends_at")?),
            withdrawn: withdrawn_at.is_some(),
            objections: row.try_get("objections")?,
            open_objections: row.try_get("open_objections")?,
        })
    }

    /// Whether the public may read it now.
    pub(crate) fn running(&self, now: Timestamp) -> bool {
        !self.withdrawn && now < self.ends_at
    }

    pub(crate) fn facts(&self) -> NoticeFacts {
        NoticeFacts {
            name: self.name.clone(),
            posted_at: self.posted_at,
            ends_at: Some(self.ends_at),
            withdrawn: self.withdrawn,
            open_objections: u32::try_from(self.open_objections).unwrap_or(u32::MAX),
        }
    }
}

/// Posts a notice.
pub(crate) async fn post(
    conn: &mut PgConnection,
    id: Uuid,
    case: Uuid,
    division: &str,
    notice: &PostNotice,
    posted_by: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into casework.notice
           (id, case_id, name, kind, title, rows, body, place, division, posted_at, posted_by,
            last_day, ends_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(id)
    .bind(case)
    .bind(&notice.name)
    .bind(&notice.kind)
    .bind(&notice.title)
    .bind(sqlx::types::Json(&notice.rows))
    .bind(&notice.text)
    .bind(&notice.place)
    .bind(division)
    .bind(to_chrono(now))
    .bind(posted_by)
    .bind(to_chrono_date(notice.last_day))
    .bind(to_chrono(time::end_of_day(notice.last_day)))
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes down the running notices of this name.
pub(crate) async fn withdraw(
    conn: &mut PgConnection,
    case: Uuid,
    name: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update casework.notice set withdrawn_at = $3
          where case_id = $1 and name = $2 and withdrawn_at is null and ends_at > $3",
    )
    .bind(case)
    .bind(name)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// Settles the open objections to a notice with this result.
pub(crate) async fn settle(
    conn: &mut PgConnection,
    case: Uuid,
    name: &str,
    result: &[u8],
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update casework.objection set settled_at = $4, result = $3
          where settled_at is null and notice_id in
                (select id from casework.notice where case_id = $1 and name = $2)",
    )
    .bind(case)
    .bind(name)
    .bind(result)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// All notices of a case, oldest first.
pub(crate) async fn of_case(conn: &mut PgConnection, case: Uuid) -> sqlx::Result<Vec<NoticeRow>> {
    let rows = sqlx::query(
        r"
        select n.*,
               (select count(*) from casework.objection o where o.notice_id = n.id) as objections,
               (select count(*) from casework.objection o
                 where o.notice_id = n.id and o.settled_at is null) as open_objections
          from casework.notice n where n.case_id = $1 order by n.posted_at, n.id
        ",
    )
    .bind(case)
    .fetch_all(conn)
    .await?;
    rows.iter().map(NoticeRow::from_row).collect()
}

/// Running notices of a region, newest first, after the cursor.
pub(crate) async fn public(
    conn: &mut PgConnection,
    division_prefix: &str,
    before: Option<(Timestamp, Uuid)>,
    limit: i64,
    now: Timestamp,
) -> sqlx::Result<Vec<NoticeRow>> {
    let (at, id) = before.unwrap_or((crate::FAR_FUTURE, Uuid::max()));
    let rows = sqlx::query(
        r"
        select n.*, 0::bigint as objections, 0::bigint as open_objections
          from casework.notice n
         where n.withdrawn_at is null and n.ends_at > $1
           and n.division like $2 || '%'
           and (n.posted_at, n.id) < ($3, $4)
         order by n.posted_at desc, n.id desc
         limit $5
        ",
    )
    .bind(to_chrono(now))
    .bind(division_prefix)
    .bind(to_chrono(at))
    .bind(id)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(NoticeRow::from_row).collect()
}

/// One notice with the case it belongs to.
pub(crate) async fn find(
    conn: &mut PgConnection,
    id: Uuid,
) -> sqlx::Result<Option<(NoticeRow, Uuid)>> {
    let row = sqlx::query(
        "select n.*, 0::bigint as objections, 0::bigint as open_objections
           from casework.notice n where n.id = $1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?;
    row.as_ref()
        .map(|row| Ok((NoticeRow::from_row(row)?, row.try_get("case_id")?)))
        .transpose()
}

/// Records an objection; `body` is sealed.
pub(crate) async fn object(
    conn: &mut PgConnection,
    id: Uuid,
    notice: Uuid,
    body: &[u8],
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("insert into casework.objection (id, notice_id, body, at) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(notice)
        .bind(body)
        .bind(to_chrono(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// An objection; `body` is sealed.
pub(crate) struct ObjectionRow {
    pub(crate) id: Uuid,
    pub(crate) body: Vec<u8>,
    pub(crate) at: Timestamp,
    pub(crate) result: Option<Vec<u8>>,
}

type Columns = (
    Uuid,
    Vec<u8>,
    chrono::DateTime<chrono::Utc>,
    Option<Vec<u8>>,
);

/// Objections to the notices of a case, oldest first.
pub(crate) async fn objections(
    conn: &mut PgConnection,
    case: Uuid,
) -> sqlx::Result<Vec<ObjectionRow>> {
    let rows: Vec<Columns> = sqlx::query_as(
        "select o.id, o.body, o.at, o.result from casework.objection o
           join casework.notice n on n.id = o.notice_id
          where n.case_id = $1 order by o.at, o.id",
    )
    .bind(case)
    .fetch_all(conn)
    .await?;
    let row = |(id, body, at, result): Columns| ObjectionRow {
        id,
        body,
        at: from_chrono(at),
        result,
    };
    Ok(rows.into_iter().map(row).collect())
}
