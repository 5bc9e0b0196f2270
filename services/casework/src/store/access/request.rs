//! Access to closed cases: asked for, decided; taken in an emergency, reviewed.

use jiff::Timestamp;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, to_chrono};

/// A request as somebody reads it who asked or may decide.
#[derive(Debug, Clone)]
pub(crate) struct AccessRow {
    pub(crate) id: Uuid,
    pub(crate) break_glass: bool,
    pub(crate) number: String,
    pub(crate) case: Option<Uuid>,
    pub(crate) item: Option<String>,
    pub(crate) division: Option<String>,
    pub(crate) requester: Uuid,
    pub(crate) requester_name: String,
    pub(crate) requester_office: String,
    pub(crate) reason: Vec<u8>,
    pub(crate) asked_at: Timestamp,
    pub(crate) due_at: Timestamp,
    pub(crate) decided_at: Option<Timestamp>,
    pub(crate) decided_name: Option<String>,
    pub(crate) decision_reason: Option<Vec<u8>>,
    pub(crate) until: Option<Timestamp>,
    /// As the reader may know it.
    pub(crate) state: String,
    /// A review that is late.
    pub(crate) overdue: bool,
}

impl AccessRow {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let at = |name: &str| -> sqlx::Result<Option<Timestamp>> {
            let at: Option<chrono::DateTime<chrono::Utc>> = row.try_get(name)?;
            Ok(at.map(from_chrono))
        };
        Ok(Self {
            id: row.try_get("id")?,
            break_glass: row.try_get("break_glass")?,
            number: row.try_get("number")?,
            case: row.try_get("case_id")?,
            item: row.try_get("item")?,
            division: row.try_get("division")?,
            requester: row.try_get("requester")?,
            requester_name: row.try_get("requester_name")?,
            requester_office: row.try_get("requester_office")?,
            reason: row.try_get("reason")?,
            asked_at: from_chrono(row.try_get("asked_at")?),
            due_at: from_chrono(row.try_get("due_at")?),
            decided_at: at("decided_at")?,
            decided_name: row.try_get("decided_name")?,
            decision_reason: row.try_get("decision_reason")?,
            until: at("until")?,
            state: row.try_get("state")?,
            overdue: row.try_get("overdue")?,
        })
    }
}

/// Who reads requests: whoever asked, and the officers who decide on these items in these regions.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    pub(crate) account: Uuid,
    pub(crate) person: String,
    pub(crate) items: Vec<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) now: Timestamp,
}

/// SQL: what the reader of `$1` to `$5` may see. A refusal would tell its requester that there is
/// a case: it reads like no answer.
macro_rules! seen {
    ($rest:literal) => {
        concat!(
            "select * from (
               select r.*, g.until,
                      case when r.break_glass and r.agreed then 'justified'
                           when r.break_glass and not r.agreed then 'unjustified'
                           when r.break_glass then 'review'
                           when r.agreed then 'approved'
                           when not r.agreed and r.requester <> $1 then 'refused'
                           when r.due_at > $5 then 'submitted'
                           else 'expired' end as state,
                      r.break_glass and r.agreed is null and r.due_at <= $5 as overdue,
                      r.requester = $1 as mine
                 from casework.access_request r
                 left join casework.access_grant g on g.request_id = r.id
                where (not r.break_glass or r.case_id is not null)
                  and (r.requester = $1
                       or exists (select from unnest($3::text[], $4::text[]) decides (item, scope)
                                   where decides.item = r.item
                                     and r.division like decides.scope || '%')
                          and not exists (select from casework.case_person self
                                           where self.case_id = r.case_id
                                             and self.person_key = $2))
             ) seen where ",
            $rest
        )
    };
}

macro_rules! query {
    ($sql:expr, $reader:expr) => {
        sqlx::query($sql)
            .bind($reader.account)
            .bind(&$reader.person)
            .bind(&$reader.items)
            .bind(&$reader.scopes)
            .bind(to_chrono($reader.now))
    };
}

/// One request its reader may see.
pub(crate) async fn find(
    conn: &mut PgConnection,
    reader: &Reader,
    id: Uuid,
) -> sqlx::Result<Option<AccessRow>> {
    let row = query!(seen!("id = $6"), reader)
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(AccessRow::from_row).transpose()
}

/// Locks a request until the end of the transaction.
pub(crate) async fn lock(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query("select from casework.access_request where id = $1 for update")
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// The last row of the page before: late review, asked at, id.
pub(crate) type After = (bool, Timestamp, Uuid);

/// Requests in `state`, or all: late reviews first, then the newest.
pub(crate) async fn list(
    conn: &mut PgConnection,
    reader: &Reader,
    state: &str,
    after: Option<After>,
    limit: i64,
) -> sqlx::Result<Vec<AccessRow>> {
    let (overdue, at, id) = after.unwrap_or((true, crate::FAR_FUTURE, Uuid::max()));
    let sql = seen!(
        "($6 = '' or state = $6)
         and (overdue and not mine, asked_at, id) < ($7, $8, $9)
         order by overdue and not mine desc, asked_at desc, id desc limit $10"
    );
    let rows = query!(sql, reader)
        .bind(state)
        .bind(overdue)
        .bind(to_chrono(at))
        .bind(id)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(AccessRow::from_row).collect()
}

/// How many late reviews wait for the reader.
pub(crate) async fn overdue_reviews(conn: &mut PgConnection, reader: &Reader) -> sqlx::Result<i64> {
    let sql = seen!("overdue and not mine");
    let rows = query!(sql, reader).fetch_all(conn).await?;
    Ok(i64::try_from(rows.len()).unwrap_or(i64::MAX))
}

/// How many reviews are late, whoever has them.
pub(crate) async fn overdue(conn: &mut PgConnection, now: Timestamp) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from casework.access_request
          where break_glass and agreed is null and case_id is not null and due_at <= $1",
    )
    .bind(to_chrono(now))
    .fetch_one(conn)
    .await
}

/// Requests of an account that wait for an answer, as far as it knows: how many, and the one
/// about this number.
pub(crate) async fn waiting(
    conn: &mut PgConnection,
    account: Uuid,
    number: &str,
    now: Timestamp,
) -> sqlx::Result<(i64, Option<Uuid>)> {
    sqlx::query_as(
        "select count(*), (array_agg(id) filter (where number = $2))[1]
           from casework.access_request
          where requester = $1 and not break_glass and agreed is not true and due_at > $3",
    )
    .bind(account)
    .bind(number)
    .bind(to_chrono(now))
    .fetch_one(conn)
    .await
}

/// How often an account broke the glass since then, or tried to.
pub(crate) async fn broke_glass(
    conn: &mut PgConnection,
    account: Uuid,
    since: Timestamp,
) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from casework.access_request
          where requester = $1 and break_glass and asked_at > $2",
    )
    .bind(account)
    .bind(to_chrono(since))
    .fetch_one(conn)
    .await
}
