//! Waivers and subsidies granted: each once for a dead person, in all counties. The primary key
//! of the table is the law (rules B5.4).

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::ApplyError;
use yiwang_chassis::db::to_chrono;

use super::{refuse, violates};

/// What was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 惠民减免, on the spot or paid back.
    Waiver,
    /// 生态安葬奖补.
    EcoSubsidy,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Self::Waiver => "waiver",
            Self::EcoSubsidy => "eco_subsidy",
        }
    }
}

/// A benefit to be granted.
#[derive(Debug, Clone, Copy)]
pub struct Benefit<'a> {
    /// Key of the dead person; of the nameless `tag:` and the tag of the body.
    pub person: &'a str,
    /// Which.
    pub kind: Kind,
    /// The case that grants it.
    pub case_number: &'a str,
    /// Who pays.
    pub division: &'a str,
    /// How much.
    pub fen: i64,
    /// It reached the family at once: taken off a bill.
    pub at_once: bool,
}

/// Key under which a body without a name has its waiver.
#[must_use]
pub fn nameless(tag: &str) -> String {
    format!("tag:{tag}")
}

/// Grants it.
///
/// # Errors
/// `BENEFIT_ALREADY_GRANTED`.
pub async fn grant(
    conn: &mut PgConnection,
    benefit: Benefit<'_>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let paid = benefit.at_once.then(|| to_chrono(now));
    let inserted = sqlx::query(
        "insert into burial.benefit
             (person_key, kind, case_number, division, fen, granted_at, paid_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(benefit.person)
    .bind(benefit.kind.code())
    .bind(benefit.case_number)
    .bind(benefit.division)
    .bind(benefit.fen)
    .bind(to_chrono(now))
    .bind(paid)
    .execute(conn)
    .await;
    match inserted {
        Err(error) if violates(&error, "benefit_pkey") => {
            let message = match benefit.kind {
                Kind::Waiver => "这位逝者已经享受过惠民减免。每位逝者全国只减免一次。",
                Kind::EcoSubsidy => "这位逝者已经领过生态安葬奖补。每位逝者全国只奖补一次。",
            };
            Err(refuse("BENEFIT_ALREADY_GRANTED", message))
        }
        inserted => inserted.map(|_| ()).map_err(Into::into),
    }
}

/// The case that has granted it.
///
/// # Errors
/// The database does not answer.
pub async fn granted(
    conn: &mut PgConnection,
    person: &str,
    kind: Kind,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("select case_number from burial.benefit where person_key = $1 and kind = $2")
        .bind(person)
        .bind(kind.code())
        .fetch_optional(conn)
        .await
}

/// The bank has paid what a case granted.
///
/// # Errors
/// The database does not answer.
pub async fn paid(conn: &mut PgConnection, case_number: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.benefit set paid_at = $2 where case_number = $1 and paid_at is null",
    )
    .bind(case_number)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// What a case granted came back. It is not granted again: once is once.
///
/// # Errors
/// The database does not answer.
pub async fn recovered(
    conn: &mut PgConnection,
    case_number: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.benefit set recovered_at = $2
          where case_number = $1 and recovered_at is null",
    )
    .bind(case_number)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// What a case granted is not paid after all.
///
/// # Errors
/// The database does not answer.
pub async fn release(conn: &mut PgConnection, case_number: &str) -> sqlx::Result<()> {
    sqlx::query("delete from burial.benefit where case_number = $1 and paid_at is null")
        .bind(case_number)
        .execute(conn)
        .await?;
    Ok(())
}

/// A body without a name has one: its waiver becomes the person's. Whoever had one before keeps
/// that one; then this stays under the tag, for the county to see.
///
/// # Errors
/// The database does not answer.
pub async fn identified(conn: &mut PgConnection, tag: &str, person: &str) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.benefit own set person_key = $2
          where person_key = $1
            and not exists (select from burial.benefit other
                             where other.person_key = $2 and other.kind = own.kind)",
    )
    .bind(nameless(tag))
    .bind(person)
    .execute(conn)
    .await?;
    Ok(())
}
