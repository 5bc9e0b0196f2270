//! From place to place; the database refuses a move with one account for both.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::ApplyError;
use yiwang_chassis::db::to_chrono;

use super::{Place, find::lock};
use crate::domain::{
    ledger::{Disposition, UrnError},
    signer::{self, Signer},
};

/// A move with its two signatures.
#[derive(Debug, Clone, Copy)]
pub struct Move<'a> {
    /// Number of the urn.
    pub urn: &'a str,
    /// Where to.
    pub to: Place<'a>,
    /// Who hands over.
    pub first: &'a Signer,
    /// Who takes it, or stands by.
    pub second: &'a Signer,
    /// The case it happens in.
    pub case_number: &'a str,
    /// Receipt; empty where none is written.
    pub receipt: &'a str,
}

/// Moves an urn, signed by two.
///
/// # Errors
/// `URN_UNKNOWN`, `URN_ELSEWHERE`, `SAME_PERSON`.
pub async fn move_to(
    conn: &mut PgConnection,
    mv: Move<'_>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    signer::two(mv.first, mv.second).map_err(ApplyError::Refused)?;
    let unknown = || ApplyError::Refused(UrnError::Unknown.into());
    let urn = lock(conn, mv.urn).await?.ok_or_else(unknown)?;
    let to = mv.to.whereabouts();
    let to = urn
        .at
        .go(to)
        .map_err(|error| ApplyError::Refused(error.into()))?;
    sqlx::query(
        "update burial.urn
            set disposition = $2, facility = $3, spot = $4, form = $5, version = version + 1
          where number = $1",
    )
    .bind(&urn.number)
    .bind(to.disposition().code())
    .bind(to.facility())
    .bind(to.spot())
    .bind(mv.to.form())
    .execute(&mut *conn)
    .await?;
    let from = urn.at.disposition();
    if from == Disposition::InHall {
        left_hall(conn, &urn.number, now).await?;
    }
    note(conn, mv, urn.version + 1, Some(from), now).await?;
    Ok(())
}

/// Whatever was paid for, the deposit ends when the urn leaves.
async fn left_hall(conn: &mut PgConnection, urn: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("update burial.deposit set ended_at = $2 where urn = $1 and ended_at is null")
        .bind(urn)
        .bind(to_chrono(now))
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn note(
    conn: &mut PgConnection,
    mv: Move<'_>,
    version: i64,
    from: Option<Disposition>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let to = mv.to.whereabouts();
    sqlx::query(
        "insert into burial.urn_move
             (urn, version, from_disposition, to_disposition, facility, spot, at, first_name,
              second_name, case_number, receipt, first_account, second_account)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(mv.urn)
    .bind(version)
    .bind(from.map(Disposition::code))
    .bind(to.disposition().code())
    .bind(to.facility())
    .bind(to.spot())
    .bind(to_chrono(now))
    .bind(mv.first.name.trim())
    .bind(mv.second.name.trim())
    .bind(mv.case_number)
    .bind(mv.receipt.trim())
    .bind(mv.first.account)
    .bind(mv.second.account)
    .execute(conn)
    .await?;
    Ok(())
}
