//! Electronic certificates 电子证照 and the codes they are shown by.

use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, from_chrono_date, to_chrono, to_chrono_date};

use crate::decision::CertificateState;

/// The certificate of one holder; what stands on it is sealed.
#[derive(Debug, Clone)]
pub(crate) struct CertificateRow {
    pub(crate) id: Uuid,
    pub(crate) number: String,
    pub(crate) place: i16,
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) issuer: String,
    pub(crate) case: Uuid,
    pub(crate) case_number: String,
    pub(crate) holder_key: String,
    pub(crate) state: CertificateState,
    pub(crate) issued_on: Date,
    pub(crate) issued_at: Timestamp,
    pub(crate) body: Vec<u8>,
    pub(crate) statement: String,
    pub(crate) changed_at: Timestamp,
    pub(crate) reason: String,
    pub(crate) closed: bool,
}

/// All columns of `c`, with the number of the case it was issued in.
macro_rules! columns {
    () => {
        "c.*, (select f.number from casework.case_file f where f.id = c.case_id) as case_number"
    };
}

impl CertificateRow {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let state: &str = row.try_get("state")?;
        let state = CertificateState::from_code(state)
            .ok_or_else(|| sqlx::Error::Decode("casework.certificate.state".into()))?;
        Ok(Self {
            id: row.try_get("id")?,
            number: row.try_get("number")?,
            place: row.try_get("place")?,
            kind: row.try_get("kind")?,
            title: row.try_get("title")?,
            issuer: row.try_get("issuer")?,
            case: row.try_get("case_id")?,
            case_number: row.try_get("case_number")?,
            holder_key: row.try_get("holder_key")?,
            state,
            issued_on: from_chrono_date(row.try_get("issued_on")?),
            issued_at: from_chrono(row.try_get("issued_at")?),
            body: row.try_get("body")?,
            statement: row.try_get("statement")?,
            changed_at: from_chrono(row.try_get("changed_at")?),
            reason: row.try_get("reason")?,
            closed: row.try_get("closed")?,
        })
    }
}

fn all(rows: &[PgRow]) -> sqlx::Result<Vec<CertificateRow>> {
    rows.iter().map(CertificateRow::from_row).collect()
}

/// Keeps a new certificate.
pub(crate) async fn insert(conn: &mut PgConnection, row: &CertificateRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into casework.certificate
           (id, number, place, kind, title, issuer, case_id, holder_key, state, issued_on,
            issued_at, body, statement, changed_at, reason, closed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(row.id)
    .bind(&row.number)
    .bind(row.place)
    .bind(&row.kind)
    .bind(&row.title)
    .bind(&row.issuer)
    .bind(row.case)
    .bind(&row.holder_key)
    .bind(row.state.code())
    .bind(to_chrono_date(row.issued_on))
    .bind(to_chrono(row.issued_at))
    .bind(&row.body)
    .bind(&row.statement)
    .bind(to_chrono(row.changed_at))
    .bind(&row.reason)
    .bind(row.closed)
    .execute(conn)
    .await?;
    Ok(())
}

/// Changes the state of all copies of a number; gives those that changed, in their order.
/// Only what is valid ends, only what ended becomes valid again, and revoked is for ever.
/// `held_by` restricts them to certificates of which one of these persons holds a copy.
pub(crate) async fn change(
    conn: &mut PgConnection,
    number: &str,
    held_by: Option<&[String]>,
    state: CertificateState,
    (reason, now): (&str, Timestamp),
) -> sqlx::Result<Vec<CertificateRow>> {
    let from: &[&str] = match state {
        CertificateState::Valid => &["ended"],
        CertificateState::Ended | CertificateState::Replaced => &["valid"],
        CertificateState::Revoked => &["valid", "ended", "replaced"],
    };
    let rows = sqlx::query(concat!(
        "with c as (
           update casework.certificate set state = $2, reason = $3, changed_at = $4
            where number = $1 and state = any($5)
              and ($6::text[] is null
                   or exists (select from casework.certificate held
                               where held.number = $1 and held.holder_key = any($6)))
           returning *
         )
         select ",
        columns!(),
        " from c order by c.place"
    ))
    .bind(number)
    .bind(state.code())
    .bind(reason)
    .bind(to_chrono(now))
    .bind(from)
    .bind(held_by)
    .fetch_all(conn)
    .await?;
    all(&rows)
}

/// One certificate.
pub(crate) async fn find(
    conn: &mut PgConnection,
    id: Uuid,
) -> sqlx::Result<Option<CertificateRow>> {
    let sql = concat!(
        "select ",
        columns!(),
        " from casework.certificate c where c.id = $1"
    );
    let row = sqlx::query(sql).bind(id).fetch_optional(conn).await?;
    row.as_ref().map(CertificateRow::from_row).transpose()
}

/// The certificates issued in a case.
pub(crate) async fn of_case(
    conn: &mut PgConnection,
    case: Uuid,
) -> sqlx::Result<Vec<CertificateRow>> {
    let sql = concat!(
        "select ",
        columns!(),
        " from casework.certificate c where c.case_id = $1 order by c.issued_at, c.number, c.place"
    );
    let rows = sqlx::query(sql).bind(case).fetch_all(conn).await?;
    all(&rows)
}

/// Certificates of a person, newest first. `filed_by` restricts them to cases that this
/// account filed.
pub(crate) async fn own(
    conn: &mut PgConnection,
    person: &str,
    filed_by: Option<Uuid>,
    before: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<CertificateRow>> {
    let (at, id) = before.unwrap_or((crate::FAR_FUTURE, Uuid::max()));
    let rows = sqlx::query(concat!(
        "select ",
        columns!(),
        " from casework.certificate c
          where c.holder_key = $1 and (c.issued_at, c.id) < ($3, $4)
            and ($2::uuid is null or exists (select from casework.case_file f
                                              where f.id = c.case_id and f.account = $2))
          order by c.issued_at desc, c.id desc limit $5"
    ))
    .bind(person)
    .bind(filed_by)
    .bind(to_chrono(at))
    .bind(id)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    all(&rows)
}

/// The state of a number, the same for all its copies; none for a statement that was never
/// issued, however well it is signed.
pub(crate) async fn state_of(
    conn: &mut PgConnection,
    number: &str,
    statement: &str,
) -> sqlx::Result<Option<CertificateState>> {
    let state: Option<String> = sqlx::query_scalar(
        "select state from casework.certificate where number = $1 and statement = $2 limit 1",
    )
    .bind(number)
    .bind(statement)
    .fetch_optional(conn)
    .await?;
    Ok(state.and_then(|code| CertificateState::from_code(&code)))
}

/// Keeps the one code a certificate is shown by; the one before it and all that are over go.
pub(crate) async fn show(
    conn: &mut PgConnection,
    certificate: Uuid,
    code_hash: &[u8],
    expires_at: Timestamp,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("delete from casework.certificate_code where certificate = $1 or expires_at <= $2")
        .bind(certificate)
        .bind(to_chrono(now))
        .execute(&mut *conn)
        .await?;
    sqlx::query(
        "insert into casework.certificate_code (code_hash, certificate, expires_at)
         values ($1, $2, $3)",
    )
    .bind(code_hash)
    .bind(certificate)
    .bind(to_chrono(expires_at))
    .execute(conn)
    .await?;
    Ok(())
}

/// The certificate that is shown by a code, with the end of the code.
pub(crate) async fn shown(
    conn: &mut PgConnection,
    code_hash: &[u8],
    now: Timestamp,
) -> sqlx::Result<Option<(CertificateRow, Timestamp)>> {
    let sql = concat!(
        "select ",
        columns!(),
        ", s.expires_at from casework.certificate_code s
           join casework.certificate c on c.id = s.certificate
          where s.code_hash = $1 and s.expires_at > $2"
    );
    let row = sqlx::query(sql)
        .bind(code_hash)
        .bind(to_chrono(now))
        .fetch_optional(conn)
        .await?;
    let parts = |row: PgRow| {
        let expires_at = from_chrono(row.try_get("expires_at")?);
        Ok((CertificateRow::from_row(&row)?, expires_at))
    };
    row.map(parts).transpose()
}
