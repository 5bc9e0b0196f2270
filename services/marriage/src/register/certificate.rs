//! Every certificate number ever issued, with what became of it.

use jiff::civil::Date;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::to_chrono_date;

use crate::domain::record::RecordState;

/// A certificate to note.
#[derive(Debug, Clone, Copy)]
pub(super) struct New<'a> {
    pub(super) number: &'a str,
    pub(super) record: Uuid,
    /// `marriage` or `divorce`.
    pub(super) kind: &'a str,
    pub(super) hall: &'a str,
    pub(super) case_number: &'a str,
    pub(super) issued_on: Date,
    pub(super) replaces: Option<&'a str>,
}

/// Notes a certificate; those of the same kind that were valid are replaced at once.
pub(super) async fn issue(conn: &mut PgConnection, new: New<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "update marriage.certificate set state = 'replaced'
          where record = $1 and kind = $2 and state = 'valid'",
    )
    .bind(new.record)
    .bind(new.kind)
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "insert into marriage.certificate
             (number, record, kind, state, hall, issued_on, replaces, case_number)
         values ($1, $2, $3, 'valid', $4, $5, $6, $7)",
    )
    .bind(new.number)
    .bind(new.record)
    .bind(new.kind)
    .bind(new.hall)
    .bind(to_chrono_date(new.issued_on))
    .bind(new.replaces)
    .bind(new.case_number)
    .execute(conn)
    .await?;
    Ok(())
}

/// What the end of a marriage does to its certificates. A death ends none: the paper
/// still proves that the two were married.
pub(super) async fn end(
    conn: &mut PgConnection,
    record: Uuid,
    state: RecordState,
) -> sqlx::Result<()> {
    let (becomes, kinds): (&str, &[&str]) = match state {
        RecordState::Divorced | RecordState::DivorcedCourt => ("ended", &["marriage"]),
        RecordState::Void => ("void", &["marriage", "divorce"]),
        RecordState::Annulled => ("annulled", &["marriage", "divorce"]),
        RecordState::Revoked => ("revoked", &["marriage", "divorce"]),
        RecordState::Valid | RecordState::EndedDeath | RecordState::EndedDeclared => return Ok(()),
    };
    sqlx::query(
        "update marriage.certificate set state = $2
          where record = $1 and kind = any($3) and state in ('valid', 'ended')",
    )
    .bind(record)
    .bind(becomes)
    .bind(kinds)
    .execute(conn)
    .await?;
    Ok(())
}

/// Certificates that name a wrong value, where none takes their place.
pub(super) async fn outdated(conn: &mut PgConnection, record: Uuid) -> sqlx::Result<()> {
    sqlx::query(
        "update marriage.certificate set state = 'ended' where record = $1 and state = 'valid'",
    )
    .bind(record)
    .execute(conn)
    .await?;
    Ok(())
}
