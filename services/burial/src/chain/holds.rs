//! 不得火化: a hold by police or court, placed and lifted on its document (rules F02 to F06).

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::ApplyError;
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    ids,
};

use super::refuse;

/// An open hold as decisions know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Id.
    pub id: Uuid,
    /// Who said so.
    pub authority: String,
    /// Its document.
    pub document: String,
}

/// The open holds of a body.
///
/// # Errors
/// The database does not answer.
pub async fn open_of(conn: &mut PgConnection, tag: &str) -> sqlx::Result<Vec<Open>> {
    let rows: Vec<(Uuid, String, String)> = sqlx::query_as(
        "select id, authority, document from burial.hold
          where body = $1 and lifted_at is null order by placed_at, id",
    )
    .bind(tag)
    .fetch_all(conn)
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(id, authority, document)| Open {
            id,
            authority,
            document,
        })
        .collect())
}

/// A hold to place.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// Tag of the body.
    pub tag: &'a str,
    /// Who says so.
    pub authority: &'a str,
    /// Its document.
    pub document: &'a str,
    /// Why.
    pub reason: &'a str,
    /// Who wrote it down.
    pub by: &'a str,
}

/// Places a hold.
///
/// # Errors
/// The database does not answer.
pub async fn place(conn: &mut PgConnection, new: New<'_>, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(
        "insert into burial.hold (id, body, authority, document, reason, placed_at, placed_by)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(ids::new(now))
    .bind(new.tag)
    .bind(new.authority)
    .bind(new.document)
    .bind(new.reason)
    .bind(to_chrono(now))
    .bind(new.by)
    .execute(conn)
    .await?;
    Ok(())
}

/// Lifts one.
///
/// # Errors
/// `HOLD_UNKNOWN`.
pub async fn lift(
    conn: &mut PgConnection,
    id: Uuid,
    document: &str,
    by: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let lifted = sqlx::query(
        "update burial.hold set lifted_at = $2, lifted_by = $3, lifted_document = $4
          where id = $1 and lifted_at is null",
    )
    .bind(id)
    .bind(to_chrono(now))
    .bind(by)
    .bind(document)
    .execute(conn)
    .await?;
    if lifted.rows_affected() == 1 {
        return Ok(());
    }
    Err(refuse(
        "HOLD_UNKNOWN",
        "这条不得火化的限制已经解除，请刷新后核对。",
    ))
}

/// A hold as its list shows it.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Listed {
    pub(super) id: Uuid,
    pub(super) body: String,
    pub(super) case_number: String,
    pub(super) authority: String,
    pub(super) document: String,
    pub(super) reason: String,
    placed_at: DateTime<Utc>,
    pub(super) placed_by: String,
    lifted_at: Option<DateTime<Utc>>,
    pub(super) lifted_document: Option<String>,
}

impl Listed {
    pub(super) fn placed_at(&self) -> Timestamp {
        from_chrono(self.placed_at)
    }

    pub(super) fn lifted_at(&self) -> Option<Timestamp> {
        self.lifted_at.map(from_chrono)
    }
}

/// The holds of a home, open ones first.
pub(super) async fn of_home(
    conn: &mut PgConnection,
    facility: &str,
    all: bool,
) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as(
        "select hold.id, hold.body, body.case_number, authority, document, reason, placed_at,
                placed_by, lifted_at, lifted_document
           from burial.hold join burial.body on body.tag = hold.body
          where facility = $1 and ($2 or lifted_at is null)
          order by lifted_at is not null, placed_at desc limit 500",
    )
    .bind(facility)
    .bind(all)
    .fetch_all(conn)
    .await
}
